/// Numbers for the texts that a worker meets: segment values and unmapped answers.
///
/// Batches and tallies carry the numbers. They depend on the order in which the worker met the
/// texts, so nothing is ever published by number: tallies are merged, and sorted, by text.
package final class Vocabulary {
  /// Per segment of the survey.
  package fileprivate(set) var segmentValues: [TextNumbers]
  /// Per question of the survey, folded.
  package fileprivate(set) var unmappedAnswers: [TextNumbers]

  package init(segments: Int, questions: Int) {
    segmentValues = Array(repeating: TextNumbers(), count: segments)
    unmappedAnswers = Array(repeating: TextNumbers(), count: questions)
  }

  func numberOfSegmentValue(_ text: String, segment: Int) -> Int32 {
    segmentValues[segment].number(of: text)
  }

  func numberOfUnmappedAnswer(_ text: String, question: Int) -> Int32 {
    unmappedAnswers[question].number(of: text)
  }
}

/// Consecutive numbers for distinct texts, in the order of their first appearance.
package struct TextNumbers: Sendable {
  package private(set) var texts: [String] = []
  private var numbers: [ExactText: Int32] = [:]

  package init() {}

  package mutating func number(of text: String) -> Int32 {
    if let number = numbers[ExactText(text)] { return number }
    let number = Int32(texts.count)
    texts.append(text)
    numbers[ExactText(text)] = number
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
