import MaturityModel

/// What several respondents of one organisation say together.
extension TableSchema {
  package static let organisations = TableSchema(
    "organisations", title: "Where each organisation stands, and how far its people agree",
    key: .none,
    columns: [
      .text("organisation", "Name, as the first of its spellings in the order of bytes"),
      .count("respondents", "Who names it", unit: .respondents),
      .count("leaders", "Leaders among them", unit: .respondents),
      .flag("scored", "Whether the organisation is"), .stage, .stageName,
      .init("stage_low", .integer, "Unknown read as no: the published stage", values: .stages),
      .init("stage_high", .integer, "Unknown read as yes", values: .stages),
      .flag("determined", "Whether the two are equal"),
      .init("highest", .integer, "Highest stage that holds by itself", values: .stages),
      .count("respondents_scored", "Respondents who are scored themselves", unit: .respondents),
      .init("respondent_stage_min", .integer, "Lowest stage of one of them", values: .stages),
      .init(
        "respondent_stage_median", .integer, "The middle one; of two, the lower", values: .stages),
      .init("respondent_stage_max", .integer, "Highest stage of one of them", values: .stages),
      .coefficient("r_wg", "Agreement of their stages: 1 all alike, 0 as by chance"),
      .count("criteria_compared", "Criteria that two respondents or more know", unit: .criteria),
      .share("majority_share", "Mean over them of the share who say what most say"),
      .coefficient("gwet_ac1", "Agreement on them beyond chance"),
      .count("disputed", "Criteria with three yes and three no of ten answers", unit: .criteria),
      .text("disputed_criteria", "Their ids"),
      .init("stage_without_disputed", .integer, "The stage if none of them held", values: .stages),
      .init("stage_with_disputed", .integer, "The stage if all of them held", values: .stages),
      .count("stage_swing", "The difference of the two", unit: .stages),
      .coefficient("leader_gap", "Leaders' share of yes less that of the others, mean"),
    ], presence: .survey("respondent.organisation"))

  package static let organisationCriteria = TableSchema(
    "organisation_criteria", title: "How far people of one organisation agree on each criterion",
    key: .primary(["criterion"]),
    columns: [
      .criterion, .criterionLabel,
      .words("kind", Criterion.Kind.allCases.map(\.rawValue), "Role, tool or trigger"),
      .init("stage", .integer, "The stage that asks for it", values: .stages),
      .words(
        "combine", Criterion.Combination.allCases.map(\.rawValue),
        "How the answers of one organisation become one"),
      .count("organisations", "With two answers or more", unit: .organisations),
      .share("majority_share", "Mean over them of the share who say what most say"),
      .coefficient("gwet_ac1", "Agreement beyond chance"),
      .count("disputed", "With three yes and three no of ten answers", unit: .organisations),
      .count(
        "organisations_with_both", "In which a leader and another answer", unit: .organisations),
      .share("leaders_share_yes", "Mean over these organisations"),
      .share("others_share_yes", "Mean over these organisations"),
      .coefficient("leader_gap", "leaders_share_yes less others_share_yes"),
    ], presence: .survey("respondent.organisation"))
}
