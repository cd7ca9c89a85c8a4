import SystemCalls

/// One thing to read: a file, standard input, or a member of an archive.
package struct InputItem: Hashable, Sendable {
  package let path: String
  /// Nil: the path itself, decompressed where it is compressed.
  package let member: String?

  package init(path: String, member: String? = nil) {
    self.path = path
    self.member = member
  }
}

/// Looks into archives for the members that hold responses.
package enum InputExpansion {
  /// The items behind a path: the path itself, or members of the archive it is.
  ///
  /// - Parameter pattern: which members to read (`*` and `?` match as in a shell).
  package static func items(
    at path: String, pattern: String?
  ) throws(IngestError) -> [InputItem] {
    if isPipe(path) { return [InputItem(path: path)] }
    let file = try OpenedFile(path: path)
    guard file.isSeekable else { return [InputItem(path: path)] }
    let start = try file.start(Compression.bytesNeeded)
    guard Compression.isCompressed(start) else { return [InputItem(path: path)] }
    let entries: [ArchiveReading.Entry]
    do throws(ArchiveReading.Failure) {
      let reading = try ArchiveReading(file, start: start)
      guard let all = try archiveEntries(reading) else { return [InputItem(path: path)] }
      entries = all
    } catch {
      throw IngestError(error, path: path)
    }
    return try ArchiveMembers.choose(entries, pattern: pattern, path: path)
      .map { InputItem(path: path, member: $0) }
  }

  /// Whether the path is standard input or a named pipe. That is found out without opening it: who
  /// writes to a pipe takes it for read when the first reader closes it.
  package static func isPipe(_ path: String) -> Bool {
    path == "-" || ((try? SystemCalls.fileStatus(path)) ?? nil)?.kind == .pipe
  }

  /// Nil where the file is compressed and nothing more.
  private static func archiveEntries(
    _ reading: ArchiveReading
  ) throws(ArchiveReading.Failure) -> [ArchiveReading.Entry]? {
    guard let first = try reading.nextEntry() else { return [] }
    if reading.isBare { return nil }
    var entries = [first]
    while let entry = try reading.nextEntry() { entries.append(entry) }
    try reading.checkRest()
    return entries
  }

  /// The size of a plain file; nil for anything else.
  package static func plainBytes(of item: InputItem) -> UInt64? {
    guard !isPipe(item.path), item.member == nil, let file = try? OpenedFile(path: item.path),
      file.isSeekable, let start = try? file.start(Compression.bytesNeeded),
      !Compression.isCompressed(start)
    else { return nil }
    return UInt64(max(0, file.status.bytes))
  }
}
