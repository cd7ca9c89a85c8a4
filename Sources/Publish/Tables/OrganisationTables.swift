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
    table(.organisations) { body in
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
    table(.organisationCriteria) { body in
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
