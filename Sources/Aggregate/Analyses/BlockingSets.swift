import MaturityModel
import Score
import Statistics
import SurveyMapping

/// The assessable stages with what stands in a block's words for each.
struct StageWords: Sendable {
  struct Stage: Sendable {
    let number: Int
    /// Where those stand who are held below it.
    let below: Int
    /// Its requirements among those of the model.
    let requirements: Range<Int>
  }

  let stages: [Stage]

  init(_ shape: TallyShape) {
    let first = shape.model.firstRequirements
    let assessable = shape.observability.assessableStages
    stages = zip(assessable, [0] + assessable).map { number, below in
      let start = first[number]
      return Stage(
        number: number, below: below,
        requirements: start..<start + shape.model.stages[number].requires.count)
    }
  }

  /// Per stage, the responses in which it holds by itself, unknown read as no: nothing blocks it and
  /// its coverage is met.
  func holding(_ block: ScoredBlock) -> [UInt64] {
    stages.map { stage in
      stage.requirements.reduce(block.isCovered[stage.number]) { $0 & ~block.blocking[$1] }
    }
  }

  /// The requirements of a stage that block a response, as bits.
  func blocking(_ stage: Stage, _ block: ScoredBlock, _ response: UInt64) -> UInt64 {
    var bits: UInt64 = 0
    for (index, requirement) in stage.requirements.enumerated() {
      bits |= (block.blocking[requirement] >> response & 1) << UInt64(index)
    }
    return bits
  }
}

/// Which few requirements together hold responses back, and how far these would rise without.
package struct BlockingSets: Sendable {
  /// Larger sets are only counted by their size, in ``UnlockTally``.
  package static let largest = 3

  package struct Key: Hashable, Sendable {
    package let stage: Int
    /// Requirements of the stage, by bit.
    package let requirements: UInt64

    package init(stage: Int, requirements: UInt64) {
      (self.stage, self.requirements) = (stage, requirements)
    }
  }

  /// Responses that exactly these requirements block.
  package struct Count: Sendable {
    package fileprivate(set) var responses = WeightedCount()
    /// Those whose stage rises when all of them are read as true: the coverage is met as it is.
    package fileprivate(set) var advances = WeightedCount()
    /// Σ w × stages that they rise, over stages that hold already.
    package fileprivate(set) var rise = WeightSum()
    package fileprivate(set) var largestRise = 0

    fileprivate mutating func merge(_ other: Count) {
      responses.merge(other.responses)
      advances.merge(other.advances)
      rise.merge(other.rise)
      largestRise = max(largestRise, other.largestRise)
    }

    fileprivate mutating func scale(by factor: WeightFactor) {
      responses.scale(by: factor)
      advances.scale(by: factor)
      rise.scale(by: factor)
    }
  }

  private var counts: [Key: Count] = [:]

  mutating func merge(_ other: BlockingSets) {
    counts.merge(other.counts) { first, second in
      var sum = first
      sum.merge(second)
      return sum
    }
  }

  mutating func scale(by factor: WeightFactor) {
    for key in counts.keys { counts[key]?.scale(by: factor) }
  }

  /// - Parameter target: the stage that it rises to; nil: its coverage is not met.
  mutating func add(_ key: Key, weight: WeightedCount, from stage: Int, to target: Int?) {
    var count = Count()
    count.responses = weight
    if let target {
      count.advances = weight
      count.rise = WeightSum(billionths: weight.weight.billionths * UInt128(target - stage))
      count.largestRise = target - stage
    }
    counts[key, default: Count()].merge(count)
  }

  /// Responses that exactly these requirements block.
  package func exactly(_ key: Key) -> Count { counts[key] ?? Count() }

  /// Responses that are blocked by some of these requirements and by no other.
  package func within(_ key: Key) -> Count {
    var (sum, subset) = (Count(), key.requirements)
    while subset != 0 {
      sum.merge(exactly(Key(stage: key.stage, requirements: subset)))
      subset = (subset - 1) & key.requirements
    }
    return sum
  }
}
