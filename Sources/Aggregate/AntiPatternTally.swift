import MaturityModel
import Score

/// How many responses show an anti-pattern, of those in which it can be told.
package struct AntiPatternTally: Sendable {
  /// Criteria that must be there, and criteria that must be lacking. The tally's own copies: every
  /// worker would count references to the model's.
  private let patterns: [(present: [Int], absent: [Int])]
  private var hits: [WeightedCount]
  private var bases: [WeightedCount]

  init(_ shape: TallyShape) {
    patterns = shape.model.antiPatterns.map {
      ($0.whenPresent.map(\.self), $0.whenAbsent.map(\.self))
    }
    hits = Array(repeating: WeightedCount(), count: patterns.count)
    bases = hits
  }

  mutating func add(_ scores: ScoreBatch, _ response: Int, weight: UInt64, words: Int) {
    let start = response * words
    for (index, pattern) in patterns.enumerated() {
      let present = side(pattern.present, wanted: scores.yes, other: scores.no, start)
      let absent = side(pattern.absent, wanted: scores.no, other: scores.yes, start)
      if present == .unknown || absent == .unknown { continue }
      bases[index].add(weight: weight)
      if present == .yes && absent == .yes { hits[index].add(weight: weight) }
    }
  }

  /// Whether all criteria are as wanted: no as soon as one is known to be otherwise.
  private func side(
    _ criteria: [Int], wanted: [UInt64], other: [UInt64], _ start: Int
  ) -> Truth {
    var value = Truth.yes
    for criterion in criteria {
      let (word, bit) = (start + criterion / 64, UInt64(1) << UInt64(criterion % 64))
      if other[word] & bit != 0 { return .no }
      if wanted[word] & bit == 0 { value = .unknown }
    }
    return value
  }

  mutating func merge(_ other: AntiPatternTally) {
    for index in hits.indices {
      hits[index].merge(other.hits[index])
      bases[index].merge(other.bases[index])
    }
  }

  package func hits(of pattern: Int) -> WeightedCount { hits[pattern] }
  package func base(of pattern: Int) -> WeightedCount { bases[pattern] }
}
