import Aggregate
import Statistics

extension ResultTables {
  var stageIntervals: Table {
    Table(
      "stage_intervals",
      title: "Intervals for the share at each stage, and whether it is fit to be shown",
      columns: ResultTables.intervalColumns
    ) { body in
      let goodman = ObservedShare.goodmanLimit(
        categories: tally.shape.observability.assessable.count(where: \.self))
      for group in groups {
        for stage in stages { try body(intervalRow(group, stage, goodman: goodman)) }
      }
    }
  }

  private func intervalRow(_ group: Group, _ stage: Int, goodman: Double) -> [Cell] {
    let base = group.tally.base
    let here = group.tally.count(at: [stage])
    let head: [Cell] = [
      .text(group.segment), group.value, .integer(stage), .text(stageName(stage)),
      .integer(here.count), .integer(base.count), .ratio(base.effectiveSize),
    ]
    guard let share = ExactRatio(here.weight, over: base.weight), let size = base.effectiveSize
    else { return head + noIntervals(nil, base.count == 0 ? .noResponses : .noWeight) }
    if !tally.shape.observability.assessable[stage] {
      return head + noIntervals(share, .notAssessable)
    }
    let observed = ObservedShare(share: share.approximation, size: size.approximation)
    let exact = observed.kornGraubard
    let intervals = [
      observed.wilson, observed.jeffreys, exact, observed.goodman(limit: goodman),
    ]
    return head + [.ratio(share)] + intervals.flatMap { [.bound($0.low), .bound($0.high)] }
      + [.bound(exact.width)] + cells(Presentation(observed, exact))
  }

  /// Where there is nobody to compute an interval from, the reason stands instead.
  private func noIntervals(_ share: ExactRatio?, _ reason: Presentation.Reason) -> [Cell] {
    [.ratio(share)] + Array(repeating: .null, count: 9) + cells(Presentation(noShare: reason))
  }

  private func cells(_ presentation: Presentation) -> [Cell] {
    [
      .text(presentation.level.rawValue),
      .text(presentation.reasons.map(\.rawValue).joined(separator: "|")),
    ]
  }

  var stageBounds: Table {
    Table(
      "stage_bounds",
      title: "Share at each stage or above, whatever the missing answers are",
      columns: ResultTables.boundsColumns
    ) { body in
      for group in groups {
        for stage in stages { try body(boundsRow(group, stage)) }
      }
    }
  }

  /// The interval reaches from the low end of that of the low share to the high end of that of the
  /// high share: it knows both what was not asked and what was not answered.
  private func boundsRow(_ group: Group, _ stage: Int) -> [Cell] {
    let base = group.tally.base
    let low = group.tally.count(at: stage..<stages.count)
    let open = group.tally.undecided(from: stage)
    let undetermined = group.tally.undeterminedCount
    let lowShare = ShareEstimate(low.weight, of: base)
    let highShare = ShareEstimate(low.weight + open.weight, of: base)
    return [
      .text(group.segment), group.value, .integer(stage), .text(stageName(stage)),
      .integer(low.count), .integer(low.count + open.count), .integer(base.count),
      .weight(base.weight), .ratio(lowShare?.share), .ratio(highShare?.share),
      .ratio(ExactRatio(open.weight, over: base.weight)),
      .integer(base.count - undetermined.count),
      .ratio(ExactRatio(base.weight - undetermined.weight, over: base.weight)),
      .ratio(ExactRatio(undetermined.weight, over: base.weight)), .bound(lowShare?.low),
      .bound(highShare?.high), .ratio(base.effectiveSize),
      .boolean(tally.shape.observability.assessable[stage]),
    ]
  }
}

extension ResultTables {
  private static let keyColumns: [Table.Column] = [
    .init("segment", .string), .init("segment_value", .string), .init("stage", .integer),
    .init("stage_name", .string),
  ]

  private static let intervalColumns: [Table.Column] =
    keyColumns + [
      .init("n", .integer, "Responses at the stage"),
      .init("base_n", .integer, "Responses of the segment value"),
      .init("n_effective", .number, "Kish's effective size of the base, on which intervals stand"),
      .init("share", .number, "Weighted share of the base at the stage"),
      .init("wilson_low", .number, "Wilson score interval, 95 %"), .init("wilson_high", .number),
      .init("jeffreys_low", .number, "Interval under Jeffreys' prior, 95 %"),
      .init("jeffreys_high", .number),
      .init("korn_graubard_low", .number, "Clopper-Pearson interval on the effective size, 95 %"),
      .init("korn_graubard_high", .number),
      .init("goodman_low", .number, "Goodman's interval: all stages of the base at once, 95 %"),
      .init("goodman_high", .number),
      .init("width", .number, "Width of the Korn-Graubard interval"),
      .init(
        "presentation", .string,
        "By the NCHS standard of 2017: show, footnote (the complement is unreliable), review, "
          + "unreliable, none (no interval)"),
      .init("reasons", .string, "Why it is not simply shown, separated by |"),
    ]

  private static let boundsColumns: [Table.Column] =
    keyColumns + [
      .init("n_low", .integer, "Responses at the stage or above, unknown read as no"),
      .init("n_high", .integer, "Responses at the stage or above, unknown read as yes"),
      .init("base_n", .integer, "Responses of the segment value"),
      .init("base_weighted", .number, "Their weight"),
      .init("share_low", .number, "Weighted share at the stage or above, unknown read as no"),
      .init("share_high", .number, "Weighted share at the stage or above, unknown read as yes"),
      .init("share_open", .number, "share_high - share_low: what missing answers decide"),
      .init("n_determined", .integer, "Responses of the base whose stage no answer can change"),
      .init("share_determined", .number, "Their weighted share"),
      .init(
        "share_undetermined", .number, "Weighted share whose stage missing answers could change"),
      .init("interval_low", .number, "Low end of the Wilson interval, 95 %, of share_low"),
      .init("interval_high", .number, "High end of the Wilson interval, 95 %, of share_high"),
      .init("n_effective", .number, "Kish's effective size of the base"),
      .init("assessable", .boolean, "Whether the questionnaire can tell the stage"),
    ]
}
