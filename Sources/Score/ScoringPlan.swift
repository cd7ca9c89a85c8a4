import MaturityModel
import Statistics
import SurveyMapping

/// The model's rules, as far as this survey can observe them, as bit sets.
///
/// Every worker makes one of its own: counting references to one plan from several threads costs
/// them more than scoring does.
package final class ScoringPlan: Sendable {
  package let model: MaturityModel
  package let observability: Observability
  let words: Int
  /// Per stage number, where its requirements begin among those of all stages.
  let firstRequirements: [Int]
  /// Per condition of the model.
  let conditions: [CompiledCondition]
  /// Per stage number; stage 0 has none.
  let stages: [CompiledStage]
  let assessableStages: [Int]
  /// Per stage number the next assessable one.
  let nextStages: [Int?]
  /// Criteria with the bits of what makes them present.
  let absorptions: [(criterion: Int, absorbers: CriterionSet)]
  let mirrors: [(copy: Int, original: Int)]
  /// Words for the model's merged options.
  let mergedWords: Int
  /// The criteria that appear in some requirement, and per way the conditions can turn out, those
  /// that appear in none which applies.
  private let notApplicable: [CriterionSet]
  /// Observable requirements over assessable stages.
  let observableRequirements: Int
  let minAnswered: Billionths
  let waivesUnobservable: Bool

  package init(survey: Survey, model: MaturityModel, observability: Observability) {
    self.model = model
    self.observability = observability
    let words = (model.criteria.count + 63) / 64
    self.words = words
    conditions = model.conditions.map { CompiledCondition($0, survey: survey) }
    stages = model.stages.map {
      CompiledStage($0, model: model, observability: observability, words: words)
    }
    firstRequirements = model.firstRequirements
    assessableStages = observability.assessableStages.map(\.self)
    nextStages = model.stages.indices.map(observability.nextStage)
    absorptions = model.criteria.indices.compactMap { criterion in
      let absorbers = model.absorbers[criterion]
      return absorbers.isEmpty ? nil : (criterion, CriterionSet(absorbers, words: words))
    }
    mirrors = model.criteria.indices.compactMap { copy in
      model.criteria[copy].mirrors.map { (copy, $0) }
    }
    notApplicable = model.notApplicableCriteria
    observableRequirements = assessableStages.reduce(0) { sum, stage in
      sum + observability.observableRequirements[stage].count(where: \.self)
    }
    mergedWords = (model.terms.count { !$0.provesOneOf.isEmpty } + 63) / 64
    minAnswered = survey.thresholds.minAnswered
    waivesUnobservable = survey.thresholds.unobservable == .waive
  }

  /// How the blocks of a batch that is scored by this plan are laid out.
  var layout: BlockLayout {
    BlockLayout(
      rowWords: words, stages: stages.count,
      requirements: stages.reduce(0) { $0 + $1.requirements.count })
  }

  /// Criteria that appear only in requirements that do not apply.
  ///
  /// - Parameter falseConditions: bit c is set where condition c is known, or taken, to be false.
  func notApplicable(falseConditions: Int) -> CriterionSet { notApplicable[falseConditions] }
}

/// A condition with its metrics found among the survey's.
struct CompiledCondition: Sendable {
  /// Per item: the metric's place in the survey (nil: not asked), the threshold, and the metric
  /// that silences the item when it is known.
  let items: [(metric: Int?, above: Billionths, unlessKnown: Int?)]

  init(_ condition: Condition, survey: Survey) {
    items = condition.any.map { item in
      (
        survey.metrics.firstIndex { $0.id == item.metric }, item.above,
        item.unlessKnown.flatMap { name in survey.metrics.firstIndex { $0.id == name } }
      )
    }
  }

  /// Any of its items; any of nothing is false. A known metric silences what stands in for it, even
  /// where it is a band that straddles its own threshold.
  func value(_ metrics: UnsafeBufferPointer<MetricBand?>) -> Truth {
    var value = Truth.no
    for item in items {
      if let other = item.unlessKnown, metrics[other] != nil { continue }
      let band = item.metric.flatMap { metrics[$0] }
      switch band.map({ $0.isAbove(item.above) }) ?? nil {
      case true?: return .yes
      case false?: break
      case nil: value = .unknown
      }
    }
    return value
  }
}

/// A stage's requirements and what its coverage counts.
struct CompiledStage: Sendable {
  let requirements: [CompiledRequirement]
  /// One of them may fail.
  let mayMissOne: Bool
  /// Observable gate and soft criteria, with their weights in billionths.
  let counted: [(criterion: Int, weight: UInt64)]
  let countedSet: CriterionSet
  let totalWeight: UInt64
  let threshold: Billionths
  /// The stage's triggers, for readiness.
  let triggers: [Int]

  init(_ stage: Stage, model: MaturityModel, observability: Observability, words: Int) {
    requirements = stage.requires.indices.map { index in
      CompiledRequirement(
        stage.requires[index],
        isObservable: observability.observableRequirements[stage.number][index],
        model: model, observability: observability, words: words)
    }
    mayMissOne = stage.mayMissOne
    let countedCriteria = model.criteria.indices.filter { index in
      let criterion = model.criteria[index]
      return criterion.stage == stage.number && criterion.isCounted && observability.deniable[index]
    }
    counted = countedCriteria.map { ($0, UInt64(model.criteria[$0].weight.count)) }
    countedSet = CriterionSet(countedCriteria, words: words)
    totalWeight = counted.reduce(0) { $0 + $1.weight }
    threshold = stage.coverage
    triggers = model.criteria.indices.filter {
      model.criteria[$0].kind == .trigger && model.criteria[$0].stage == stage.number
    }
  }
}

/// A requirement as bit sets.
struct CompiledRequirement: Sendable {
  let members: CriterionSet
  let observableMembers: CriterionSet
  let atLeast: Int
  let condition: Int?
  let isObservable: Bool
  /// Merged options all of whose criteria are members, by their place among the model's.
  let mergedOptions: [(place: Int, criteria: CriterionSet)]

  init(
    _ requirement: Requirement, isObservable: Bool, model: MaturityModel,
    observability: Observability, words: Int
  ) {
    members = CriterionSet(requirement.anyOf, words: words)
    observableMembers = CriterionSet(
      requirement.anyOf.filter { observability.deniable[$0] }, words: words)
    atLeast = requirement.atLeast
    condition = requirement.appliesIf
    self.isObservable = isObservable
    let merged = model.terms.filter { !$0.provesOneOf.isEmpty }
    let wanted = Set(requirement.anyOf)
    mergedOptions = merged.enumerated().compactMap { place, term in
      wanted.isSuperset(of: term.provesOneOf)
        ? (place, CriterionSet(term.provesOneOf, words: words)) : nil
    }
  }
}
