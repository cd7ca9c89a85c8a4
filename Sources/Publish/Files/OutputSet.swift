import SystemCalls

/// What a directory with a published set holds: what may be replaced, and what may be removed.
package enum OutputSet {
  /// What published it: each replaces only what it published itself.
  package enum Kind: Sendable {
    case run, comparison

    fileprivate var names: [String] {
      switch self {
      case .run: OutputNames.all
      case .comparison:
        TableSchema.comparison.map(\.fileName) + [OutputNames.comparison]
      }
    }

    /// The document that every such set has, and how it begins.
    fileprivate var report: (name: String, start: [UInt8]) {
      switch self {
      case .run: (OutputNames.run, Array("{\n  \"schema\": \"stagecraft/run/".utf8))
      case .comparison:
        (OutputNames.comparison, Array("{\n\"schema\": \"stagecraft/comparison/".utf8))
      }
    }
  }

  /// The first entry that stagecraft did not write; nil where all of it is a set, or nothing is.
  ///
  /// A name alone proves little, where `survey.yaml` may be the user's own: a set has its run report,
  /// and that one names it.
  static func foreignEntry(
    in directory: Directory, _ kind: Kind
  ) throws(SystemCallError) -> String? {
    let names = try directory.names()
    for name in names {
      guard kind.names.contains(name), try directory.status(of: name)?.kind == .regular else {
        return name
      }
    }
    guard let first = names.first else { return nil }
    let (reportName, reportStart) = kind.report
    guard names.contains(reportName) else { return first }
    let report = try directory.start(of: reportName, count: reportBytes)
    guard report.starts(with: reportStart) else { return reportName }
    if names.contains(OutputNames.survey), !contains(report, surveyListed) {
      return OutputNames.survey
    }
    return nil
  }

  /// Whether a set withholds numbers that would tell of few.
  static func withholdsNumbers(_ directory: Directory) throws(SystemCallError) -> Bool {
    if try directory.status(of: OutputNames.run) == nil { return false }
    return contains(try directory.start(of: OutputNames.run, count: reportBytes), minimumListed)
  }

  /// More than a run report has.
  private static let reportBytes = 1 << 20
  private static let minimumListed = Array("\"\(OutputNames.minimumCell)\": ".utf8)
  private static let surveyListed = Array("\"name\": \"\(OutputNames.survey)\"".utf8)

  private static func contains(_ bytes: [UInt8], _ part: [UInt8]) -> Bool {
    bytes.indices.contains { bytes[$0...].starts(with: part) }
  }

  /// Removes a directory of ours with the files of a set. Anything else in it stays, and so does it
  /// then; what cannot be removed is left to the next run.
  ///
  /// - Parameter opened: the directory, where it is open already: a run that has run out of
  ///   descriptors has to be able to clean up.
  static func remove(
    _ name: String, _ kind: Kind, from parent: Directory, opened: Directory? = nil
  ) {
    if let directory = opened ?? (try? parent.directory(name)) {
      // It may have been given the permissions of a target that nobody writes to.
      try? directory.setPermissions(0o700)
      for entry in kind.names { try? directory.removeFile(entry) }
    }
    try? parent.removeDirectory(name)
  }
}
