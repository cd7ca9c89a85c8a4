import Aggregate
import Statistics

extension ResultTables {
  /// None where the weights were not raked.
  var rakingTables: [Table] {
    tally.raking.map { [raking($0), rakingSummary($0)] } ?? []
  }

  private func raking(_ report: RakingReport) -> Table {
    Table(
      "raking", title: "The margins that weights were raked to, and how near they came",
      columns: [
        .init("segment", .string), .init("category", .string),
        .init("n", .integer, "Scored responses of the category"),
        .init("base_weighted", .number, "Their weight before raking"),
        .init("base_share", .number, "Its share before raking"),
        .init("target", .number, "Its share in the population, as the survey file says"),
        .init("weighted", .number, "Their weight after raking"),
        .init("share", .number, "Its share after raking"),
        .init("error", .number, "share - target, with twelve decimals"),
      ]
    ) { body in
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
    Table(
      "raking_summary", title: "How the weights were raked, and what that costs",
      columns: ResultTables.rakingSummaryColumns
    ) { body in
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

  private static let rakingSummaryColumns: [Table.Column] = [
    .init("margins", .integer), .init("cells", .integer, "Combinations of categories that occur"),
    .init("iterations", .integer, "How many times all margins were gone through"),
    .init("trims", .integer, "How often some factor was cut off at its limit"),
    .init("converged", .boolean, "Always true: a run whose weights do not converge ends with 65"),
    .init("largest_error", .number, "Largest distance of a share from its target, twelve decimals"),
    .init("n", .integer, "Scored responses"),
    .init("base_weighted", .number, "Their weight before raking"), .init("weighted", .number),
    .init("min_weight", .number, "Smallest weight of a response after raking"),
    .init("max_weight", .number), .init("trimmed_n", .integer, "Responses whose factor is a limit"),
    .init("base_n_effective", .number, "Kish's effective size before raking"),
    .init("base_design_effect", .number), .init("n_effective", .number),
    .init("design_effect", .number, "n / n_effective: what unequal weights cost"),
  ]
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
