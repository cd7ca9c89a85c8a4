/// How two published sets differ. Their stages and criteria may be those of two models, so nothing
/// here refers to a dimension.
extension TableSchema {
  private static let command = Presence.command("stagecraft compare")

  private static func sides(_ columns: (String) -> [Column]) -> [Column] {
    ["a", "b"].flatMap(columns)
  }

  private static let differences: [Column] = [
    .coefficient("difference", "Share in B less share in A"),
    .coefficient("difference_low", "Newcombe's hybrid score interval, 95 %"),
    .coefficient("difference_high", "Its upper end"),
    .coefficient("cohens_h", "Effect size of the difference"),
  ]

  package static let comparisonStages = TableSchema(
    "comparison_stages", title: "Shares of the stages that both can tell, and their differences",
    key: .primary(["segment", "segment_value", "measure", "stage"]),
    columns: [
      .text("segment", "Id of a segment of both, or all"),
      .text("segment_value", "Value of the segment"),
      .words("measure", ["at", "at_or_above"], "At the stage alone, or there and above"),
      .init("stage", .integer, "Stage of the model"), .text("stage_name", "Name of the stage"),
      .text("stages", "The stages counted at it: what one side cannot tell goes below"),
    ]
      + sides { side in
        let of = "of \(side.uppercased())"
        return [
          .count("n_\(side)", "Responses \(of)"), .count("base_n_\(side)", "All scored \(of)"),
          .number("n_effective_\(side)", "Kish's effective size \(of)", unit: .responses),
          .share("share_\(side)", "Weighted share \(of)"),
          .share("share_\(side)_low", "Wilson's interval, 95 %"),
          .share("share_\(side)_high", "Its upper end"),
        ]
      } + differences, presence: command)

  package static let comparisonTests = TableSchema(
    "comparison_tests", title: "Whether the stages differ",
    key: .unique(["segment", "segment_value", "test", "stage"]),
    columns: [
      .text("segment", "Id of a segment of both, or all"),
      .text("segment_value", "Value of the segment"),
      .words(
        "test",
        ["chi_square", "mann_whitney", "stuart_maxwell", "bowker", "mcnemar", "mcnemar_exact"],
        "The last four are of those in both"),
      .init("stage", .integer, "Of mcnemar: at least this stage"),
      .coefficient("statistic", "The test's"), .count("df", "Degrees of freedom", unit: nil),
      .number("p", "p-value"), .number("p_adjusted", "Benjamini and Hochberg's over the family"),
      .text("family", "What is adjusted together; empty: not adjusted"),
      .text("effect", "Which effect size stands beside"), .coefficient("effect_value", "Its value"),
      .text("reason", "Why there is no test"),
    ], presence: command)

  package static let comparisonCriteria = TableSchema(
    "comparison_criteria",
    title: "Who lacks each role and tool, of all scored responses in whom it is known",
    key: .primary(["criterion"]),
    columns: [
      .text("criterion", "Criterion of either model"), .text("criterion_label", "For people"),
      .text("kind", "Role or tool"),
      .init("criterion_stage", .integer, "The stage that asks for it"),
      .flag("observable_a", "Whether A's questions can deny it"),
      .flag("observable_b", "Whether B's questions can deny it"),
      .text("questions_a", "Ids of A's questions that tell of it"),
      .text("questions_b", "Ids of B's questions that tell of it"),
    ]
      + sides { side in
        [
          .count("known_\(side)", "Responses of \(side.uppercased()) in whom it is known"),
          .count("lacking_\(side)", "Of them, who lack it"),
          .share("share_lacking_\(side)", "Weighted share of them who lack it"),
        ]
      } + differences + [
        .number("p", "p-value of chi-square on effective sizes"),
        .number("p_adjusted", "Benjamini and Hochberg's over all rows that have a p"),
        .text("reason", "Why there is no difference or no p"),
      ], presence: command)

  package static let comparisonTransitions = TableSchema(
    "comparison_transitions", title: "Respondents of both, from stage to stage",
    key: .primary(["stage_a", "stage_b"]),
    columns: [
      .init("stage_a", .integer, "Stage in A"), .text("stage_name_a", "Its name"),
      .init("stage_b", .integer, "Stage in B"), .text("stage_name_b", "Its name"),
      .count("n", "Respondents who went from the one to the other", unit: .respondents),
      .share("share_of_stage_a", "Of those at the stage in A"),
    ], presence: command)
}
