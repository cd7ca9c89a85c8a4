import Score
import Statistics

/// What holds responses back: per stage and requirement, who is blocked by it.
package struct UnlockTally: Sendable {
  private let stages: [HeldStage]
  /// Per stage: the responses held below it, and those of them with nothing blocking.
  private var held: [WeightedCount]
  private var free: [WeightedCount]
  /// Per requirement of the model, where its counts by the number of blockers begin.
  private let first: [[Int]]
  /// The blocked by how many requirements block them, from one on, so that the sum of w / k stays
  /// exact to the end.
  private var byBlockers: [WeightedCount]
  /// At the place of the count of one blocker.
  private var blockedUnknown: [UInt64]
  private var advances: [UInt64]

  /// A stage that responses can be held below.
  private struct HeldStage: Sendable {
    let number: Int
    /// Where those stand who are held below it.
    let below: Int
    /// Its requirements among those of the model, and their counts.
    let requirements: Int
    let firstRequirement: Int
    let firstCount: Int
  }

  package struct RequirementTally: Sendable {
    package let blocked: UInt64
    package let blockedUnknown: UInt64
    package let sole: UInt64
    package let advances: UInt64
    /// Σ w / |blocking| over the blocked: the requirement's Shapley value in the game "who would be
    /// freed", which is a sum of unanimity games (Shapley 1953).
    package let shapley: ExactRatio
  }

  init(_ shape: TallyShape) {
    var next = 0
    let first = shape.model.stages.map { stage in
      stage.requires.indices.map { _ in
        defer { next += stage.requires.count }
        return next
      }
    }
    let below = [0] + shape.observability.assessableStages
    let firstRequirements = shape.model.firstRequirements
    self.first = first
    stages = zip(shape.observability.assessableStages, below).map { number, below in
      HeldStage(
        number: number, below: below, requirements: first[number].count,
        firstRequirement: firstRequirements[number], firstCount: first[number].first ?? 0)
    }
    held = Array(repeating: WeightedCount(), count: shape.stages)
    free = held
    byBlockers = Array(repeating: WeightedCount(), count: next)
    blockedUnknown = Array(repeating: 0, count: next)
    advances = blockedUnknown
  }

  mutating func add(_ block: ScoredBlock, _ weights: BlockWeights) {
    for stage in stages {
      let held = block.scored[0] & block.low[stage.below]
      if held != 0 { add(held, below: stage, block, weights) }
    }
  }

  private mutating func add(
    _ held: UInt64, below stage: HeldStage, _ block: ScoredBlock, _ weights: BlockWeights
  ) {
    self.held[stage.number].add(held, weights)
    let count = stage.requirements
    let blocking = block.blocking + stage.firstRequirement
    let unknown = block.blockingUnknown + stage.firstRequirement
    withUnsafeTemporaryAllocation(of: UInt64.self, capacity: count + 2) { atLeast in
      // Per number of blockers, those with at least so many.
      atLeast.initialize(repeating: 0)
      atLeast[0] = held
      for requirement in 0..<count {
        for blockers in stride(from: requirement + 1, to: 0, by: -1) {
          atLeast[blockers] |= atLeast[blockers - 1] & blocking[requirement]
        }
      }
      free[stage.number].add(held & ~atLeast[1], weights)
      let sole = atLeast[1] & ~atLeast[2]
      for requirement in 0..<count {
        let first = stage.firstCount + requirement * count
        for blockers in 1...count where atLeast[blockers] != 0 {
          let exactly = atLeast[blockers] & ~atLeast[blockers + 1]
          byBlockers[first + blockers - 1].add(exactly & blocking[requirement], weights)
        }
        let advancing = sole & blocking[requirement] & block.isCovered[stage.number]
        advances[first] &+= UInt64(advancing.nonzeroBitCount)
        blockedUnknown[first] &+= UInt64((held & unknown[requirement]).nonzeroBitCount)
      }
    }
  }

  mutating func merge(_ other: UnlockTally) {
    for stage in held.indices {
      held[stage].merge(other.held[stage])
      free[stage].merge(other.free[stage])
    }
    for index in byBlockers.indices {
      byBlockers[index].merge(other.byBlockers[index])
      blockedUnknown[index] += other.blockedUnknown[index]
      advances[index] += other.advances[index]
    }
  }

  mutating func scale(by factor: WeightFactor) {
    for stage in held.indices {
      held[stage].scale(by: factor)
      free[stage].scale(by: factor)
    }
    for index in byBlockers.indices { byBlockers[index].scale(by: factor) }
  }

  package func held(below stage: Int) -> WeightedCount { held[stage] }
  /// Held below a stage by its coverage alone.
  package func heldByCoverage(below stage: Int) -> WeightedCount { free[stage] }

  /// Held below a stage by so many requirements; by none: by its coverage alone.
  package func held(below stage: Int, byBlockers blockers: ClosedRange<Int>) -> WeightedCount {
    var sum = blockers.contains(0) ? free[stage] : WeightedCount()
    for blockers in blockers where blockers > 0 && blockers <= first[stage].count {
      // Each of them stands at each of its blockers.
      let count = first[stage].reduce(into: WeightedCount()) {
        $0.merge(byBlockers[$1 + blockers - 1])
      }
      sum.add(
        count: count.count / UInt64(blockers),
        weight: WeightSum(billionths: count.weight.billionths / UInt128(blockers)))
    }
    return sum
  }

  package func requirement(_ index: Int, of stage: Int) -> RequirementTally {
    let start = first[stage][index]
    let counts = byBlockers[start..<start + first[stage].count]
    var shapley = ExactRatio(WeightSum())
    for (index, count) in counts.enumerated() where count.weight != WeightSum() {
      shapley = shapley + ExactRatio(count.weight).divided(by: UInt64(index + 1))
    }
    return RequirementTally(
      blocked: counts.reduce(0) { $0 + $1.count }, blockedUnknown: blockedUnknown[start],
      sole: byBlockers[start].count, advances: advances[start], shapley: shapley)
  }
}
