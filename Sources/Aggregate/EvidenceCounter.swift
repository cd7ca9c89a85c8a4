import Score
import Statistics

/// One worker's counts of evidence by the values of one segment, or of everybody together.
///
/// Rows are grouped by value, stage and the conditions known to be false: the last tell what is not
/// applicable, so that it need not be counted.
final class EvidenceCounter {
  private let shape: TallyShape
  private let rowWords: Int
  private let counter: ColumnCounter
  private let weighted: WeightedColumns?
  /// Groups of rows of one value.
  private let slotsPerValue: Int
  private let ways: Int
  private let stages: Int
  /// Per value, per stage with unknown read as no and as yes, those in whom the two differ.
  private var undetermined: [WeightedCount] = []

  init(_ shape: TallyShape) {
    self.shape = shape
    rowWords = shape.criterionWords
    counter = ColumnCounter(pairs: shape.criterionWords)
    weighted =
      shape.hasWeights
      ? WeightedColumns(words: shape.criterionWords, patterns: shape.weightPatterns) : nil
    ways = shape.notApplicable.count
    slotsPerValue = shape.stages * ways
    stages = shape.stages
  }

  func makeRoom(values: Int) {
    counter.makeRoom(slots: values * slotsPerValue)
    weighted?.makeRoom(slots: values * slotsPerValue)
    let missing = values * stages * stages - undetermined.count
    if missing > 0 { undetermined += Array(repeating: WeightedCount(), count: missing) }
  }

  /// Counts a block's scored responses.
  ///
  /// - Parameters:
  ///   - values: the number of each response's value; nil: all are one group.
  ///   - stride: how far the numbers of two responses stand apart.
  @inline(never)
  func add(_ block: CountedBlock, values: UnsafePointer<Int32>?, stride: Int) {
    let (counter, rowWords) = (counter, rowWords)
    var rest = block.words.scored[0]
    while rest != 0 {
      let response = rest.trailingZeroBitCount
      rest &= rest &- 1
      let slot = slot(of: response, block, values, stride)
      counter.add(block.rows + response &* rowWords, to: slot)
    }
    if let weights = block.weights.weights { addWeights(block, weights, values, stride) }
    addUndetermined(block, values, stride)
  }

  /// Who is undetermined is found 64 responses at a time; only they are looked at one by one.
  private func addUndetermined(
    _ block: CountedBlock, _ values: UnsafePointer<Int32>?, _ stride: Int
  ) {
    let (words, stages) = (block.words, stages)
    undetermined.withUnsafeMutableBufferPointer { cells in
      for high in 1..<stages {
        var rest = words.scored[0] & words.high[high] & ~words.low[high]
        while rest != 0 {
          let response = rest.trailingZeroBitCount
          rest &= rest &- 1
          let value = values.map { Int($0[response &* stride]) } ?? 0
          let row = value &* stages &+ Int(block.low[response])
          let weight = block.weights.weights.map { WeightSum(billionths: UInt128($0[response])) }
          cells[row &* stages &+ high].add(count: 1, weight: weight ?? .unweighted(1))
        }
      }
    }
  }

  @inline(__always)
  private func slot(
    of response: Int, _ block: CountedBlock, _ values: UnsafePointer<Int32>?, _ stride: Int
  ) -> Int {
    let value = values.map { Int($0[response &* stride]) } ?? 0
    let stage = Int(block.low[response])
    return value &* slotsPerValue &+ stage &* ways &+ Int(block.falseConditions[response])
  }

  private func addWeights(
    _ block: CountedBlock, _ weights: UnsafePointer<UInt64>, _ values: UnsafePointer<Int32>?,
    _ stride: Int
  ) {
    guard let weighted else { return }
    var rest = block.words.scored[0]
    while rest != 0 {
      let response = rest.trailingZeroBitCount
      rest &= rest &- 1
      let slot = slot(of: response, block, values, stride)
      weighted.add(block.rows + response &* rowWords, to: slot, weight: weights[response])
    }
  }

  /// The groups of the first values, one each.
  func groups(_ values: Int) -> [GroupTally] {
    // A worker that was given nothing to count has no room yet.
    makeRoom(values: values)
    return (0..<values).map { value in
      var group = GroupTally(shape)
      let cells = stages * stages
      group.setUndetermined(undetermined[value * cells..<(value + 1) * cells])
      for stage in 0..<shape.stages {
        for falseConditions in 0..<ways {
          let slot = value * slotsPerValue + stage * ways + falseConditions
          guard let counts = counter.counts(of: slot) else { continue }
          group.add(
            counts, weighted?.sums(of: slot), at: stage,
            notApplicable: shape.notApplicable[falseConditions], of: shape)
        }
      }
      return group
    }
  }
}
