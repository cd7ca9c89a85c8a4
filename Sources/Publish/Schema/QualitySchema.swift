import SurveyMapping

/// How carefully responses were filled in.
extension TableSchema {
  static let quality = TableSchema(
    "quality", title: "How carefully responses were filled in, check by check",
    key: .primary(["check", "item"]),
    columns: [
      .words(
        "check", QualityRules.Check.allCases.map(\.rawValue), "What makes a response look careless"),
      .text("item", "The column, grid or question looked at"),
      .count("base_n", "Responses that the check could look at"),
      .count("n", "Those of them that it flags"), .share("share", "n / base_n"),
      .flag("excluded", "Whether a response is filtered for it"),
      .number("median_seconds", "What half of the responses took, at most a day"),
      .number("limit_seconds", "Who took less is a speeder"),
    ], presence: .survey("quality"))
}
