import MaturityModel

/// What was named, what holds back, and what the questionnaire can tell.
extension TableSchema {
  static let termAdoption = TableSchema(
    "term_adoption", title: "Which roles and products responses at each stage name",
    key: .primary(["stage", "term"]),
    columns: [
      .stageOrAll, .init("term", .string, "Term of the model", values: .terms),
      .text("term_label", "The term for people"),
      .words("kind", Term.Kind.allCases.map(\.rawValue), "Whether people or things are called so"),
      .count("n", "Scored responses at the stage that name it"),
      .count("base_n", "Scored responses at the stage"),
      .share("share", "Weighted share of the base that names it"),
    ])

  static let unlock = TableSchema(
    "unlock", title: "What holds responses below each stage",
    key: .primary(["stage", "requirement"]),
    columns: [
      .init("stage", .integer, "The next assessable stage of those held", values: .stages),
      .text(
        "requirement", "Requirement of the stage; (coverage) for those whom nothing else holds"),
      .text("any_of", "Its criteria, separated by |"),
      .count("held", "Responses held below the stage"),
      .count("blocked", "Of them, those whom the requirement blocks"),
      .count("blocked_unknown", "Of these, those in whom it is unknown rather than false"),
      .count("sole", "Blocked by this requirement alone"),
      .count("advances", "Of these, those with the stage's coverage: met, it raises them"),
      .weight("shapley", "Credit: the weight of the blocked, shared equally among their blockers"),
      .share("share_of_held", "shapley over the weight held below the stage"),
    ])

  static let antiPatterns = TableSchema(
    "anti_patterns", title: "Combinations that cause trouble", key: .primary(["anti_pattern"]),
    columns: [
      .text("anti_pattern", "Anti-pattern of the model"),
      .text("label", "The anti-pattern for people"),
      .count("n", "Responses that show it"),
      .count("base_n", "Responses in which all of its criteria are known"),
      .share("share", "Weighted share of the base; empty if the questionnaire cannot tell"),
    ])

  static let questionnaireCoverage = TableSchema(
    "questionnaire_coverage", title: "What this questionnaire can observe of the model",
    key: .primary(["criterion"]),
    columns: [
      .criterion, .text("label", "The criterion for people"), .criterionKind,
      .init("stage", .integer, "The stage that asks for it", values: .stages), .need,
      .flag("observable", "Whether the questionnaire can deny it"),
      .flag("confirmable", "Whether some question can only say yes to it"),
      .text("questions", "Ids of the questions about it, separated by |"),
      .count("stage_requirements", "Requirements of its stage", unit: .requirements),
      .count("stage_requirements_observable", "Those that can be observed", unit: .requirements),
      .flag("stage_assessable", "Whether the questionnaire can tell its stage"),
    ])

  static let unmappedAnswers = TableSchema(
    "unmapped_answers", title: "Answers that match nothing, the most frequent first",
    key: .none,
    columns: [
      .text("question", "Id of the question"), .text("answer", "What was answered, folded"),
      .count("n", "Responses that answered it"),
    ])
}

extension TableSchema.Column {
  static let criterionKind = words(
    "kind", Criterion.Kind.allCases.map(\.rawValue),
    "role (who), tool (what: tool, technology or practice) or trigger (when)")
  static let need = words(
    "need", Criterion.Need.allCases.map(\.rawValue), "How much the stage needs the criterion")
}
