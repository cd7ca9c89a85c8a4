import Aggregate
import MaturityModel

extension Disclosure {
  /// The responses at each stage by a rule.
  private func counts(_ rule: StageRule) -> [UInt64] {
    tally.shape.model.stages.indices.map { tally.count(rule, stage: $0).count }
  }

  /// Whether a rule's distribution may be shown, beside the published one.
  func shows(rule stageRule: StageRule) -> Bool {
    if hidesEverybody { return false }
    return switch stageRule {
    case .stagedLow: true
    case .stagedHigh: !hidesBounds
    // Nobody stands lower by it than as published, so differences count somebody, too.
    case .highest: showsBoth(counts(.stagedLow), counts(.highest))
    case .compensatoryFloor: rule.allows(counts(.compensatoryFloor))
    }
  }

  /// Whether the second of two distributions over the stages may be shown beside the first: neither
  /// it nor any difference between the two is small.
  private func showsBoth(_ first: [UInt64], _ second: [UInt64]) -> Bool {
    var (reached, reachedToo): (UInt64, UInt64) = (0, 0)
    for (one, other) in zip(first, second).reversed() {
      reached += one
      reachedToo += other
      if !rule.allows([other, distance(one, other), distance(reached, reachedToo)]) {
        return false
      }
    }
    return true
  }

  private func distance(_ first: UInt64, _ second: UInt64) -> UInt64 {
    first > second ? first - second : second - first
  }

  /// The names of the ways to score that `sensitivity.csv` may show: each that may be shown beside
  /// all before it, the published one first.
  var sensitivityWays: Set<String> {
    guard let sensitivity = tally.sensitivity, !hidesEverybody else { return [] }
    let stages = tally.shape.model.stages.indices
    var shown: [[UInt64]] = [stages.map { tally.everybody.count(at: [$0]).count }]
    var names: Set<String> = []
    for way in RuleWay.all(sensitivity) {
      let counts = stages.map { way.count(at: $0...$0).count }
      if shown.allSatisfy({ showsBoth($0, counts) }) {
        shown.append(counts)
        names.insert(way.name)
      }
    }
    return names
  }

  /// Whether so many of each stage may be said to be the same by all rules.
  var showsUnchanged: Bool {
    guard let sensitivity = tally.sensitivity, !hidesEverybody, pooledStages == 0 else {
      return false
    }
    return sensitivity.unchanged.enumerated().allSatisfy { stage, unchanged in
      let here = tally.everybody.count(at: [stage]).count
      return rule.allows([unchanged.count, here - min(here, unchanged.count)])
    }
  }

  /// Whether the stage that people gave themselves may be shown beside the computed one.
  var showsSelfAssessment: Bool {
    let stages = tally.shape.model.stages.indices
    return !hidesEverybody
      && (stages.map(Optional.some) + [nil]).allSatisfy { own in
        stages.allSatisfy { rule.allows(tally.count(selfAssessed: own, stage: $0)) }
      }
  }
}

extension Disclosure {
  /// What is hidden of what holds responses below a stage.
  struct UnlockPools {
    /// How many are held is hidden.
    var hidesHeld = false
    /// Places of the requirements; that of `(coverage)` follows the last.
    var rows: Set<Int> = []
    var isWhole: Bool { !hidesHeld && rows.isEmpty }
  }

  func unlockPools(below stage: Stage) -> UnlockPools {
    let held = tally.unlock.held(below: stage.number).count
    let observability = tally.shape.observability
    let isHidden = hiddenStages.contains { observability.nextStage(after: $0) == stage.number }
    if hidesEverybody || (isHidden && held > 0) {
      return UnlockPools(hidesHeld: true, rows: Set(0...stage.requires.count))
    }
    var blocked: [UInt64] = []
    var pools = UnlockPools()
    for index in stage.requires.indices {
      let row = tally.unlock.requirement(index, of: stage.number)
      blocked.append(row.blocked)
      let parts = [
        row.advances, row.sole - row.advances, row.blocked - row.sole, held - row.blocked,
        row.blockedUnknown, row.blocked - row.blockedUnknown,
      ]
      if !rule.allows(parts) { pools.rows.insert(index) }
    }
    let free = tally.unlock.heldByCoverage(below: stage.number).count
    blocked.append(free)
    if !rule.allows([free, held - free]) { pools.rows.insert(stage.requires.count) }
    pool(&pools.rows, blocked)
    return pools
  }

  /// The credits of a stage add up to who is held below it, so what is hidden of them must be that of
  /// several, and of enough.
  private func pool(_ rows: inout Set<Int>, _ blocked: [UInt64]) {
    if rows.isEmpty { return }
    let order = blocked.indices.filter { blocked[$0] > 0 && !rows.contains($0) }
      .sorted { (blocked[$0], $0) < (blocked[$1], $1) }
    for index in order {
      let somebody = rows.filter { blocked[$0] > 0 }
      let sum = somebody.reduce(0) { $0 + blocked[$1] }
      if somebody.count >= 2, sum >= minimum { return }
      rows.insert(index)
    }
  }

  /// Whether it may be told how many stand at a stage.
  package func shows(stage: Int) -> Bool { !hidesEverybody && !hiddenStages.contains(stage) }

  /// Whether it may be told whom a stage's requirement holds back.
  package func shows(requirement: Int, of stage: Stage) -> Bool {
    let pools = unlockPools(below: stage)
    return !pools.hidesHeld && !pools.rows.contains(requirement)
  }

  private var assessableStages: [Stage] {
    tally.shape.observability.assessableStages.map { tally.shape.model.stages[$0] }
  }

  /// Whether nothing of `unlock.csv` is hidden, so that rankings tell nothing besides.
  var showsAllUnlocks: Bool { assessableStages.allSatisfy { unlockPools(below: $0).isWhole } }

  /// Whether it may be shown how many requirements hold responses below a stage.
  func showsNearMisses(below stage: Stage) -> Bool {
    unlockPools(below: stage).isWhole
      && (0...4).allSatisfy { missing in
        rule.allows(
          tally.unlock.held(
            below: stage.number, byBlockers: missing < 4 ? missing...missing : 4...64
          ).count)
      }
  }

  /// Whether it may be shown how far responses fall where a criterion is lost.
  func showsLoad(_ place: Int) -> Bool {
    guard let loads = tally.leverage?.loads, shows(criterion: loads.criteria[place]) else {
      return false
    }
    let have = tally.everybody.evidence(of: loads.criteria[place], at: stageOrder).yes
    let falling = loads.count(place).falling.count
    return rule.allows([falling, have - min(have, falling)])
  }
}
