import MaturityModel

/// Who lacks what.
extension TableSchema {
  static let roleGapMatrix = gapMatrix(.role, .roleCriteria)
  static let toolGapMatrix = gapMatrix(.tool, .toolCriteria)
  static let roleGaps = gaps(.role)
  static let toolGaps = gaps(.tool)

  private static func gapMatrix(_ kind: Criterion.Kind, _ repetition: Repetition) -> TableSchema {
    TableSchema(
      "\(kind.rawValue)_gap_matrix",
      title: "Share of responses at each stage that lack each \(kind.rawValue) criterion",
      key: .primary(["stage"]),
      columns: [
        .stageOrAll, .init("stage_name", .string, "Name of the stage", values: .stageNames),
        .count("n", "Scored responses at the stage"),
        .init(
          "<\(kind.rawValue) criterion>", .number,
          "For each \(kind.rawValue) criterion of the model, in its order: the weighted share "
            + "lacking it of those in whom it is known",
          unit: .share, repetition: repetition),
      ])
  }

  private static func gaps(_ kind: Criterion.Kind) -> TableSchema {
    TableSchema(
      "\(kind.rawValue)_gaps",
      title: "Who has, lacks or need not have each \(kind.rawValue) criterion",
      key: .primary(["segment", "segment_value", "stage", "criterion"]),
      columns: [
        .segment, .segmentValue, .stageOrAll, .criterion, .criterionLabel,
        .init(
          "criterion_stage", .integer, "The stage that asks for the criterion", values: .stages),
        .flag("observable", "Whether the questionnaire can deny the criterion"),
        .flag("is_next", "Whether the criterion belongs to the next assessable stage"),
        .count("n", "Scored responses of the segment value at the stage"),
        .count("yes", "Of them, those who have it"),
        .count("lacking", "Of them, those who lack it"),
        .count("unknown", "Of them, those of whom it is not known"),
        .count("not_applicable", "Of them, those who need not have it"),
        .share("share_lacking", "Weighted lacking over weighted known; empty if not observable"),
        .share("share_low", "Low end of its Wilson interval, 95 %"),
        .share("share_high", "High end of its Wilson interval, 95 %"),
        .share("share_confirmed", "Weighted yes over all responses"),
      ])
  }

  static let roleToolGapMatrix = TableSchema(
    "role_tool_gap_matrix", title: "Of those who have a role, the share without a tool",
    key: .primary(["role"]),
    columns: [
      .init("role", .string, "Role criterion", values: .criteria),
      .init(
        "<tool criterion>", .number,
        "For each tool criterion of the model, in its order: of those who have the role, the "
          + "weighted share without the tool",
        unit: .share, repetition: .toolCriteria),
    ])

  static let roleToolGaps = TableSchema(
    "role_tool_gaps", title: "How each role and each tool go together",
    key: .primary(["role", "tool"]),
    columns: [
      .init("role", .string, "Role criterion", values: .criteria),
      .init("tool", .string, "Tool criterion", values: .criteria),
      .count("known", "Responses in which both are known"),
      .count("both", "Those with the role and the tool"),
      .count("role_only", "Those with the role alone"),
      .count("tool_only", "Those with the tool alone; empty if the role cannot be denied"),
      .count("neither", "Those with neither; empty if the role cannot be denied"),
      .share("gap", "Weighted role_only over both and role_only"),
    ])
}
