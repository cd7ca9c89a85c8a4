import Aggregate
import Statistics

/// Who stands where.
extension TableSchema {
  static let stageDistribution = TableSchema(
    "stage_distribution", title: "How many responses stand at each stage, per segment value",
    key: .primary(["segment", "segment_value", "stage"]),
    columns: [
      .segment, .segmentValue, .stage, .stageName,
      .count("n", "Scored responses at the stage"),
      .weight("weighted", "Their weight"),
      .count("base_n", "Scored responses of the segment value"),
      .weight("base_weighted", "Their weight"),
      .share("share", "Weighted share of the base at the stage"),
      .share("share_low", "Low end of its Wilson interval, 95 %"),
      .share("share_high", "High end of its Wilson interval, 95 %"),
      .number("n_effective", "Kish's effective size of the base", unit: .responses),
      .assessable,
    ])

  static let stageIntervals = TableSchema(
    "stage_intervals",
    title: "Intervals for the share at each stage, and whether it is fit to be shown",
    key: .primary(["segment", "segment_value", "stage"]),
    columns: [
      .segment, .segmentValue, .stage, .stageName,
      .count("n", "Responses at the stage"),
      .count("base_n", "Responses of the segment value"),
      .number(
        "n_effective", "Kish's effective size of the base, on which intervals stand",
        unit: .responses),
      .share("share", "Weighted share of the base at the stage"),
      .share("wilson_low", "Low end of Wilson's score interval, 95 %"),
      .share("wilson_high", "High end of it"),
      .share("jeffreys_low", "Low end of the interval under Jeffreys' prior, 95 %"),
      .share("jeffreys_high", "High end of it"),
      .share(
        "korn_graubard_low", "Low end of the Clopper-Pearson interval on the effective size, 95 %"),
      .share("korn_graubard_high", "High end of it"),
      .share(
        "goodman_low", "Low end of Goodman's interval: all stages of the base at once, 95 %"),
      .share("goodman_high", "High end of it"),
      .share("width", "Width of the Korn-Graubard interval"),
      .words(
        "presentation", Presentation.Level.allCases.map(\.rawValue),
        "By the NCHS standard of 2017: show, footnote (the complement is unreliable), review, "
          + "unreliable, none (no interval)"),
      .text("reasons", "Why it is not simply shown, separated by |"),
    ])

  static let stageBounds = TableSchema(
    "stage_bounds", title: "Share at each stage or above, whatever the missing answers are",
    key: .primary(["segment", "segment_value", "stage"]),
    columns: [
      .segment, .segmentValue, .stage, .stageName,
      .count("n_low", "Responses at the stage or above, unknown read as no"),
      .count("n_high", "Responses at the stage or above, unknown read as yes"),
      .count("base_n", "Responses of the segment value"),
      .weight("base_weighted", "Their weight"),
      .share("share_low", "Weighted share at the stage or above, unknown read as no"),
      .share("share_high", "Weighted share at the stage or above, unknown read as yes"),
      .share("share_open", "share_high - share_low: what missing answers decide"),
      .count("n_determined", "Responses of the base whose stage no answer can change"),
      .share("share_determined", "Their weighted share"),
      .share("share_undetermined", "Weighted share whose stage missing answers could change"),
      .share("interval_low", "Low end of the Wilson interval, 95 %, of share_low"),
      .share("interval_high", "High end of the Wilson interval, 95 %, of share_high"),
      .number("n_effective", "Kish's effective size of the base", unit: .responses),
      .assessable,
    ])

  static let stageRules = TableSchema(
    "stage_rules", title: "The distribution under other rules for a response's stage",
    key: .primary(["rule", "stage"]),
    columns: [
      .words(
        "rule", StageRule.allCases.map(\.name),
        "Unknown read as no (the published stage), as yes; the highest stage that holds by itself; "
          + "the floor of the compensatory score"),
      .stage,
      .count("n", "Responses at the stage under the rule"),
      .share("share", "Their weighted share"),
    ])

  static let selfAssessment = TableSchema(
    "self_assessment", title: "The stage respondents gave themselves, and the computed one",
    key: .primary(["self_stage", "stage"]),
    columns: [
      .init("self_stage", .integerOrWord, "The stage respondents gave themselves, or (missing)"),
      .init("stage", .integer, "The computed stage", values: .stages),
      .count("n", "Responses with both"),
    ])
}
