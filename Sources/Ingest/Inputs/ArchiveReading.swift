import CLibarchive
import SystemCalls

/// libarchive, reading from one of our open files: every byte still comes through
/// ``SystemCalls``, and gzip through ``GzipMembers``. Used by one thread at a time.
final class ArchiveReading {
  struct Failure: Error {
    let reason: String
    /// Where one of our own reads failed.
    let systemCall: SystemCallError?

    /// Its members would have to be listed before one can be chosen.
    static let archiveInPipe = Failure(
      reason: "an archive has to be given as a file, not through a pipe", systemCall: nil)
  }

  private static let blockBytes = 256 << 10

  var path: String { file.path }
  private let file: OpenedFile
  private let archive: OpaquePointer?
  private var offset: Int64 = 0
  private let block = UnsafeMutableRawBufferPointer.allocate(
    byteCount: blockBytes, alignment: 16)
  private let gzip: GzipMembers?
  /// What is read of a gzip file, before it is decompressed into `block`.
  private let packed: UnsafeMutableRawBufferPointer?
  private var failure: Failure?
  /// Bytes of the compressed file read so far.
  private(set) var rawBytes: UInt64 = 0

  /// - Parameters:
  ///   - file: a pipe is read in order, a regular file as libarchive likes.
  ///   - start: its first bytes.
  init(_ file: OpenedFile, start: [UInt8]) throws(Failure) {
    self.file = file
    do throws(GzipMembers.Damage) {
      gzip = Compression.isGzip(start) ? try GzipMembers() : nil
    } catch {
      throw Failure(error)
    }
    packed = gzip.map { _ in
      UnsafeMutableRawBufferPointer.allocate(byteCount: ArchiveReading.blockBytes, alignment: 16)
    }
    archive = archive_read_new()
    archive_read_support_filter_all(archive)
    archive_read_support_format_zip(archive)
    archive_read_support_format_tar(archive)
    // A compressed file that is no archive: one member without a name.
    archive_read_support_format_raw(archive)
    let context = Unmanaged.passUnretained(self).toOpaque()
    archive_read_set_callback_data(archive, context)
    archive_read_set_read_callback(archive, readBlock)
    if file.isSeekable && gzip == nil { archive_read_set_seek_callback(archive, seekTo) }
    try check(archive_read_open1(archive))
  }

  deinit {
    archive_read_free(archive)
    block.deallocate()
    packed?.deallocate()
  }

  /// A member's header.
  struct Entry {
    let name: String
    let isRegularFile: Bool
    let bytes: Int64?
  }

  /// The next member, or nil behind the last one.
  func nextEntry() throws(Failure) -> Entry? {
    var entry: OpaquePointer?
    let status = archive_read_next_header(archive, &entry)
    if status == ARCHIVE_EOF { return nil }
    try check(status)
    let name = (archive_entry_pathname_utf8(entry) ?? archive_entry_pathname(entry))
    return Entry(
      name: name.map { String(cString: $0) } ?? "",
      isRegularFile: archive_entry_filetype(entry) == 0o100000,
      bytes: archive_entry_size_is_set(entry) != 0 ? archive_entry_size(entry) : nil)
  }

  /// Whether the file is compressed and nothing more.
  var isBare: Bool { archive_format(archive) == ARCHIVE_FORMAT_RAW }

  /// Fills `buffer` with bytes of the current member; 0 is its end.
  func read(into buffer: UnsafeMutableRawBufferPointer) throws(Failure) -> Int {
    while true {
      let count = archive_read_data(archive, buffer.baseAddress, buffer.count)
      if count == Int(ARCHIVE_RETRY) { continue }
      // A warning, too, is about the bytes here: there are more or fewer of them than were said.
      if count < 0 { throw currentFailure }
      return count
    }
  }

  private func check(_ status: Int32) throws(Failure) {
    // A warning is about something like a member's date; the bytes are all there.
    if status == ARCHIVE_OK || status == ARCHIVE_WARN { return }
    throw currentFailure
  }

  private var currentFailure: Failure {
    let words = archive_error_string(archive).map { String(cString: $0) }
    return failure ?? Failure(reason: words ?? "it cannot be decompressed", systemCall: nil)
  }

  /// Reads what is behind an archive's end in its file: that is damaged, too, where a checksum is
  /// wrong or something follows the last gzip member.
  func checkRest() throws(Failure) {
    while gzip != nil, try fillBlock() > 0 {}
  }

  fileprivate func nextBlock() -> (UnsafeRawPointer?, Int) {
    do throws(Failure) {
      return (UnsafeRawPointer(block.baseAddress), try fillBlock())
    } catch {
      failure = error
      return (nil, -1)
    }
  }

  /// Fills `block` with the next bytes for libarchive.
  private func fillBlock() throws(Failure) -> Int {
    guard let gzip, let packed else { return try readFile(into: block) }
    return try gzip.read(into: block) { () throws(Failure) in
      UnsafeRawBufferPointer(rebasing: packed[..<(try readFile(into: packed))])
    } failing: {
      Failure($0)
    }
  }

  private func readFile(into buffer: UnsafeMutableRawBufferPointer) throws(Failure) -> Int {
    do throws(IngestError) {
      let count = try file.read(into: buffer, at: UInt64(offset))
      offset += Int64(count)
      rawBytes += UInt64(count)
      return count
    } catch {
      guard case .cannotRead(let call, _) = error else {
        throw Failure(reason: "it cannot be read", systemCall: nil)
      }
      throw Failure(reason: call.reason, systemCall: call)
    }
  }

  fileprivate func seek(_ distance: Int64, _ whence: Int32) -> Int64 {
    switch whence {
    case 0: offset = distance
    case 1: offset += distance
    default: offset = file.status.bytes + distance
    }
    return offset
  }
}

extension ArchiveReading.Failure {
  fileprivate init(_ damage: GzipMembers.Damage) {
    self.init(reason: damage.reason, systemCall: nil)
  }
}

private func readBlock(
  _ archive: OpaquePointer?, _ context: UnsafeMutableRawPointer?,
  _ block: UnsafeMutablePointer<UnsafeRawPointer?>?
) -> Int {
  guard let context else { return -1 }
  let reading = Unmanaged<ArchiveReading>.fromOpaque(context).takeUnretainedValue()
  let (start, count) = reading.nextBlock()
  block?.pointee = start
  return count
}

private func seekTo(
  _ archive: OpaquePointer?, _ context: UnsafeMutableRawPointer?, _ distance: Int64,
  _ whence: Int32
) -> Int64 {
  guard let context else { return -1 }
  return Unmanaged<ArchiveReading>.fromOpaque(context).takeUnretainedValue()
    .seek(distance, whence)
}
