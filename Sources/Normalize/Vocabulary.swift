import TextFolding

/// Numbers for the texts that a worker meets: segment values, unmapped answers and organisations.
///
/// Batches and tallies carry the numbers. They depend on the order in which the worker met the
/// texts, so nothing is ever published by number: tallies are merged, and sorted, by text.
package final class Vocabulary {
  package let limits: TextLimits
  /// Per segment of the survey.
  package private(set) var segmentValues: [TextNumbers]
  package private(set) var organisations = OrganisationNames()
  /// Per question of the survey, folded.
  private var unmappedAnswers: [UnmappedTexts]

  package init(segments: Int, questions: Int, limits: TextLimits = TextLimits()) {
    self.limits = limits
    segmentValues = Array(repeating: TextNumbers(), count: segments)
    unmappedAnswers = Array(repeating: .counted(TextNumbers()), count: questions)
  }

  /// Unmapped answers to one question.
  private enum UnmappedTexts {
    case counted(TextNumbers)
    /// More than are told apart.
    case tooMany
  }

  package func numberOfSegmentValue(_ text: String, segment: Int) -> Int32 {
    segmentValues[segment].number(of: text)
  }

  func numberOfOrganisation(_ name: String) -> Int32 { organisations.number(of: name) }

  /// The first segment of which this worker alone has met more values than the limits allow.
  package var overfullSegment: Int? {
    segmentValues.firstIndex { limits.areTooManyValues($0.texts.count, bytes: $0.bytes) }
  }

  /// Whether this worker alone has met more organisations than the limits allow.
  package var hasTooManyOrganisations: Bool {
    organisations.names.count > limits.organisations
      || organisations.keys.bytes / TextLimits.textBytes > limits.organisations
  }

  /// Nil once there are more than are told apart; numbers given out before mean nothing then.
  func numberOfUnmappedAnswer(_ text: String, question: Int) -> Int32? {
    guard case .counted(var numbers) = unmappedAnswers[question] else { return nil }
    // While it is changed nobody else holds it, or it would be copied.
    unmappedAnswers[question] = .tooMany
    let number = numbers.number(of: limits.cut(text))
    if numbers.texts.count > limits.unmappedTexts { return nil }
    unmappedAnswers[question] = .counted(numbers)
    return number
  }

  /// The unmapped answers to a question by their numbers; nil where there are too many.
  package func unmappedAnswers(to question: Int) -> [String]? {
    guard case .counted(let numbers) = unmappedAnswers[question] else { return nil }
    return numbers.texts
  }
}

/// How many distinct texts of respondents are kept.
package struct TextLimits: Hashable, Sendable {
  /// Distinct values of a segment: each of them has tables of its own.
  package var segmentValues = 1_000
  /// Distinct unmapped answers to a question; where there are more, only responses are counted.
  package var unmappedTexts = 10_000
  /// Distinct organisations: all that is known of each is kept until the end.
  package var organisations = 20_000
  /// An unmapped answer is told apart by so many of its first bytes. Segment values may have so
  /// many on average.
  package static let textBytes = 1_000

  package init() {}

  /// - Parameter bytes: of all values together.
  package func areTooManyValues(_ count: Int, bytes: Int) -> Bool {
    count > segmentValues || bytes / TextLimits.textBytes > segmentValues
  }

  /// A text that takes no more room than an unmapped answer may: a longer one ends in `…`.
  package func cut(_ text: String) -> String {
    guard text.utf8.count > TextLimits.textBytes else { return text }
    var end = text.utf8.index(text.startIndex, offsetBy: TextLimits.textBytes)
    while end.samePosition(in: text.unicodeScalars) == nil { end = text.utf8.index(before: end) }
    return String(text[..<end]) + "…"
  }
}

/// Consecutive numbers for distinct texts, in the order of their first appearance.
package struct TextNumbers: Sendable {
  package private(set) var texts: [String] = []
  /// Of all texts together.
  package private(set) var bytes = 0
  private var numbers: [ExactText: Int32] = [:]

  package init() {}

  package mutating func number(of text: String) -> Int32 {
    if let number = numbers[ExactText(text)] { return number }
    let number = Int32(texts.count)
    texts.append(text)
    bytes += text.utf8.count
    numbers[ExactText(text)] = number
    return number
  }
}

/// Organisations by their folded names, so that `ACME` and `Acme ` are one.
package struct OrganisationNames: Sendable {
  /// Folded, by number.
  package private(set) var keys = TextNumbers()
  /// Per organisation the first of its spellings in the order of bytes, whoever came first.
  package private(set) var names: [String] = []

  package init() {}

  package mutating func number(of name: String) -> Int32 {
    let number = keys.number(of: TextFolding.fold(name))
    if number == names.count {
      names.append(name)
    } else if name.utf8.lexicographicallyPrecedes(names[Int(number)].utf8) {
      names[Int(number)] = name
    }
    return number
  }
}

/// A text that equals another only if their bytes do.
///
/// `String` takes composed and decomposed letters for the same. As a key it would keep whichever
/// came first, and which one that is depends on the number of threads.
package struct ExactText: Hashable, Sendable {
  package let text: String

  package init(_ text: String) { self.text = text }

  package static func == (left: ExactText, right: ExactText) -> Bool {
    left.text.utf8.elementsEqual(right.text.utf8)
  }

  package func hash(into hasher: inout Hasher) {
    for byte in text.utf8 { hasher.combine(byte) }
    hasher.combine(0xFF as UInt8)
  }
}
