import Documents

extension MaturityModel {
  /// The ids of the models that come with stagecraft.
  package static let builtInIDs = ["mlops-maturity"]

  /// The text of a built-in model; nil for any other id.
  package static func builtInYAML(_ id: String) -> [UInt8]? {
    id == "mlops-maturity" ? PackageResources.mlops_maturity_yaml : nil
  }

  /// A built-in model; nil for any other id.
  ///
  /// - Throws: the faults of the built-in file, which only an edit of it can bring about.
  package static func builtIn(_ id: String) throws(DocumentFaults) -> MaturityModel? {
    guard let yaml = builtInYAML(id) else { return nil }
    return try MaturityModel(yaml: yaml, source: id)
  }
}
