import Ingest
import MaturityModel
import SurveyMapping
import TextFolding

/// A survey bound to the columns of one input: which slot feeds what. Shared by all workers.
package struct NormalizationPlan: Sendable {
  package let shape: ResponseBatch.Shape
  package let columns: ColumnSelection
  package let survey: Survey
  package let model: MaturityModel
  /// What decides on a record first, over the columns of this plan.
  package let gate: GatePlan
  /// The same for a pass that looks at nothing else.
  package let gateAlone: GatePlan
  let segments: [Int]
  let metrics: [Int]
  let selfAssessed: Int?
  let organisation: Int?
  let leader: Int?
  /// The slots of the questions with grades, in file order.
  let graded: [(question: Int, slot: Int)]
  /// How long respondents took, and per grid its columns, where their care is looked at.
  let duration: Int?
  let grids: [[Int]]
  /// Per question its slots, and the folded option label of each.
  package let questions: [[Column]]
  /// Folded stage names and aliases, for self-assessments that `values` does not map.
  let stageByName: [String: Int]

  /// A column of a question.
  package struct Column: Sendable {
    package let slot: Int
    package let label: String
  }

  /// - Parameter header: the input the binding was made for.
  package init(
    survey: Survey, model: MaturityModel, binding: ColumnBinding, header: HeaderRecords
  ) {
    self.survey = survey
    self.model = model
    let columns = ColumnSelection(
      width: header.width, wanted: binding.wantedColumns, headers: header.records)
    self.columns = columns
    // Every bound column is wanted, so it has a slot.
    func slot(_ column: Int) -> Int { columns.slot(of: column) ?? 0 }
    gate = GatePlan(survey: survey, binding: binding, columns: columns)
    gateAlone = GatePlan(alone: survey, binding: binding, width: header.width)
    segments = binding.segments.map(slot)
    metrics = binding.metrics.map(slot)
    selfAssessed = binding.selfAssessed.map(slot)
    organisation = binding.organisation.map(slot)
    leader = binding.leader.map(slot)
    duration = binding.duration.map(slot)
    grids = binding.grids.map { $0.map(slot) }
    graded = survey.gradedQuestions.map { ($0, slot(binding.questions[$0][0])) }
    questions = zip(survey.questions, binding.questions).map { question, bound in
      (question.style == .options ? bound : Array(bound.prefix(1))).map { column in
        Column(slot: slot(column), label: TextFolding.fold(header.labels[column]))
      }
    }
    stageByName = NormalizationPlan.stageNames(model)
    shape = NormalizationPlan.shape(survey, model)
  }

  /// Where two stages share a name the higher one is meant.
  private static func stageNames(_ model: MaturityModel) -> [String: Int] {
    var names: [String: Int] = [:]
    for stage in model.stages {
      for name in [stage.name] + stage.aliases { names[TextFolding.fold(name)] = stage.number }
    }
    return names
  }

  /// The rows' widths, which do not depend on the input.
  package static func shape(_ survey: Survey, _ model: MaturityModel) -> ResponseBatch.Shape {
    ResponseBatch.Shape(
      criteria: model.criteria.count, terms: model.terms.count,
      mergedTerms: model.terms.indices.filter { !model.terms[$0].provesOneOf.isEmpty },
      metrics: survey.metrics.count, segments: survey.segments.count,
      keepRules: survey.filterIDs.count, hasWeights: survey.respondent.weight != nil,
      hasOrganisations: survey.respondent.organisation != nil,
      grades: survey.gradedQuestions.count)
  }
}
