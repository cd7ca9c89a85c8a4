import MaturityModel
import Normalize
import Organisations
import Score
import Statistics

/// Everything that is counted: a partial aggregate of some responses.
///
/// A commutative monoid: all sums are whole numbers, so merging tallies in any order and shape
/// gives the tally of all their responses. Every worker has one of its own; they are merged at the
/// end. Its size depends on the model and on the distinct texts, not on the number of responses.
package struct Tally: Sendable {
  package let shape: TallyShape
  /// Per input, in the order of the command line.
  package private(set) var accounting: [Accounting]
  package private(set) var everybody: GroupTally
  /// Per segment of the survey, by value.
  package private(set) var segments: [[ExactText: GroupTally]]
  package private(set) var roleTools: RoleToolTally
  package private(set) var unlock: UnlockTally
  package private(set) var antiPatterns: AntiPatternTally
  /// Per question of the survey.
  package private(set) var unmapped: [UnmappedTally]
  /// Nil where it is not asked for.
  package private(set) var validity: ValidityTally?
  package private(set) var sensitivity: SensitivityTally?
  package private(set) var leverage: LeverageTally?
  /// Nil where the survey knows of none.
  package private(set) var organisations: OrganisationReport?
  /// How the weights were raked; nil where they were not.
  package private(set) var raking: RakingReport?
  private var terms: Grid<WeightedCount>
  private var rules: Grid<WeightedCount>
  private var selfAssessed: Grid<UInt64>

  package init(_ shape: TallyShape) {
    self.shape = shape
    let keepRules = shape.survey.keep.count
    accounting = Array(repeating: Accounting(keepRules: keepRules), count: shape.inputs)
    everybody = GroupTally(shape)
    segments = Array(repeating: [:], count: shape.survey.segments.count)
    roleTools = RoleToolTally(shape)
    unlock = UnlockTally(shape)
    antiPatterns = AntiPatternTally(shape)
    unmapped = Array(
      repeating: UnmappedTally(limit: shape.textLimits.unmappedTexts),
      count: shape.survey.questions.count)
    validity = shape.analyses.contains(.validity) ? ValidityTally(shape) : nil
    sensitivity = shape.analyses.contains(.sensitivity) ? SensitivityTally(shape) : nil
    leverage = shape.analyses.contains(.leverage) ? LeverageTally(shape) : nil
    terms = Grid(rows: shape.stages, columns: shape.model.terms.count, WeightedCount())
    rules = Grid(rows: StageRule.allCases.count, columns: shape.stages, WeightedCount())
    // One more for those who did not say.
    selfAssessed = Grid(rows: shape.stages + 1, columns: shape.stages, 0)
  }

  package mutating func merge(_ other: Tally) {
    for input in accounting.indices { accounting[input].merge(other.accounting[input]) }
    everybody.merge(other.everybody)
    for segment in segments.indices {
      segments[segment].merge(other.segments[segment]) { first, second in
        var sum = first
        sum.merge(second)
        return sum
      }
    }
    roleTools.merge(other.roleTools)
    unlock.merge(other.unlock)
    antiPatterns.merge(other.antiPatterns)
    for question in unmapped.indices {
      unmapped[question].merge(other.unmapped[question])
    }
    if let other = other.validity { validity?.merge(other) }
    if let other = other.sensitivity { sensitivity?.merge(other) }
    if let other = other.leverage { leverage?.merge(other) }
    terms.merge(other.terms) { $0.merge($1) }
    rules.merge(other.rules) { $0.merge($1) }
    selfAssessed.merge(other.selfAssessed) { $0 += $1 }
  }

  /// Multiplies all weights, those of one too. Counts, and what is not weighted, stay.
  mutating func scale(by factor: WeightFactor) {
    everybody.scale(by: factor)
    for segment in segments.indices {
      for value in segments[segment].keys { segments[segment][value]?.scale(by: factor) }
    }
    roleTools.scale(by: factor)
    unlock.scale(by: factor)
    antiPatterns.scale(by: factor)
    validity?.scale(by: factor)
    sensitivity?.scale(by: factor)
    leverage?.scale(by: factor)
    terms.forEach { $0.scale(by: factor) }
    rules.forEach { $0.scale(by: factor) }
  }

  /// Scored responses at a stage that chose a term.
  package func users(of term: Int, at stage: Int) -> WeightedCount { terms[stage, term] }
  package func count(_ rule: StageRule, stage: Int) -> WeightedCount {
    rules[rule.rawValue, stage]
  }
  /// - Parameter own: the stage respondents gave themselves; nil: none.
  package func count(selfAssessed own: Int?, stage: Int) -> UInt64 {
    selfAssessed[own ?? shape.stages, stage]
  }

  /// The tally with what became of the organisations.
  ///
  /// - Parameter units: what is counted in place of the respondents, where organisations are; records
  ///   and answers stay those of the respondents.
  package func with(_ organisations: OrganisationReport, counting units: Tally?) -> Tally {
    var tally = units ?? self
    (tally.accounting, tally.unmapped) = (accounting, unmapped)
    tally.organisations = organisations
    return tally
  }

  /// All inputs together.
  package var totalAccounting: Accounting {
    accounting.reduce(into: Accounting(keepRules: shape.survey.keep.count)) { $0.merge($1) }
  }
}

extension Tally {
  /// Counts what a block's words say by themselves.
  mutating func add(_ block: ScoredBlock, _ weights: BlockWeights) {
    unlock.add(block, weights)
    antiPatterns.add(block, weights)
    validity?.add(block, weights)
    let stages = shape.stages
    rules.withCells { cells in
      for rule in StageRule.allCases {
        let words = rule.stages(block)
        for stage in 0..<stages {
          cells[rule.rawValue * stages + stage].add(block.scored[0] & words[stage], weights)
        }
      }
    }
  }

  /// - Parameter records: the numbers of the block's records in the input.
  mutating func addLeverage(
    _ block: CountedBlock, input: Int, records: UnsafePointer<UInt64>
  ) {
    leverage?.add(block.words, block.weights, input: input, records: records)
  }

  /// - Parameter own: per response of the block the stage they gave themselves, or -1.
  mutating func add(_ block: CountedBlock, selfAssessed own: UnsafePointer<Int8>) {
    var rest = block.words.scored[0]
    while rest != 0 {
      let response = rest.trailingZeroBitCount
      let row = own[response] < 0 ? shape.stages : Int(own[response])
      selfAssessed[row, Int(block.low[response])] += 1
      rest &= rest &- 1
    }
  }

  /// Where nobody was asked for the stage they see themselves at.
  mutating func countAllAsNotSelfAssessed() {
    for stage in 0..<shape.stages {
      selfAssessed[shape.stages, stage] = count(.stagedLow, stage: stage).count
    }
  }

  mutating func account(_ responses: ResponseBatch, scored: Int) {
    accounting[responses.input].add(
      responses.accounting, scored: scored, unscored: responses.count - scored)
  }

  mutating func setEverybody(_ group: GroupTally) { everybody = group }

  /// A value that only unscored responses have is no group.
  mutating func setGroups(_ groups: [ExactText: GroupTally], of segment: Int) {
    segments[segment] = groups.filter { $0.value.base.count > 0 }
  }

  mutating func setSensitivity(_ tally: SensitivityTally) { sensitivity = tally }

  mutating func setLoads(_ tally: LoadTally) { leverage?.setLoads(tally) }

  mutating func setRoleTools(_ tally: RoleToolTally) { roleTools = tally }

  mutating func setRaking(_ report: RakingReport) { raking = report }

  mutating func setTerms(_ counts: Grid<WeightedCount>) { terms = counts }

  mutating func setUnmapped(_ counts: UnmappedTally, of question: Int) {
    unmapped[question] = counts
  }
}
