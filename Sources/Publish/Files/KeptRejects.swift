import SystemCalls

/// The rejects of a run that was not published, beside the target.
struct KeptRejects {
  private let place: PublishingPlace
  private var name: String { place.name + ".rejects.csv" }

  init(_ place: PublishingPlace) { self.place = place }

  /// Moves the rejects of a set there, in place of those of an older run.
  ///
  /// - Returns: their path.
  func keep(from staging: Directory) throws(PublishError) -> String {
    let path = place.path + ".rejects.csv"
    do throws(SystemCallError) {
      if try place.parent.status(of: name) != nil, try !isOurs() {
        throw SystemCallError(call: "rename", path: path, errno: .fileExists)
      }
      try staging.move(OutputNames.rejects, to: place.parent, as: name)
      try place.parent.synchronize()
    } catch {
      throw error.errno == .fileExists ? .foreignFileInTheWay(path: path) : .cannotWrite(error)
    }
    return path
  }

  /// A run that was published has no more use for them.
  func removeStale() {
    if (try? isOurs()) == true { try? place.parent.removeFile(name) }
  }

  /// Whether a plain file of that name begins as rejects do.
  private func isOurs() throws(SystemCallError) -> Bool {
    guard try place.parent.status(of: name)?.kind == .regular else { return false }
    var header = CSVRecord()
    for column in RejectRecords.header { header.appendField(column) }
    let start = try place.parent.start(of: name, count: header.bytes.count)
    return start.elementsEqual(header.bytes)
  }
}
