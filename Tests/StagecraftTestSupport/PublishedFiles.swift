import Aggregate
import Publish

/// What a run publishes, by the declarations of its tables.
package enum PublishedFiles {
  /// The CSV files of a run with respondents, but without rejects as they stand.
  package static func tables(analyses: Set<Analysis> = []) -> Int {
    TableSchema.all.count { table in
      switch table.presence {
      case .always: true
      case .analysis(let analysis): analyses.contains(analysis)
      case .option(let option): option == "--respondents"
      case .survey, .command: false
      }
    }
  }

  /// With the documents, but for `run.json`, which has a clock.
  package static func count(analyses: Set<Analysis> = []) -> Int {
    tables(analyses: analyses)
      + [OutputNames.results, OutputNames.dataPackage, OutputNames.report].count
  }
}
