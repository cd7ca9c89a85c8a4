/// What a run computes only where it is asked for, because it takes time or memory of its own.
package enum Analysis: String, CaseIterable, Hashable, Sendable {
  /// Whether the answers support the order of the stages.
  case validity
  /// The stages under other rules.
  case sensitivity
  /// What would move whom.
  case leverage
}

extension Set<Analysis> {
  /// Reads names joined by commas, or `all`.
  ///
  /// - Throws: the first name that is none.
  package init(names: String) throws(UnknownAnalysis) {
    self = []
    for name in names.split(separator: ",", omittingEmptySubsequences: false).map(String.init) {
      if name == "all" {
        formUnion(Analysis.allCases)
      } else if let analysis = Analysis(rawValue: name) {
        insert(analysis)
      } else {
        throw UnknownAnalysis(name: name)
      }
    }
  }
}

/// A name that stands for no analysis.
package struct UnknownAnalysis: Error, Hashable {
  package let name: String
}
