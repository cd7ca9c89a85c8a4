import SystemCalls

/// The right to publish to one target, held by one process at a time.
///
/// The lock is the system's, on a file beside the target that names its owner: it ends with the
/// process, however that ends, so a dead owner's is simply taken.
final class TargetLock {
  private let directory: Directory
  private let name: String
  private var descriptor: Int32?

  private var path: String { directory.path(of: name) }

  /// - Throws: ``PublishError/locked(path:process:)`` at once where another process has it.
  init(_ name: String, in directory: Directory, target: String) throws(PublishError) {
    (self.directory, self.name) = (directory, name)
    do throws(SystemCallError) {
      // An owner that ends removes the file: whoever had opened it by then has locked nothing.
      while let file = try openAndLock() {
        if try isInPlace(file) { break }
        close()
      }
    } catch {
      close()
      throw TargetLock.failure(error, path: path, target: target)
    }
    guard let file = descriptor else {
      throw .locked(path: target, process: TargetLock.owner(in: directory, name))
    }
    do {
      try sign(file)
    } catch {
      close()
      throw error
    }
  }

  deinit { release() }

  /// Lets the next run in. Nothing of the lock is left.
  func release() {
    guard descriptor != nil else { return }
    // Removed while it is still locked, so that it cannot be another's.
    try? directory.removeFile(name)
    close()
  }

  private func close() {
    if let descriptor { try? SystemCalls.closeFile(descriptor, path: path) }
    descriptor = nil
  }

  /// Nil where another process has the lock.
  private func openAndLock() throws(SystemCallError) -> Int32? {
    let file = try directory.openOrCreateFile(name)
    descriptor = file
    if try SystemCalls.lock(file, path: path) { return file }
    close()
    return nil
  }

  /// Whether the file that was locked is still the one that others will find.
  private func isInPlace(_ file: Int32) throws(SystemCallError) -> Bool {
    guard let found = try directory.status(of: name) else { return false }
    return found.isSameFile(as: try SystemCalls.status(file, path: path))
  }

  /// Writes the owner into the file, for whoever finds it locked.
  private func sign(_ file: Int32) throws(PublishError) {
    // It is emptied, and removed in the end, so it had better be ours.
    var isOurs = false
    do throws(SystemCallError) {
      let status = try SystemCalls.status(file, path: path)
      let isPlain = status.kind == .regular
      isOurs = isPlain && status.bytes == 0
      let before = isPlain ? try SystemCalls.start(of: file, count: 17, path: path) : nil
      guard let before, before.count < 17, before.allSatisfy(TargetLock.isOfANumber) else {
        throw SystemCallError(call: "flock", path: path, errno: .fileExists)
      }
      isOurs = true
      try SystemCalls.empty(file, path: path)
      try SystemCalls.writeAll(file, bytes: Array("\(SystemCalls.processID())\n".utf8), path: path)
    } catch {
      if isOurs { try? directory.removeFile(name) }
      throw TargetLock.failure(error, path: path, target: path)
    }
  }

  private static func isOfANumber(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || byte == UInt8(ascii: "\n")
  }

  private static func owner(in directory: Directory, _ name: String) -> Int32? {
    let text = (try? directory.start(of: name, count: 16)) ?? []
    return Int32(String(decoding: text.prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self))
  }

  private static func failure(
    _ error: SystemCallError, path: String, target: String
  ) -> PublishError {
    switch error.errno {
    // A link, a directory, a device, or a file with something else in it.
    case .tooManySymbolicLinkLevels, .isDirectory, .fileExists, .noSuchAddressOrDevice:
      .foreignFileInTheWay(path: path)
    case .permissionDenied, .notPermitted, .readOnlyFileSystem:
      .parentNotWritable(error, target: target)
    case .noSpace, .diskQuotaExceeded, .fileTooLarge, .ioError, .canceled:
      PublishError(writing: error, bytesNeeded: 0)
    default: .cannotCreate(error)
    }
  }
}
