import MaturityModel

/// Decides which questions of an export a draft takes for segments, metrics and self-assessment.
struct ContextDrafter {
  /// A question for something, by its place among the questions.
  struct Choice {
    let id: String
    let place: Int
    let question: InspectedQuestion
  }

  private(set) var segments: [Choice] = []
  private(set) var metrics: [Choice] = []
  private(set) var selfAssessed: Choice?
  private let inspection: Inspection

  init(_ inspection: Inspection) {
    self.inspection = inspection
    for id in ContextWords.segments {
      if let choice = first(id, { ContextWords.isSegment(id, $0) }) { segments.append(choice) }
    }
    let wanted = Set(
      inspection.model.conditions.flatMap(\.any).flatMap { [$0.metric, $0.unlessKnown] }
        .compactMap { $0 })
    for (id, test) in ContextDrafter.metricTests where wanted.contains(id) {
      if let choice = first(id, test) { metrics.append(choice) }
    }
    selfAssessed = first("self_assessed") {
      ContextWords.isSelfAssessment($0) && $0.intent == .use
    }
  }

  /// By the names that the built-in model's conditions use.
  private static let metricTests: [(String, @Sendable (QuestionWords) -> Bool)] = [
    ("team_size", { ContextWords.isTeamSize($0) }),
    ("logistics_share", { ContextWords.isLogisticsShare($0) }),
  ]

  /// Places of all questions that were chosen.
  var places: Set<Int> {
    Set((segments + metrics + [selfAssessed].compactMap { $0 }).map(\.place))
  }

  /// The first question with one answer in a column of a name of its own that the test fits.
  private func first(_ id: String, _ test: (QuestionWords) -> Bool) -> Choice? {
    let names = inspection.columns.map(\.name)
    for (place, question) in inspection.questions.enumerated() where question.layout == .field {
      let name = names[question.columns[0]]
      let isNumber = question.kind == .number && id != "country" && id != "industry"
      guard question.kind == .single || question.kind == .scale || isNumber, !name.isEmpty,
        names.firstIndex(of: name) == question.columns[0],
        !segments.contains(where: { $0.place == place }), test(QuestionWords(name, question.text))
      else { continue }
      return Choice(id: id, place: place, question: question)
    }
    return nil
  }
}
