import TextFolding

/// How often a text was given.
package struct TextCount: Hashable, Sendable {
  /// As it was written most often.
  package let text: String
  package let folded: String
  package let count: UInt64
}

/// How often each of a bounded number of texts was given.
struct TextTally {
  static let mostTexts = 2_000
  static let mostBytes = 200
  private(set) var counts: [String: UInt64] = [:]
  /// Occurrences of texts that found no room.
  private(set) var uncounted: UInt64 = 0

  mutating func add(_ text: String, times: UInt64, budget: TextBudget) {
    if let count = counts[text] {
      counts[text] = count + times
    } else if counts.count < TextTally.mostTexts, text.utf8.count <= TextTally.mostBytes,
      budget.take(text.utf8.count)
    {
      counts[text] = times
    } else {
      uncounted += times
    }
  }

  /// Texts that fold to the same are one; most frequent first, then by bytes.
  var folded: [TextCount] { TextTally.folded(counts) }

  static func folded(_ counts: [String: UInt64]) -> [TextCount] {
    var spellings: [String: [(text: String, count: UInt64)]] = [:]
    for (text, count) in counts {
      spellings[TextFolding.fold(text), default: []].append((text, count))
    }
    return spellings.map { folded, texts in
      let sum = texts.reduce(0) { $0 + $1.count }
      let best = texts.max { ($0.count, $1.text) < ($1.count, $0.text) }
      return TextCount(text: best?.text ?? folded, folded: folded, count: sum)
    }
    .sorted { ($1.count, $0.folded) < ($0.count, $1.folded) }
  }
}

/// The memory that all texts of an export may take together.
final class TextBudget {
  private var bytes = 64 << 20

  /// An entry costs more than its bytes.
  func take(_ count: Int) -> Bool {
    if bytes < count + 64 { return false }
    bytes -= count + 64
    return true
  }
}
