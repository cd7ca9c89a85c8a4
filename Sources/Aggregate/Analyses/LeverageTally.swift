import Normalize
import Score
import Statistics

/// What would move whom: sets of requirements, resampled credits, criteria that bear load.
package struct LeverageTally: Sendable {
  package private(set) var sets = BlockingSets()
  package private(set) var credits: CreditBootstrap
  package private(set) var loads: LoadTally
  private let words: StageWords

  init(_ shape: TallyShape) {
    words = StageWords(shape)
    credits = CreditBootstrap(requirements: shape.model.stages.reduce(0) { $0 + $1.requires.count })
    loads = LoadTally(shape)
  }

  mutating func merge(_ other: LeverageTally) {
    sets.merge(other.sets)
    credits.merge(other.credits)
    loads.merge(other.loads)
  }

  mutating func scale(by factor: WeightFactor) {
    sets.scale(by: factor)
    credits.scale(by: factor)
    loads.scale(by: factor)
  }

  mutating func setLoads(_ tally: LoadTally) { loads = tally }

  /// - Parameter records: the numbers of the block's records in their input.
  mutating func add(
    _ block: ScoredBlock, _ weights: BlockWeights, input: Int, records: UnsafePointer<UInt64>
  ) {
    let holding = words.holding(block)
    for (place, stage) in words.stages.enumerated() {
      var held = block.scored[0] & block.low[stage.below]
      while held != 0 {
        let response = UInt64(held.trailingZeroBitCount)
        held &= held - 1
        let blocking = words.blocking(stage, block, response)
        if blocking == 0 { continue }
        var weight = WeightedCount()
        weight.add(1 << response, weights)
        credits.add(
          input: input, record: records[Int(response)],
          weight: UInt64(truncatingIfNeeded: weight.weight.billionths), blocking: blocking,
          first: stage.requirements.lowerBound)
        if blocking.nonzeroBitCount > BlockingSets.largest { continue }
        let isCovered = block.isCovered[stage.number] >> response & 1 == 1
        sets.add(
          BlockingSets.Key(stage: stage.number, requirements: blocking), weight: weight,
          from: stage.below, to: isCovered ? reached(from: place, response, holding) : nil)
      }
    }
  }

  /// The stage a response is at once this one holds, too: those above may hold already.
  private func reached(from place: Int, _ response: UInt64, _ holding: [UInt64]) -> Int {
    var top = place
    while top + 1 < words.stages.count, holding[top + 1] >> response & 1 == 1 { top += 1 }
    return words.stages[top].number
  }
}
