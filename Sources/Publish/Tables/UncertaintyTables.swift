import Aggregate
import Statistics

extension ResultTables {
  var stageIntervals: Table {
    table(.stageIntervals) { body in
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
    table(.stageBounds) { body in
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
