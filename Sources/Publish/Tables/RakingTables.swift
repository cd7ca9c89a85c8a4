import Aggregate
import Statistics

extension ResultTables {
  /// None where the weights were not raked.
  var rakingTables: [Table] {
    tally.raking.map { [raking($0), rakingSummary($0)] } ?? []
  }

  private func raking(_ report: RakingReport) -> Table {
    table(.raking) { body in
      for (margin, categories) in zip(tally.shape.survey.rake?.margins ?? [], report.categories) {
        let segment = tally.shape.survey.segments[margin.segment].id
        for category in categories {
          try body([
            .text(segment), .text(category.name), .integer(category.base.count),
            .weight(category.base.weight), .ratio(category.baseShare), .ratio(category.target),
            .weight(category.weight), .ratio(category.share),
            .decimal(twelveDecimals(category.error)),
          ])
        }
      }
    }
  }

  private func rakingSummary(_ report: RakingReport) -> Table {
    table(.rakingSummary) { body in
      let (before, after) = (report.base, tally.everybody.base)
      try body([
        .integer(report.categories.count), .integer(report.cells), .integer(report.iterations),
        .integer(report.trims), .boolean(true), .decimal(twelveDecimals(report.largestError)),
        .integer(before.count), .weight(before.weight), .weight(after.weight),
        .weight(report.least), .weight(report.most), .integer(report.trimmed),
        .ratio(before.effectiveSize), .ratio(before.designEffect), .ratio(after.effectiveSize),
        .ratio(after.designEffect),
      ])
    }
  }
}

/// A number between -1 and 1, rounded half to even at the twelfth decimal.
func twelveDecimals(_ value: Double) -> String {
  let digits = String(UInt64((abs(value) * 1e12).rounded(.toNearestOrEven)))
  let padded = String(repeating: "0", count: max(0, 13 - digits.count)) + digits
  let isNegative = value < 0 && digits != "0"
  return (isNegative ? "-" : "") + padded.dropLast(12) + "." + padded.suffix(12)
}

extension RunReport {
  /// Null where the weights were not raked.
  var rakingDocument: JSONValue {
    guard let rake = tally.shape.survey.rake, let report = tally.raking else { return .null }
    let limit = { (limit: Billionths?) in limit.map { JSONValue.number($0.text) } ?? .null }
    let margins = rake.margins.map { margin in
      (
        key: tally.shape.survey.segments[margin.segment].id,
        value: JSONValue.object(margin.categories.map { ($0.name, .number($0.target.text)) })
      )
    }
    return .object([
      ("margins", .object(margins)), ("trim_low", limit(rake.trim.low)),
      ("trim_high", limit(rake.trim.high)), ("tolerance", .number(rake.tolerance.text)),
      ("max_iterations", .integer(rake.iterations)), ("iterations", .integer(report.iterations)),
      ("converged", .bool(true)),
      ("largest_error", .number(twelveDecimals(report.largestError))),
      ("min_weight", .number(ExactRatio(report.least).sixDecimals)),
      ("max_weight", .number(ExactRatio(report.most).sixDecimals)),
      ("n_effective", .number(tally.everybody.base.effectiveSize?.sixDecimals ?? "null")),
      ("design_effect", .number(tally.everybody.base.designEffect?.sixDecimals ?? "null")),
    ])
  }
}
