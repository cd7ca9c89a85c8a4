/// The names of everything a run can publish. A target directory that holds anything else is not
/// replaced.
package enum OutputNames {
  package static let respondents = TableSchema.respondents.fileName
  package static let rejects = TableSchema.rejects.fileName
  /// Refused records as they stand in the input; only where they are asked for.
  package static let rawRejects = TableSchema.rawRejects.fileName
  /// The page for people; left out where it is not wanted.
  package static let report = "report.html"
  package static let results = "results.json"
  package static let run = "run.json"
  package static let dataPackage = "datapackage.json"
  /// The survey file that was made for the run, where none was given.
  package static let survey = "survey.yaml"

  static let all =
    TableSchema.all.map(\.fileName) + [report, results, run, dataPackage, survey]

  /// What `compare` says beside its tables.
  package static let comparison = "comparison.json"

  /// The option in the run report that says how many responses a number has to tell of at least.
  package static let minimumCell = "min_cell"
}
