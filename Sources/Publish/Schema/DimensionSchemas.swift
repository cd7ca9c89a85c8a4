import MaturityModel

/// What the keys of the other tables stand for: each joins them one to many.
extension TableSchema {
  static let stages = TableSchema(
    "dim_stages", title: "The stages of the model", key: .primary(["stage"]),
    columns: [
      .stage, .text("stage_id", "Id of the stage in the model"), .stageName,
      .text("label", "Number and name, for axes"), .assessable,
      .count("requirements", "Requirements of the stage", unit: .requirements),
    ], kind: .dimension)

  static let stageGroups = TableSchema(
    "dim_stage_groups", title: "What tables with a row for all stages are keyed by",
    key: .primary(["stage"]),
    columns: [
      .init("stage", .integerOrWord, "A stage, or all", values: .stagesOrAll),
      .init("stage_number", .integer, "The stage; empty for all", values: .stages),
      .stageName, .sortOrder, .flag("is_total", "Whether it is all stages together"),
    ], kind: .dimension)

  static let criteria = TableSchema(
    "dim_criteria", title: "The criteria of the model", key: .primary(["criterion"]),
    columns: [
      .criterion, .criterionLabel, .criterionKind,
      .init("stage", .integer, "The stage that asks for it", values: .stages), .need,
      .coefficient("weight", "Its weight in the stage's coverage"),
      .text("ref", "Its number in the description of the model"),
      .text("mirrors", "The criterion that this one shows again"),
      .flag("observable", "Whether the questionnaire can deny it"),
      .flag("confirmable", "Whether some question can only say yes to it"),
      .sortOrder,
    ], kind: .dimension,
    links: [
      ForeignKey(columns: ["mirrors"], table: "dim_criteria", tableColumns: ["criterion"])
    ])

  static let terms = TableSchema(
    "dim_terms", title: "What people write, and what it proves", key: .primary(["term"]),
    columns: [
      .init("term", .string, "Term of the model", values: .terms),
      .text("term_label", "The term for people"),
      .words("kind", Term.Kind.allCases.map(\.rawValue), "Whether people or things are called so"),
      .text("proves", "Criteria that it proves, separated by |"),
      .text("proves_one_of", "Criteria of which it proves one, separated by |"),
      .sortOrder,
    ], kind: .dimension)

  static let segments = TableSchema(
    "dim_segments", title: "Everybody, and the values of each segment",
    key: .primary(["segment", "segment_value"]),
    columns: [
      .segment, .segmentValue, .sortOrder,
      .flag("is_total", "Whether it is everybody"),
      .flag("is_missing", "Whether it is those who gave no value"),
    ], kind: .dimension)
}

extension TableSchema.Column {
  static let sortOrder = count("sort_order", "Place in the order of the tables, from 0", unit: nil)
}
