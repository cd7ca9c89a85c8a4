/// The names of everything a run can publish. A target directory that holds anything else is not
/// replaced.
package enum OutputNames {
  package static let respondents = "respondents.csv"
  package static let rejects = "rejects.csv"
  /// Refused records as they stand in the input; only where they are asked for.
  package static let rawRejects = "rejects_raw.csv"
  /// The page for people; left out where it is not wanted.
  package static let report = "report.html"
  package static let results = "results.json"
  package static let run = "run.json"
  package static let dataPackage = "datapackage.json"
  /// The survey file that was made for the run, where none was given.
  package static let survey = "survey.yaml"

  /// In the order of the README's table.
  package static let tables = [
    "stage_distribution", "stage_intervals", "stage_bounds",
    "role_gap_matrix", "tool_gap_matrix", "role_gaps", "tool_gaps",
    "role_tool_gap_matrix", "role_tool_gaps", "term_adoption", "unlock", "stage_rules",
    "self_assessment", "anti_patterns", "questionnaire_coverage", "unmapped_answers",
  ]

  /// Only where they are asked for.
  package static let analyses = [
    "validity", "sensitivity", "sensitivity_range", "near_misses", "unlock_sets", "unlock_ranks",
    "load_bearing", "gap_priority",
  ]

  /// The option in the run report that says how many responses a number has to tell of at least.
  package static let minimumCell = "min_cell"
  /// Only where numbers are withheld.
  package static let suppression = "suppression"

  static let all =
    (tables + analyses + [suppression]).map { $0 + ".csv" } + [
      respondents, rejects, rawRejects, report, results, run, dataPackage, survey,
    ]
}
