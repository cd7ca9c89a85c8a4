import Fingerprint
import SystemCalls

/// One file being written: buffered, hashed, counted. Used by one thread at a time.
package final class OutputFile {
  private static let bufferBytes = 256 << 10

  /// The name in the output directory.
  package let name: String
  private let path: String
  private let descriptor: Int32
  private var buffer = ByteBuffer()
  private var hash = SHA256()
  private var isOpen = true
  package private(set) var bytes: UInt64 = 0

  init(name: String, in directory: Directory) throws(PublishError) {
    self.name = name
    path = directory.path(of: name)
    do {
      descriptor = try directory.createFile(name)
    } catch {
      throw error.errno == .noSpace || error.errno == .diskQuotaExceeded
        ? .noSpace(error, bytesNeeded: 0) : .cannotCreate(error)
    }
  }

  deinit {
    if isOpen { try? SystemCalls.closeFile(descriptor, path: path) }
  }

  package func write(_ bytes: [UInt8]) throws(PublishError) {
    buffer.append(bytes)
    if buffer.count >= OutputFile.bufferBytes { try flush() }
  }

  func write(_ bytes: borrowing ByteBuffer) throws(PublishError) {
    if bytes.count < OutputFile.bufferBytes / 8 {
      bytes.withBytes { buffer.append($0.assumingMemoryBound(to: UInt8.self)) }
      if buffer.count >= OutputFile.bufferBytes { try flush() }
      return
    }
    // Much at a time is not copied once more.
    if buffer.count > 0 { try flush() }
    try put(bytes)
  }

  private func flush() throws(PublishError) {
    try put(buffer)
    buffer.removeAll()
  }

  private func put(_ block: borrowing ByteBuffer) throws(PublishError) {
    bytes += UInt64(block.count)
    do {
      try block.withBytes { (block) throws(SystemCallError) in
        hash.update(block)
        try SystemCalls.writeAll(descriptor, block, path: path)
      }
    } catch {
      throw PublishError(writing: error, bytesNeeded: bytes)
    }
  }

  /// Gives the file the permissions of the one it replaces, where the system lets it.
  func setPermissions(_ permissions: UInt32) {
    try? SystemCalls.setPermissions(descriptor, permissions, path: path)
  }

  /// Writes what is buffered, forces the file to the disk, closes it, and checks what is there.
  ///
  /// - Returns: what is to be said of it in `run.json`.
  func finish() throws(PublishError) -> PublishedFile {
    try flush()
    let size: Int64
    do throws(SystemCallError) {
      try SystemCalls.synchronize(descriptor, path: path)
      size = try SystemCalls.status(descriptor, path: path).bytes
      isOpen = false
      // Some file systems tell only now that they could not keep what was written.
      try SystemCalls.closeFile(descriptor, path: path)
    } catch {
      throw PublishError(writing: error, bytesNeeded: bytes)
    }
    if size != Int64(bytes) { throw .damaged(path: path) }
    return PublishedFile(name: name, bytes: bytes, sha256: hash.hexadecimal())
  }
}

/// A finished output.
package struct PublishedFile: Hashable, Sendable {
  package let name: String
  package let bytes: UInt64
  package let sha256: String
}
