import SystemCalls

/// A single file that appears under its name when it is complete, replacing an older one in one
/// step; or standard output.
package final class ReplacedFile {
  private let destination: Destination
  private var isOver = false

  private enum Destination {
    case standardOutput
    case file(OutputFile, partial: String, name: String, in: Directory)
  }

  /// - Parameter path: nil or `-` for standard output.
  package init(path: String?) throws(PublishError) {
    guard let path, path != "-" else {
      destination = .standardOutput
      return
    }
    let place = try PublishingPlace(file: path)
    // Two runs may write the same file, one after the other: there is no lock that would tell a
    // dead one's leftovers, so a number that is in use is left alone.
    place.removeLeftoversOfTheDead()
    let partial = place.hidden.staging
    let file = try OutputFile(name: partial, in: place.parent)
    if let replaced = place.replaced { file.setPermissions(replaced.permissions) }
    destination = .file(file, partial: partial, name: place.name, in: place.parent)
  }

  deinit {
    if case .file(_, let partial, _, let directory) = destination, !isOver {
      try? directory.removeFile(partial)
    }
  }

  package func write(_ bytes: [UInt8]) throws(PublishError) {
    switch destination {
    case .file(let file, _, _, _): try file.write(bytes)
    case .standardOutput:
      do {
        try SystemCalls.writeAll(1, bytes: bytes, path: SystemCalls.standardOutput)
      } catch {
        throw .cannotWrite(error)
      }
    }
  }

  /// Forces the file to the disk and gives it its name.
  package func commit() throws(PublishError) {
    guard case .file(let file, let partial, let name, let directory) = destination else { return }
    let bytes = try file.finish().bytes
    do throws(SystemCallError) {
      try Interruption.check("rename", directory.path(of: name))
      try directory.move(partial, as: name)
      isOver = true
      try directory.synchronize()
    } catch {
      throw isOver ? .notDurable(error) : PublishError(writing: error, bytesNeeded: bytes)
    }
  }
}
