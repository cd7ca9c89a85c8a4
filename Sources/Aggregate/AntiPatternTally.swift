import MaturityModel
import Score
import Statistics

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

  mutating func add(_ block: ScoredBlock, _ weights: BlockWeights) {
    for (index, pattern) in patterns.enumerated() {
      // Each side holds where all is as wanted, and is known not to as soon as one is otherwise.
      var (present, notPresent) = (~UInt64(0), UInt64(0))
      for criterion in pattern.present {
        present &= block.evidence[criterion].x
        notPresent |= block.evidence[criterion].y
      }
      var (absent, notAbsent) = (~UInt64(0), UInt64(0))
      for criterion in pattern.absent {
        absent &= block.evidence[criterion].y
        notAbsent |= block.evidence[criterion].x
      }
      let base = block.scored[0] & (present | notPresent) & (absent | notAbsent)
      bases[index].add(base, weights)
      hits[index].add(base & present & absent, weights)
    }
  }

  mutating func merge(_ other: AntiPatternTally) {
    for index in hits.indices {
      hits[index].merge(other.hits[index])
      bases[index].merge(other.bases[index])
    }
  }

  mutating func scale(by factor: WeightFactor) {
    for index in hits.indices {
      hits[index].scale(by: factor)
      bases[index].scale(by: factor)
    }
  }

  package func hits(of pattern: Int) -> WeightedCount { hits[pattern] }
  package func base(of pattern: Int) -> WeightedCount { bases[pattern] }
}
