/// The answers to one question that match nothing: how many responses gave each text.
///
/// A commutative monoid with a bound: as soon as there are more distinct texts than the limit, only
/// the number of responses is left. Whether there are is a question about the union of all parts,
/// so the answer does not depend on who counted what, or on the order of merging.
package struct UnmappedTally: Sendable {
  /// Responses with at least one such answer.
  package private(set) var responses: UInt64 = 0
  /// By folded text; nil where there are more than `limit`.
  package private(set) var texts: [String: UInt64]? = [:]
  package let limit: Int

  init(limit: Int) { self.limit = limit }

  /// - Parameter texts: each once; nil where there are more than `limit`.
  init(responses: UInt64, texts: [(String, UInt64)]?, limit: Int) {
    self.responses = responses
    self.limit = limit
    self.texts = texts.map { Dictionary(uniqueKeysWithValues: $0) }
    dropTextsOverLimit()
  }

  mutating func merge(_ other: UnmappedTally) {
    responses += other.responses
    guard let others = other.texts else { return texts = nil }
    texts?.merge(others, uniquingKeysWith: +)
    dropTextsOverLimit()
  }

  private mutating func dropTextsOverLimit() {
    if let texts, texts.count > limit { self.texts = nil }
  }
}
