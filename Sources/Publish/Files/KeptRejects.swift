import SystemCalls

/// A table of rejects of a run that was not published, beside the target.
struct KeptRejects {
  private let place: PublishingPlace
  private let output: String
  private let header: [String]
  private var name: String { place.name + "." + output }

  /// What is put behind the target's name.
  static var longestSuffix: String { "." + OutputNames.rawRejects }

  /// The rejects, and the raw records where there are any.
  static func all(_ place: PublishingPlace) -> [KeptRejects] {
    [
      KeptRejects(place: place, output: OutputNames.rejects, header: RejectRecords.header),
      KeptRejects(place: place, output: OutputNames.rawRejects, header: RawRejectRecords.header),
    ]
  }

  /// Moves the table out of a set, if it has it, in place of that of an older run.
  ///
  /// - Returns: its path; nil where the set has no such table.
  func keep(from staging: Directory) throws(PublishError) -> String? {
    let path = place.path + "." + output
    do throws(SystemCallError) {
      if try staging.status(of: output) == nil { return nil }
      if try place.parent.status(of: name) != nil, try !isOurs() {
        throw SystemCallError(call: "rename", path: path, errno: .fileExists)
      }
      try staging.move(output, to: place.parent, as: name)
      try place.parent.synchronize()
    } catch {
      throw error.errno == .fileExists ? .foreignFileInTheWay(path: path) : .cannotWrite(error)
    }
    return path
  }

  /// A run that was published has no more use for it.
  func removeStale() {
    if (try? isOurs()) == true { try? place.parent.removeFile(name) }
  }

  /// Whether a plain file of that name begins as rejects do.
  private func isOurs() throws(SystemCallError) -> Bool {
    guard try place.parent.status(of: name)?.kind == .regular else { return false }
    let lines = CSVProfile.allCases.map { CSVRecord.header(header, $0) }
    let start = try place.parent.start(of: name, count: lines.map(\.count).max() ?? 0)
    return lines.contains { start.starts(with: $0) }
  }
}
