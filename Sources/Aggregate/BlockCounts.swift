import Score
import Statistics

/// The weights of a block of 64 responses; without any, everybody weighs one.
struct BlockWeights {
  let weights: UnsafePointer<UInt64>?

  /// What some of the block's responses weigh.
  ///
  /// - Complexity: O(1) without weights, else O(number of responses).
  @inline(__always)
  func sum(of responses: UInt64) -> (count: UInt64, weight: WeightSum) {
    let count = UInt64(responses.nonzeroBitCount)
    guard let weights else { return (count, .unweighted(count)) }
    var sum: UInt128 = 0
    var rest = responses
    while rest != 0 {
      sum &+= UInt128(weights[rest.trailingZeroBitCount])
      rest &= rest &- 1
    }
    return (count, WeightSum(billionths: sum))
  }
}

extension WeightedCount {
  /// Adds some of a block's responses.
  @inline(__always)
  mutating func add(_ responses: UInt64, _ weights: BlockWeights) {
    if responses == 0 { return }
    let (count, weight) = weights.sum(of: responses)
    add(count: count, weight: weight)
  }
}

/// A block of 64 scored responses with all that is counted of them. The pointers are those of the
/// block's first response.
struct CountedBlock {
  let words: ScoredBlock
  /// Rows of evidence.
  let rows: UnsafePointer<WordPair>
  let low: UnsafePointer<UInt8>
  let falseConditions: UnsafePointer<UInt8>
  let weights: BlockWeights
}
