import SystemCalls

/// A single file that appears under its name when it is complete, replacing an older one in one
/// step; or standard output.
package final class ReplacedFile {
  private let target: String
  private let partial: String
  private let file: OutputFile?
  private var isOver = false

  /// - Parameter path: nil or `-` for standard output.
  package init(path: String?) throws(PublishError) {
    guard let path, path != "-" else {
      (target, partial, file) = ("standard output", "", nil)
      return
    }
    target = path
    partial = path + ".stagecraft-partial-\(SystemCalls.processID())"
    file = try OutputFile(name: path, path: partial)
  }

  deinit {
    if file != nil && !isOver { try? SystemCalls.removeFile(partial) }
  }

  package func write(_ bytes: [UInt8]) throws(PublishError) {
    if let file { return try file.write(bytes) }
    do {
      try SystemCalls.writeAll(1, bytes: bytes, path: target)
    } catch {
      throw .cannotWrite(error)
    }
  }

  /// Forces the file to the disk and gives it its name.
  package func commit() throws(PublishError) {
    guard let file else { return }
    _ = try file.finish()
    do {
      try SystemCalls.moveEntry(partial, to: target)
    } catch {
      throw .cannotWrite(error)
    }
    isOver = true
  }
}
