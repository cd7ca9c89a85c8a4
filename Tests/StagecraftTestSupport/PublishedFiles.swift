import Aggregate
import Publish

/// What a run publishes, by the declarations of its tables.
package enum PublishedFiles {
  /// With respondents and without rejects as they stand; `run.json`, which has a clock, left out.
  package static func count(analyses: Set<Analysis> = []) -> Int {
    let documents = [OutputNames.results, OutputNames.dataPackage, OutputNames.report]
    let tables = TableSchema.all.count { table in
      switch table.presence {
      case .always: true
      case .analysis(let analysis): analyses.contains(analysis)
      case .option(let option): option == "--respondents"
      }
    }
    return tables + documents.count
  }
}
