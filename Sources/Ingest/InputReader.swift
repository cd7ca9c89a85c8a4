import Fingerprint

/// Reads one input from its first byte to its last, in blocks of any size, decompressed.
///
/// A regular file is read with `pread`, so that it can be read a second time; standard input and
/// pipes with `read`; compressed ones through ``CompressedStream``. Used by one thread at a time.
package final class InputReader {
  /// The path as the user gave it; `-` for standard input.
  package let path: String
  private let file: OpenedFile
  private var source: Source
  private let limits: IngestLimits
  private var offset: UInt64 = 0
  /// Bytes that have been looked at and not yet read.
  private var peeked: [UInt8] = []
  private var fingerprint = StreamFingerprint()
  private var sha256: SHA256?

  private enum Source {
    case plain
    /// Blocks of a decompressed member; the one at hand and how much of it has been taken.
    case compressed(CompressedStream, block: [UInt8], taken: Int, isOver: Bool)
  }

  /// What the bytes were, once all of them have been read.
  package struct Identity: Hashable, Sendable {
    /// After decompression.
    package let bytes: UInt64
    package let fingerprint: String
    /// Only where it was asked for: it costs more than all the rest of a run.
    package let sha256: String?
  }

  /// - Throws: ``IngestError`` where nothing readable is at the path.
  package convenience init(path: String, hashesWhole: Bool = false) throws(IngestError) {
    try self.init(InputItem(path: path), hashesWhole: hashesWhole, limits: IngestLimits())
  }

  package convenience init(
    _ item: InputItem, hashesWhole: Bool, limits: IngestLimits
  ) throws(IngestError) {
    try self.init(
      OpenedFile(path: item.path), member: item.member, hashesWhole: hashesWhole, limits: limits)
  }

  /// Reads a file that is already open, for its whole length; used for spooled standard input.
  package convenience init(
    path: String, descriptor: Int32, hashesWhole: Bool, limits: IngestLimits = IngestLimits()
  ) throws(IngestError) {
    try self.init(
      OpenedFile(path: path, borrowing: descriptor), member: nil, hashesWhole: hashesWhole,
      limits: limits)
  }

  private init(
    _ file: OpenedFile, member: String?, hashesWhole: Bool, limits: IngestLimits
  ) throws(IngestError) {
    path = file.path
    self.file = file
    self.limits = limits
    sha256 = hashesWhole ? SHA256() : nil
    source = .plain
    try openCompressed(member)
  }

  deinit {
    if case .compressed(let stream, _, _, _) = source { stream.abandon() }
  }

  package var bytesRead: UInt64 { offset - UInt64(peeked.count) }

  /// Fills `buffer` as far as the input goes; fewer bytes than asked for means its end.
  package func read(into buffer: UnsafeMutableRawBufferPointer) throws(IngestError) -> Int {
    let count = min(peeked.count, buffer.count)
    buffer.copyBytes(from: peeked[..<count])
    peeked.removeFirst(count)
    return count + (try fill(UnsafeMutableRawBufferPointer(rebasing: buffer[count...])))
  }

  /// The first bytes, without taking them: the next read begins with them.
  ///
  /// - Returns: fewer than `count` only where the input has no more.
  package func peek(_ count: Int) throws(IngestError) -> [UInt8] {
    let wanted = count - peeked.count
    if wanted > 0 {
      var failure: IngestError?
      peeked += [UInt8](unsafeUninitializedCapacity: wanted) { buffer, filled in
        do throws(IngestError) {
          filled = try fill(UnsafeMutableRawBufferPointer(buffer))
        } catch {
          failure = error
        }
      }
      if let failure { throw failure }
    }
    return Array(peeked.prefix(count))
  }

  /// The file, where its bytes can be read at any place and by several threads at a time.
  var positionedFile: PositionedFile? {
    guard file.isSeekable, case .plain = source, sha256 == nil else { return nil }
    return PositionedFile(file)
  }

  /// Checks that the file is still the one that was opened.
  func checkUnchanged() throws(IngestError) { try file.checkUnchanged(bytesRead: nil) }

  /// Checks that the file is the one that was opened, and says what its bytes were.
  package func finish() throws(IngestError) -> Identity {
    if case .plain = source {
      try file.checkUnchanged(bytesRead: bytesRead)
    } else {
      try file.checkUnchanged(bytesRead: nil)
    }
    return Identity(
      bytes: bytesRead, fingerprint: fingerprint.hexadecimal(), sha256: sha256?.hexadecimal())
  }

  private func fill(_ buffer: UnsafeMutableRawBufferPointer) throws(IngestError) -> Int {
    var filled = 0
    while filled < buffer.count {
      let rest = UnsafeMutableRawBufferPointer(rebasing: buffer[filled...])
      let count = try readOnce(into: rest)
      if count == 0 { break }
      let block = UnsafeRawBufferPointer(rebasing: rest[..<count])
      fingerprint.update(block)
      sha256?.update(block)
      offset += UInt64(count)
      filled += count
    }
    return filled
  }

  private func readOnce(into buffer: UnsafeMutableRawBufferPointer) throws(IngestError) -> Int {
    guard case .compressed(let stream, var block, var taken, var isOver) = source else {
      return try file.read(into: buffer, at: offset)
    }
    if taken == block.count && !isOver {
      (block, taken) = (try stream.nextBlock(), 0)
      isOver = block.isEmpty
    }
    let count = min(buffer.count, block.count - taken)
    buffer.copyBytes(from: block[taken..<taken + count])
    source = .compressed(stream, block: block, taken: taken + count, isOver: isOver)
    return count
  }

  /// Puts a decompressor between the file and the reader, where the file's first bytes ask for one.
  private func openCompressed(_ member: String?) throws(IngestError) {
    let start = try file.start(Compression.bytesNeeded)
    guard Compression.isCompressed(start) else { return }
    do throws(ArchiveReading.Failure) {
      let reading = try ArchiveReading(file, start: start)
      while let entry = try reading.nextEntry(), member != nil, entry.name != member {}
      if member == nil && !reading.isBare { throw ArchiveReading.Failure.archiveInPipe }
      source = .compressed(
        CompressedStream(reading, limits: limits), block: [], taken: 0, isOver: false)
    } catch {
      throw IngestError(error, path: path)
    }
  }
}
