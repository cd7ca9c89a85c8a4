import Aggregate
import MaturityModel
import Organisations

extension ResultTables {
  /// Empty where the survey knows of no organisations.
  var organisationTables: [Table] {
    guard let report = tally.organisations else { return [] }
    return [organisations(report), organisationCriteria(report)]
  }

  private func organisations(_ report: OrganisationReport) -> Table {
    Table(
      "organisations", title: "Where each organisation stands, and how far its people agree",
      columns: [
        .init("organisation", .string), .init("respondents", .integer),
        .init("leaders", .integer, "Of the respondents"), .init("scored", .boolean),
        .init("stage", .integer), .init("stage_name", .string), .init("stage_low", .integer),
        .init("stage_high", .integer), .init("determined", .boolean), .init("highest", .integer),
        .init("respondents_scored", .integer),
        .init("respondent_stage_min", .integer, "The lowest stage of a scored respondent"),
        .init("respondent_stage_median", .integer, "The middle one; of two, the lower"),
        .init("respondent_stage_max", .integer, "The highest stage of a scored respondent"),
        .init("r_wg", .number, "Agreement of the respondents' stages: 1 all alike, 0 by chance"),
        .init("criteria_compared", .integer, "Criteria that at least two respondents know"),
        .init("majority_share", .number, "Mean over them of those who say what most say"),
        .init("gwet_ac1", .number, "Agreement on them beyond chance"),
        .init("disputed", .integer, "Criteria with three yes and three no of ten answers"),
        .init("disputed_criteria", .string), .init("stage_without_disputed", .integer),
        .init("stage_with_disputed", .integer),
        .init("stage_swing", .integer, "What the disputed criteria can make of the stage"),
        .init("leader_gap", .number, "Leaders' share of yes less that of the others, mean"),
      ]
    ) { body in
      for organisation in report.organisations { try body(row(of: organisation)) }
    }
  }

  private func row(of organisation: OrganisationReport.Organisation) -> [Cell] {
    let (score, stages) = (organisation.score, organisation.stages)
    let found: [Cell] =
      score.isScored
      ? [
        .integer(score.low), .text(stageName(score.low)), .integer(score.low),
        .integer(score.high), .boolean(score.low == score.high), .integer(score.highest),
      ] : Array(repeating: .null, count: 6)
    let seen = stages.indices.filter { stages[$0] > 0 }
    let agreement = organisation.agreement
    let swing: [Cell] =
      score.isScored
      ? [
        .integer(organisation.stageWithoutDisputed), .integer(organisation.stageWithDisputed),
        .integer(organisation.stageWithDisputed - organisation.stageWithoutDisputed),
      ] : [.null, .null, .null]
    return [
      .answer(organisation.name), .integer(organisation.respondents),
      .integer(organisation.leaders), .boolean(score.isScored),
    ] + found + [
      .integer(stages.reduce(0, +)), stage(seen.first), stage(organisation.medianStage),
      stage(seen.last), .signed(withinGroupAgreement(stages)), .integer(agreement.items),
      .signed(agreement.majorityShare), .signed(agreement.gwetAC1),
      .integer(organisation.disputed.count),
      .text(organisation.disputed.map { model.criteria[$0].id }.joined(separator: "|")),
    ] + swing + [.signed(organisation.leaderGap)]
  }

  private func stage(_ number: Int?) -> Cell { number.map { .integer($0) } ?? .null }

  private func organisationCriteria(_ report: OrganisationReport) -> Table {
    Table(
      "organisation_criteria", title: "How far people of one organisation agree on each criterion",
      columns: [
        .init("criterion", .string), .init("criterion_label", .string), .init("kind", .string),
        .init("stage", .integer, "The stage that asks for it"),
        .init("combine", .string, "How the answers of one organisation become one"),
        .init("organisations", .integer, "With at least two answers"),
        .init("majority_share", .number), .init("gwet_ac1", .number),
        .init("disputed", .integer, "Organisations with three yes and three no of ten answers"),
        .init("organisations_with_both", .integer, "In which a leader and another answer"),
        .init("leaders_share_yes", .number, "Mean over these organisations"),
        .init("others_share_yes", .number, "Mean over these organisations"),
        .init("leader_gap", .number, "leaders_share_yes less others_share_yes"),
      ]
    ) { body in
      for (criterion, found) in zip(model.criteria, report.criteria)
      where criterion.mirrors == nil {
        let gap = found.leaderShare.flatMap { leaders in found.otherShare.map { leaders - $0 } }
        try body([
          .text(criterion.id), .text(criterion.label), .text(criterion.kind.rawValue),
          .integer(criterion.stage), .text(criterion.combine.rawValue),
          .integer(found.agreement.items), .signed(found.agreement.majorityShare),
          .signed(found.agreement.gwetAC1), .integer(found.disputed), .integer(found.withBoth),
          .signed(found.leaderShare), .signed(found.otherShare), .signed(gap),
        ])
      }
    }
  }
}
