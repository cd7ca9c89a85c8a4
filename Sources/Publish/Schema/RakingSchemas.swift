/// What weights were raked to.
extension TableSchema {
  package static let raking = TableSchema(
    "raking", title: "The margins that weights were raked to, and how near they came",
    key: .primary(["segment", "category"]),
    columns: [
      .segment, .text("category", "Values of the segment that count together"),
      .count("n", "Scored responses of the category"),
      .weight("base_weighted", "Their weight before raking"),
      .share("base_share", "Its share before raking"),
      .share("target", "Its share in the population, as the survey file says"),
      .weight("weighted", "Their weight after raking"), .share("share", "Its share after raking"),
      .coefficient("error", "share less target, with twelve decimals"),
    ], presence: .survey("rake"))

  package static let rakingSummary = TableSchema(
    "raking_summary", title: "How the weights were raked, and what that costs", key: .none,
    columns: [
      .count("margins", "Segments with targets", unit: nil),
      .count("cells", "Combinations of categories that occur", unit: nil),
      .count("iterations", "How many times all margins were gone through", unit: nil),
      .count("trims", "How often some factor was cut off at its limit", unit: nil),
      .flag("converged", "Always true: a run whose weights do not converge ends with 65"),
      .number("largest_error", "Largest distance of a share from its target, twelve decimals"),
      .count("n", "Scored responses"), .weight("base_weighted", "Their weight before raking"),
      .weight("weighted", "Their weight after raking"),
      .weight("min_weight", "Smallest weight of a response after raking"),
      .weight("max_weight", "Largest weight of a response after raking"),
      .count("trimmed_n", "Responses whose factor is a limit"),
      .number("base_n_effective", "Kish's effective size before raking", unit: .responses),
      .coefficient("base_design_effect", "n / base_n_effective"),
      .number("n_effective", "Kish's effective size after raking", unit: .responses),
      .coefficient("design_effect", "n / n_effective: what unequal weights cost"),
    ], presence: .survey("rake"))
}
