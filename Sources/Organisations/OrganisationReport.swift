import MaturityModel
import Score

/// What became of the organisations, and how far their people agree.
package struct OrganisationReport: Sendable {
  /// By name, in the order of bytes.
  package let organisations: [Organisation]
  /// Per criterion of the model.
  package let criteria: [CriterionAgreement]
  /// Respondents who name no organisation.
  package let unnamed: UInt64

  /// One organisation's stage and its people's agreement.
  package struct Organisation: Sendable {
    package let name: String
    package let respondents: UInt64
    package let leaders: UInt64
    package let score: ResponseScore
    /// Its respondents by the stage each of them was found at.
    package let stages: [UInt64]
    package let agreement: Agreement
    /// Criteria on which at least three of ten say yes, and three of ten no.
    package let disputed: [Int]
    /// The stage if none of these held, and if all of them did.
    package let stageWithoutDisputed: Int
    package let stageWithDisputed: Int
    /// Mean over the criteria that both know of the share of leaders who affirm it, less that of the
    /// others.
    package let leaderGap: Double?

    /// The stage in the middle of the respondents' own; of two, the lower.
    package var medianStage: Int? {
      let half = (stages.reduce(0, +) + 1) / 2
      var seen: UInt64 = 0
      return stages.indices.first { stage in
        seen += stages[stage]
        return seen >= half && seen > 0
      }
    }
  }

  /// How one criterion is seen over all organisations.
  package struct CriterionAgreement: Sendable {
    /// Over organisations with at least two answers.
    package fileprivate(set) var agreement = Agreement()
    package fileprivate(set) var disputed = 0
    /// Organisations in which a leader and somebody else answer.
    package fileprivate(set) var withBoth = 0
    fileprivate var leaderShares = 0.0
    fileprivate var otherShares = 0.0

    /// Means over these organisations of the share of leaders, and of others, who affirm it.
    package var leaderShare: Double? { withBoth == 0 ? nil : leaderShares / Double(withBoth) }
    package var otherShare: Double? { withBoth == 0 ? nil : otherShares / Double(withBoth) }
  }
}

extension OrganisationReport {
  /// - Parameter scores: per organisation as it is, without and with what is disputed.
  init(_ table: OrganisationTable, _ scores: [OrganisationScores]) {
    unnamed = table.unnamed
    organisations = zip(table.rows, scores).map { row, scores in
      let answers = row.evidence.answers
      var agreement = Agreement()
      for counts in answers { agreement.add(yes: counts.yes, no: counts.no) }
      let gaps = answers.compactMap(\.leaderShares).map { $0.leaders - $0.others }
      return Organisation(
        name: row.name, respondents: row.evidence.respondents, leaders: row.evidence.leaders,
        score: scores.asItIs, stages: row.evidence.stages, agreement: agreement,
        disputed: answers.indices.filter { answers[$0].areDisputed },
        stageWithoutDisputed: scores.withoutDisputed, stageWithDisputed: scores.withDisputed,
        leaderGap: gaps.isEmpty ? nil : gaps.reduce(0, +) / Double(gaps.count))
    }
    var criteria = Array(repeating: CriterionAgreement(), count: table.criteria)
    for row in table.rows {
      for (criterion, counts) in row.evidence.answers.enumerated() {
        criteria[criterion].add(counts)
      }
    }
    self.criteria = criteria
  }
}

extension OrganisationReport.CriterionAgreement {
  fileprivate mutating func add(_ counts: AnswerCounts) {
    agreement.add(yes: counts.yes, no: counts.no)
    if counts.areDisputed { disputed += 1 }
    guard let shares = counts.leaderShares else { return }
    withBoth += 1
    leaderShares += shares.leaders
    otherShares += shares.others
  }
}

extension AnswerCounts {
  /// The shares of leaders and of others who affirm; nil where one side says nothing.
  fileprivate var leaderShares: (leaders: Double, others: Double)? {
    let leaders = leadersYes + leadersNo
    let others = known - leaders
    if leaders == 0 || others == 0 { return nil }
    return (Double(leadersYes) / Double(leaders), Double(yes - leadersYes) / Double(others))
  }
}
