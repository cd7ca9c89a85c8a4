import SystemCalls

/// A file that is open for reading, or standard input. Closes itself.
final class OpenedFile {
  let path: String
  let descriptor: Int32
  let status: SystemCalls.FileStatus
  private let isOurs: Bool
  /// The first bytes of a pipe, where they have been looked at: they are read once more.
  private var pushedBack: [UInt8] = []

  /// - Throws: ``IngestError`` where nothing readable is at the path.
  init(path: String) throws(IngestError) {
    self.path = path
    isOurs = path != "-"
    do {
      descriptor = path == "-" ? 0 : try SystemCalls.openForReading(path)
      status = try SystemCalls.status(descriptor, path: path)
    } catch {
      throw .cannotOpen(error)
    }
    if status.kind == .directory { throw .isDirectory(path: path) }
    if status.kind == .device && path != "-" { throw .isDevice(path: path) }
  }

  /// A descriptor that somebody else closes.
  init(path: String, borrowing descriptor: Int32) throws(IngestError) {
    self.path = path
    self.descriptor = descriptor
    isOurs = false
    do {
      status = try SystemCalls.status(descriptor, path: path)
    } catch {
      throw .cannotOpen(error)
    }
  }

  deinit {
    if isOurs { try? SystemCalls.closeFile(descriptor, path: path) }
  }

  var isSeekable: Bool { status.kind == .regular }

  /// Reads at an offset where that is possible, else whatever comes next.
  func read(
    into buffer: UnsafeMutableRawBufferPointer, at offset: UInt64
  ) throws(IngestError) -> Int {
    if !pushedBack.isEmpty {
      let count = min(pushedBack.count, buffer.count)
      buffer.copyBytes(from: pushedBack[..<count])
      pushedBack.removeFirst(count)
      return count
    }
    do {
      return isSeekable
        ? try SystemCalls.read(descriptor, into: buffer, at: Int64(offset), path: path)
        : try SystemCalls.read(descriptor, into: buffer, path: path)
    } catch {
      throw .cannotRead(error, byteOffset: offset)
    }
  }

  /// The first bytes, which are read again afterwards. Call before any other read.
  func start(_ count: Int) throws(IngestError) -> [UInt8] {
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: count, alignment: 1)
    defer { buffer.deallocate() }
    var filled = 0
    while filled < count {
      let rest = UnsafeMutableRawBufferPointer(rebasing: buffer[filled...])
      let read = try read(into: rest, at: UInt64(filled))
      if read == 0 { break }
      filled += read
    }
    let start = Array(buffer[..<filled])
    if !isSeekable { pushedBack = start }
    return start
  }

  /// - Throws: `changedWhileReading` where the file is no longer what was opened.
  func checkUnchanged(bytesRead: UInt64?) throws(IngestError) {
    guard isSeekable else { return }
    let now: SystemCalls.FileStatus
    do {
      now = try SystemCalls.status(descriptor, path: path)
    } catch {
      throw .cannotRead(error, byteOffset: bytesRead ?? 0)
    }
    if now != status || (bytesRead ?? UInt64(now.bytes)) != UInt64(now.bytes) {
      throw .changedWhileReading(path: path)
    }
  }
}

/// A regular file that is read by position, which several threads may do at a time.
struct PositionedFile: Sendable {
  let path: String
  let bytes: UInt64
  private let descriptor: Int32

  /// - Parameter file: must stay open for as long as this is read.
  init(_ file: OpenedFile) {
    path = file.path
    bytes = UInt64(max(0, file.status.bytes))
    descriptor = file.descriptor
  }

  /// Fills `buffer` as far as the file goes.
  func read(
    into buffer: UnsafeMutableRawBufferPointer, at offset: UInt64
  ) throws(IngestError) -> Int {
    var filled = 0
    while filled < buffer.count {
      let rest = UnsafeMutableRawBufferPointer(rebasing: buffer[filled...])
      do throws(SystemCallError) {
        let count = try SystemCalls.read(
          descriptor, into: rest, at: Int64(offset) + Int64(filled), path: path)
        if count == 0 { break }
        filled += count
      } catch {
        throw .cannotRead(error, byteOffset: offset + UInt64(filled))
      }
    }
    return filled
  }
}
