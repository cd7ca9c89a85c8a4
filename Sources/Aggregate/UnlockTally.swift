import Score
import Statistics

/// What holds responses back: per stage and requirement, who is blocked by it.
package struct UnlockTally: Sendable {
  /// Per stage: the responses held below it, and those of them with nothing blocking.
  private var held: [WeightedCount]
  private var free: [WeightedCount]
  private var requirements: [[RequirementTally]]

  package struct RequirementTally: Sendable {
    package fileprivate(set) var blocked: UInt64 = 0
    package fileprivate(set) var blockedUnknown: UInt64 = 0
    package fileprivate(set) var sole: UInt64 = 0
    package fileprivate(set) var advances: UInt64 = 0
    /// The weight of blocked responses by how many requirements block them, so that the sum of
    /// w / k stays exact to the end.
    fileprivate var weightByBlockers: [WeightSum] = []

    /// Σ w / |blocking| over the blocked: the requirement's Shapley value in the game "who would be
    /// freed", which is a sum of unanimity games (Shapley 1953).
    package var shapley: ExactRatio {
      var sum = ExactRatio(WeightSum())
      for (index, weight) in weightByBlockers.enumerated() where weight != WeightSum() {
        sum = sum + ExactRatio(weight).divided(by: UInt64(index + 1))
      }
      return sum
    }
  }

  init(_ shape: TallyShape) {
    held = Array(repeating: WeightedCount(), count: shape.stages)
    free = held
    requirements = shape.model.stages.map { stage in
      Array(repeating: RequirementTally(), count: stage.requires.count)
    }
  }

  mutating func add(_ scores: ScoreBatch, _ response: Int, weight: UInt64) {
    let stage = Int(scores.next[response])
    if stage == 0 { return }
    held[stage].add(weight: weight)
    let blocking = scores.blocking[response]
    if blocking == 0 { return free[stage].add(weight: weight) }
    let blockers = blocking.nonzeroBitCount
    var rest = blocking
    while rest != 0 {
      let requirement = rest.trailingZeroBitCount
      let isUnknown = scores.blockingUnknown[response] >> UInt64(requirement) & 1 == 1
      requirements[stage][requirement].add(
        weight: weight, blockers: blockers, isUnknown: isUnknown,
        isNextCovered: scores.isNextCovered[response])
      rest &= rest - 1
    }
  }

  mutating func merge(_ other: UnlockTally) {
    for stage in held.indices {
      held[stage].merge(other.held[stage])
      free[stage].merge(other.free[stage])
      for index in requirements[stage].indices {
        requirements[stage][index].merge(other.requirements[stage][index])
      }
    }
  }

  package func held(below stage: Int) -> WeightedCount { held[stage] }
  /// Held below a stage by its coverage alone.
  package func heldByCoverage(below stage: Int) -> WeightedCount { free[stage] }
  package func requirement(_ index: Int, of stage: Int) -> RequirementTally {
    requirements[stage][index]
  }
}

extension UnlockTally.RequirementTally {
  fileprivate mutating func add(
    weight: UInt64, blockers: Int, isUnknown: Bool, isNextCovered: Bool
  ) {
    blocked += 1
    if isUnknown { blockedUnknown += 1 }
    if blockers == 1 {
      sole += 1
      if isNextCovered { advances += 1 }
    }
    while weightByBlockers.count < blockers { weightByBlockers.append(WeightSum()) }
    weightByBlockers[blockers - 1].add(weight)
  }

  fileprivate mutating func merge(_ other: Self) {
    blocked += other.blocked
    blockedUnknown += other.blockedUnknown
    sole += other.sole
    advances += other.advances
    while weightByBlockers.count < other.weightByBlockers.count {
      weightByBlockers.append(WeightSum())
    }
    for (index, weight) in other.weightByBlockers.enumerated() {
      weightByBlockers[index].merge(weight)
    }
  }
}
