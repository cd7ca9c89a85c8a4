import Aggregate
import MaturityModel

/// What is computed only where it is asked for.
extension TableSchema {
  static let validity = TableSchema(
    "validity", title: "Whether the answers support the order of the stages",
    key: .unique(["scope", "stage", "kind"]),
    columns: [
      .words("scope", ["all", "border", "stage"], "The ladder, a border of two stages, a stage"),
      .init("stage", .string, "all, the stage, or that below the border", values: .stagesOrAll),
      .init("upper_stage", .integer, "The stage above the border", values: .stages),
      .words("kind", ["role", "tool"], "Of a stage, which of its criteria"),
      .count("n", "Responses it is computed from"), .weight("weighted", "Their weight"),
      .count("items", "Stages or criteria that are items", unit: nil),
      .count(
        "errors_goodenough_edwards", "Guttman errors, Goodenough's and Edwards's way", unit: nil),
      .count("errors_minimum_change", "Guttman errors, fewest changes", unit: nil),
      .coefficient("reproducibility", "Coefficient of reproducibility"),
      .coefficient("reproducibility_minimum_change", "The same with the fewest changes"),
      .coefficient("minimal_marginal_reproducibility", "Reproducibility of the shares alone"),
      .coefficient("scalability", "Coefficient of scalability"),
      .coefficient("scalability_minimum_change", "The same with the fewest changes"),
      .coefficient("loevinger_h", "Loevinger's H in the designed order"),
      .coefficient("kr20", "Kuder and Richardson's formula 20"),
      .count("criteria", "Criteria of the order test", unit: .criteria),
      .count(
        "pairs", "Pairs of criteria across borders that somebody's answers tell of", unit: .pairs),
      .count("pairs_n", "Responses that tell of a pair, summed over pairs"),
      .count("inverted", "Pairs of which the later one is had more often", unit: .pairs),
      .share("inverted_share", "Share of the inverted, weighted by responses"),
      .coefficient("kendall_tau_b", "Kendall's tau-b of stage and difficulty"),
      .coefficient("spearman", "Spearman's rho of stage and difficulty"),
      .text("reading", "What it says, in a sentence"),
    ], presence: .analysis(.validity))

  static let sensitivity = TableSchema(
    "sensitivity", title: "The distribution of stages under other rules",
    key: .primary(["rule", "unknown", "team_size", "stage"]),
    columns: [
      .words(
        "rule", StageReading.allCases.map(\.rawValue), "How strictly the model's rules are read"),
      .words(
        "unknown", UnknownPolicy.allCases.map(\.rawValue),
        "Unknown read as no, as yes; responses alone whose stage is the same either way"),
      .text("team_size", "The size from which a team is large, or model"), .stage, .stageName,
      .count("n", "Responses at the stage"), .weight("weighted", "Their weight"),
      .count("base_n", "Responses counted"), .weight("base_weighted", "Their weight"),
      .share("share", "Weighted share of the base at the stage"),
      .count("at_least_n", "Responses at the stage or above"),
      .weight("at_least_weighted", "Their weight"),
      .share("share_at_least", "Weighted share of the base at the stage or above"),
    ], presence: .analysis(.sensitivity))

  static let sensitivityRange = TableSchema(
    "sensitivity_range", title: "How far the rules move each stage, and whom they never move",
    key: .primary(["stage"]),
    columns: [
      .stageOrAll, .stageName, .count("n", "Responses at the published stage"),
      .count("unchanged", "Of them, those whom no rule moves"),
      .share("share_unchanged", "Their weighted share"),
      .share("share_at_least", "Published share at the stage or above"),
      .share("lowest", "The lowest such share under any rule"),
      .text("lowest_under", "The first rule that brings it about: rule|unknown|team_size"),
      .share("highest", "The highest such share under any rule"),
      .text("highest_under", "The first rule that brings it about: rule|unknown|team_size"),
    ], presence: .analysis(.sensitivity))
}

/// What would move whom.
extension TableSchema {
  static let nearMisses = TableSchema(
    "near_misses", title: "How many requirements keep responses from their next stage",
    key: .primary(["stage", "missing"]),
    columns: [
      .stage, .stageName,
      .text("missing", "Requirements that are missing, 4+ for more; 0: coverage alone"),
      .count("n", "Responses held below the stage by so many"), .weight("weighted", "Their weight"),
      .share("share_of_held", "Their share of the weight held below the stage"),
    ], presence: .analysis(.leverage))

  static let unlockSets = TableSchema(
    "unlock_sets", title: "Which few requirements together move whom, and how far",
    key: .primary(["stage", "requirements"]),
    columns: [
      .stage, .count("size", "Requirements in the set", unit: .requirements),
      .text("requirements", "Their ids, separated by |"),
      .count("n", "Responses blocked by some of the set and by nothing else"),
      .weight("weighted", "Their weight"),
      .share("share_of_held", "Their share of the weight held below the stage"),
      .count("n_exactly", "Those blocked by all of the set"),
      .count("advances", "Those who have the stage's coverage as well"),
      .weight("rise", "Their weight times the stages they rise"),
      .number("mean_rise", "Stages they rise on average", unit: .stages),
      .count("largest_rise", "The most stages one of them rises", unit: .stages),
    ], presence: .analysis(.leverage))

  static let unlockRanks = TableSchema(
    "unlock_ranks", title: "The ranking of requirements by credit, and how sure it is",
    key: .primary(["stage", "requirement"]),
    columns: [
      .stage, .text("requirement", "Requirement of the stage"),
      .weight("shapley", "Its credit, as in unlock.csv"),
      .count("rank", "Its rank by credit", unit: nil),
      .count("rank_low", "2.5 % point of the rank in resamples", unit: nil),
      .count("rank_high", "97.5 % point of the rank in resamples", unit: nil),
      .share("share_top_3", "Share of resamples in which it is among the first three"),
      .count("resamples", "Number of resamples", unit: nil),
    ], presence: .analysis(.leverage),
    links: [
      ForeignKey(
        columns: ["stage", "requirement"], table: "unlock", tableColumns: ["stage", "requirement"])
    ])

  static let loadBearing = TableSchema(
    "load_bearing", title: "How far responses fall when a criterion is lost",
    key: .primary(["criterion"]),
    columns: [
      .criterion, .criterionLabel, .criterionKind,
      .init("stage", .integer, "The stage that asks for it", values: .stages),
      .count("have", "Responses that have it"), .count("fall", "Those who fall without it"),
      .weight("fall_weighted", "Their weight"),
      .share("share_falling", "Their share of the weight of those who have it"),
      .weight("stages_lost", "Their weight times the stages they fall"),
      .number("mean_fall", "Stages lost on average over all scored responses", unit: .stages),
      .count("largest_fall", "The most stages one of them falls", unit: .stages),
    ], presence: .analysis(.leverage))

  static let gapPriority = TableSchema(
    "gap_priority", title: "What to close first, with the factors of its priority",
    key: .primary(["criterion"]),
    columns: [
      .count("rank", "By priority", unit: nil), .criterion, .criterionLabel, .criterionKind,
      .init("stage", .integer, "The stage that asks for it", values: .stages), .need,
      .count("known", "Responses in which it is known"),
      .share("share_lacking", "Weighted share lacking it of those"),
      .coefficient("weight", "The criterion's weight in the model"),
      .weight("credit", "shapley of the requirements that name it"),
      .coefficient("priority", "share_lacking × weight × credit"),
    ], presence: .analysis(.leverage))
}
