import MaturityModel
import Normalize
import Score
import SurveyMapping

/// What a tally counts: the same for all tallies of a run.
package struct TallyShape: Sendable {
  package let model: MaturityModel
  package let survey: Survey
  package let observability: Observability
  package let inputs: Int
  package let textLimits: TextLimits
  /// What is counted only where it is asked for.
  package let analyses: Set<Analysis>
  let stages: Int
  let criteria: Int
  let criterionWords: Int
  let termWords: Int
  /// Criterion numbers by kind, in model order.
  package let roles: [Int]
  package let tools: [Int]
  let hasWeights: Bool
  /// Per criterion, itself or the one that it mirrors.
  let originals: [Int]
  /// Per set of conditions known to be false, the criteria that are not applicable.
  let notApplicable: [[UInt64]]

  package init(
    survey: Survey, model: MaturityModel, observability: Observability, inputs: Int,
    textLimits: TextLimits = TextLimits(), analyses: Set<Analysis> = []
  ) {
    self.analyses = analyses
    self.textLimits = textLimits
    self.survey = survey
    self.model = model
    self.observability = observability
    self.inputs = inputs
    stages = model.stages.count
    criteria = model.criteria.count
    criterionWords = (criteria + 63) / 64
    termWords = (model.terms.count + 63) / 64
    roles = model.criteria.indices.filter { model.criteria[$0].kind == .role }
    tools = model.criteria.indices.filter { model.criteria[$0].kind == .tool }
    originals = model.criteria.indices.map { model.criteria[$0].mirrors ?? $0 }
    notApplicable = model.notApplicableCriteria
    hasWeights = survey.respondent.weight != nil
  }
}

extension TallyShape {
  /// Sets of known criteria that a counter of weights tells apart. Where there is a counter for each
  /// raking cell, each has little to do and should take little room.
  var weightPatterns: Int { survey.rake == nil ? 4096 : 256 }
}
