import MaturityModel
import Statistics

/// Lays out a plan's assessable stages as tables.
struct CircuitBuilder {
  private let plan: ScoringPlan
  /// Per stage, where its requirements begin among those of all stages.
  private let firstRequirements: [Int]
  private(set) var stages: [StageCircuit] = []
  private(set) var requirements: [RequirementCircuit] = []
  private(set) var members: [MemberColumn] = []
  private(set) var options: [MergedOption] = []
  private(set) var coverages: [CoverageCircuit] = []
  private(set) var steps: [SumStep] = []
  private(set) var ways: [Way] = []
  private var planes = 0

  init(_ plan: ScoringPlan) {
    self.plan = plan
    firstRequirements = plan.firstRequirements
  }

  /// The weights that the coverages are shares of, each in its own unit.
  var wholes: [UInt64] { coverages.map(\.whole) }

  mutating func add(_ number: Int) {
    let stage = plan.stages[number]
    let first = requirements.count
    for (index, requirement) in stage.requirements.enumerated() {
      add(requirement, at: firstRequirements[number] + index)
    }
    let (firstWay, firstCoverage) = (ways.count, coverages.count)
    let conditions = conditions(of: stage)
    addWays(of: stage, conditions)
    stages.append(
      StageCircuit(
        number: number, requirements: first..<requirements.count,
        mayMissOne: stage.mayMissOne, ways: firstWay..<ways.count,
        coverages: firstCoverage..<coverages.count, conditions: conditions))
  }

  private mutating func add(_ requirement: CompiledRequirement, at place: Int) {
    let firstOption = options.count
    for option in requirement.mergedOptions {
      let members = addMembers(option.criteria, requirement)
      options.append(MergedOption(place: option.place, members: members))
    }
    let members = addMembers(requirement.members, requirement)
    // The members, one merged option, and the number that must be reached.
    let most = max(UInt64(members.count) + 1, UInt64(requirement.atLeast))
    requirements.append(
      RequirementCircuit(
        place: place, members: members, options: firstOption..<options.count,
        atLeast: UInt64(requirement.atLeast),
        width: requirement.atLeast == 1 ? 0 : most.bitWidthUsed, condition: requirement.condition,
        isObservable: requirement.isObservable,
        isWaived: !requirement.isObservable && plan.waivesUnobservable))
  }

  private mutating func addMembers(
    _ criteria: CriterionSet, _ requirement: CompiledRequirement
  ) -> Range<Int> {
    let first = members.count
    for criterion in criteria.numbers {
      members.append(
        MemberColumn(
          column: criterion, isObservable: requirement.observableMembers.holds(criterion)))
    }
    return first..<members.count
  }

  /// The conditions that a requirement of the stage names, or that change what it covers.
  private func conditions(of stage: CompiledStage) -> Int {
    var conditions = 0
    for requirement in stage.requirements {
      if let condition = requirement.condition { conditions |= 1 << condition }
    }
    for others in 0..<(1 << plan.conditions.count) {
      for condition in plan.conditions.indices {
        let with = plan.notApplicable(falseConditions: others | 1 << condition)
        let without = plan.notApplicable(falseConditions: others)
        if stage.countedSet & with != stage.countedSet & without { conditions |= 1 << condition }
      }
    }
    return conditions
  }

  private mutating func addWays(of stage: CompiledStage, _ conditions: Int) {
    let unit = stage.counted.reduce(0) { greatestCommonDivisor($0, $1.weight) }
    var known: [CriterionSet: Int] = [:]
    for falseConditions in 0..<(1 << plan.conditions.count)
    where falseConditions & ~conditions == 0 {
      let excluded = stage.countedSet & plan.notApplicable(falseConditions: falseConditions)
      let coverage = known[excluded] ?? coverages.count
      if coverage == coverages.count { addCoverage(of: stage, without: excluded, unit: unit) }
      known[excluded] = coverage
      ways.append(Way(falseConditions: falseConditions, coverage: coverage))
    }
  }

  private mutating func addCoverage(
    of stage: CompiledStage, without excluded: CriterionSet, unit: UInt64
  ) {
    let counted = stage.counted.filter { !excluded.holds($0.criterion) }
      .map { (column: $0.criterion, weight: $0.weight / max(1, unit)) }
    let whole = counted.reduce(0) { $0 + $1.weight }
    let first = steps.count
    steps += SumStep.steps(counted)
    // Coverage over nothing is that of one of one, whatever is known.
    let isMet = whole > 0 || Coverage.met.reaches(stage.threshold)
    let least = isMet && whole == 0 ? 0 : leastReaching(stage.threshold, of: whole)
    let limits = isMet ? WordPair(least, whole - least + 1) : WordPair(1, 0)
    let width = (whole + 1).bitWidthUsed
    coverages.append(
      CoverageCircuit(
        steps: first..<steps.count, width: width, firstPlane: planes, limits: limits,
        whole: whole))
    planes += width
  }
}

/// `compensatory_floor`: the largest stage × the mean of the coverages at low, without fractions.
///
/// All coverages are brought to one denominator D. Their sum in units of 1/D is compared with
/// ⌈m × stages × D / top⌉ for every stage number m.
struct CompensatoryCircuit {
  let top: Int
  /// D; 0 where it is too large for 64 bits, or the sums would be.
  private(set) var denominator: UInt64 = 1
  private(set) var width = 0
  private let stages: UInt64

  init(_ plan: ScoringPlan, wholes: [UInt64]) {
    top = plan.assessableStages.last ?? 0
    stages = UInt64(max(1, plan.assessableStages.count))
    for whole in wholes where whole > 0 && denominator > 0 {
      let factor = whole / greatestCommonDivisor(denominator, whole)
      let (product, overflow) = denominator.multipliedReportingOverflow(by: factor)
      denominator = overflow ? 0 : product
    }
    // A model has at most 99 stages: their sum stays below 2^62.
    if denominator >> 55 > 0 { denominator = 0 }
    width = (stages * denominator).bitWidthUsed
  }

  /// The coverage with what its units count in the sum.
  func withFactor(_ coverage: CoverageCircuit) -> CoverageCircuit {
    var coverage = coverage
    if coverage.whole > 0 { coverage.factor = denominator / coverage.whole }
    return coverage
  }

  /// The least sum from which on the floor is at least `stage`, 1 or more.
  func limit(for stage: Int) -> UInt64 {
    let (wanted, top) = (UInt128(stage) * UInt128(stages) * UInt128(denominator), UInt128(top))
    return UInt64((wanted + top - 1) / top)
  }
}
