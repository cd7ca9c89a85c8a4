import Statistics

/// One response against all the rules: the readable reference of ``BlockScorer``, and what
/// explanations are made of.
///
/// A stage with unknown conditions is evaluated both ways for each of them; a "way" is a set of
/// conditions taken to be false, as bits.
struct Evaluation {
  let plan: ScoringPlan
  let evidence: CriterionEvidence
  /// Merged options chosen, by their place among the model's.
  let merged: [UInt64]
  let conditions: [Truth]
  /// Every way the conditions can turn out.
  private let ways: [Int]
  private let knownFalse: Int

  init(
    plan: ScoringPlan, evidence: CriterionEvidence, merged: [UInt64],
    conditions: [Truth]
  ) {
    self.plan = plan
    self.evidence = evidence
    self.merged = merged
    self.conditions = conditions
    var knownFalse = 0
    var ways = [0]
    for (index, value) in conditions.enumerated() {
      if value == .no { knownFalse |= 1 << index }
      if value == .unknown { ways += ways.map { $0 | 1 << index } }
    }
    self.knownFalse = knownFalse
    self.ways = ways.map { $0 | knownFalse }
  }

  /// Criteria that do not apply under the conditions known to be false.
  var notApplicableAsKnown: CriterionSet { plan.notApplicable(falseConditions: knownFalse) }

  /// The largest assessable stage such that it and all assessable ones below it hold; 0 if none.
  func climb(readingHigh: Bool) -> Int {
    var reached = 0
    for stage in plan.assessableStages {
      guard isSatisfied(stage, readingHigh: readingHigh) else { break }
      reached = stage
    }
    return reached
  }

  /// The largest assessable stage that holds by itself, unknown read as no.
  var highest: Int {
    plan.assessableStages.last { isSatisfied($0, readingHigh: false) } ?? 0
  }

  /// Whether enough of the observable requirements are known to score a response whose stage is
  /// not determined.
  var knowsEnough: Bool {
    Int64(knownRequirements) * Billionths.perUnit
      >= plan.minAnswered.count * Int64(plan.observableRequirements)
  }

  /// The observable requirements of assessable stages that are known. One that does not apply is.
  var knownRequirements: Int {
    plan.assessableStages.reduce(0) { sum, stage in
      sum
        + plan.stages[stage].requirements.count { requirement in
          requirement.isObservable && value(of: requirement) != .unknown
        }
    }
  }

  /// The stage's requirements that are not true and apply, or may apply.
  func blocking(_ stage: Int) -> (all: UInt64, unknown: UInt64) {
    var all: UInt64 = 0
    var unknown: UInt64 = 0
    for (index, requirement) in plan.stages[stage].requirements.enumerated() {
      let value = value(of: requirement)
      if value == .no || value == .unknown { all |= 1 << UInt64(index) }
      if value == .unknown { unknown |= 1 << UInt64(index) }
    }
    return (all, unknown)
  }

  /// Coverage with unknown read as no, the worse of all ways.
  func coverageLow(_ stage: Int) -> Coverage {
    var worst: Coverage?
    for way in ways {
      let coverage = coverage(stage, way: way, readingHigh: false)
      if let least = worst, !(coverage < least) { continue }
      worst = coverage
    }
    return worst ?? .met
  }

  /// Coverage with unknown read as yes, the better of all ways.
  func coverageHigh(_ stage: Int) -> Coverage {
    var best: Coverage?
    for way in ways {
      let coverage = coverage(stage, way: way, readingHigh: true)
      if let most = best, !(most < coverage) { continue }
      best = coverage
    }
    return best ?? .met
  }

  /// Unknown read as no must hold every way; read as yes, one way is enough.
  func isSatisfied(_ stage: Int, readingHigh: Bool) -> Bool {
    let holds = { (way: Int) in self.isSatisfied(stage, way: way, readingHigh: readingHigh) }
    return readingHigh ? ways.contains(where: holds) : ways.allSatisfy(holds)
  }

  private func isSatisfied(_ stage: Int, way: Int, readingHigh: Bool) -> Bool {
    let compiled = plan.stages[stage]
    var failuresLeft = compiled.mayMissOne ? 1 : 0
    for requirement in compiled.requirements {
      let condition: Truth =
        requirement.condition.map { way >> $0 & 1 == 1 ? .no : .yes } ?? .yes
      if value(of: requirement, condition: condition).holds(readingHigh: readingHigh) { continue }
      if failuresLeft == 0 { return false }
      failuresLeft -= 1
    }
    return coverage(stage, way: way, readingHigh: readingHigh).reaches(compiled.threshold)
  }

  private func coverage(_ stage: Int, way: Int, readingHigh: Bool) -> Coverage {
    let compiled = plan.stages[stage]
    let excluded = plan.notApplicable(falseConditions: way)
    var part: UInt64 = 0
    var whole = compiled.totalWeight
    for (criterion, weight) in compiled.counted {
      let (word, bit) = (criterion / 64, UInt64(criterion % 64))
      if excluded[word] >> bit & 1 == 1 {
        whole -= weight
        continue
      }
      let counts = readingHigh ? ~evidence.no[word] : evidence.yes[word]
      if counts >> bit & 1 == 1 { part += weight }
    }
    return whole == 0 ? .met : Coverage(part: part, whole: whole)
  }

  /// The requirement under the conditions as they are known.
  func value(of requirement: CompiledRequirement) -> RequirementValue {
    value(of: requirement, condition: requirement.condition.map { conditions[$0] } ?? .yes)
  }

  private func value(
    of requirement: CompiledRequirement, condition: Truth
  ) -> RequirementValue {
    if condition == .no { return .notApplicable }
    var present = 0
    var presentOrOpen = 0
    for word in 0..<plan.words {
      let yes = evidence.yes[word] & requirement.members[word]
      present += yes.nonzeroBitCount
      presentOrOpen += (yes | open(requirement, word)).nonzeroBitCount
    }
    let reached = present + (mergedOptionCounts(requirement) { self.evidence.yes[$0] } ? 1 : 0)
    if reached >= requirement.atLeast { return .yes }
    if !requirement.isObservable { return plan.waivesUnobservable ? .dropped : .unknown }
    // Reading an open criterion as yes never costs more than the merged option it belongs to, so
    // reading all of them as yes reaches the most.
    let helps = mergedOptionCounts(requirement) {
      self.evidence.yes[$0] | self.open(requirement, $0)
    }
    let reachable = presentOrOpen + (helps ? 1 : 0)
    return reachable < requirement.atLeast && condition == .yes ? .no : .unknown
  }

  /// The requirement's observable criteria that are unknown.
  private func open(_ requirement: CompiledRequirement, _ word: Int) -> UInt64 {
    evidence.unknown(word) & requirement.observableMembers[word]
  }

  /// Whether a chosen merged option counts towards the requirement: it stands for one more of its
  /// criteria, unless one of them is present anyway.
  private func mergedOptionCounts(
    _ requirement: CompiledRequirement, besides present: (_ word: Int) -> UInt64
  ) -> Bool {
    requirement.mergedOptions.contains { place, criteria in
      merged[place / 64] >> UInt64(place % 64) & 1 == 1
        && (0..<plan.words).allSatisfy { criteria[$0] & present($0) == 0 }
    }
  }
}
