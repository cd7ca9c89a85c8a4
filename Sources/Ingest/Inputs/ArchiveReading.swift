import CLibarchive
import SystemCalls

/// libarchive, reading from one of our open files: every byte still comes through
/// ``SystemCalls``. Used by one thread at a time.
final class ArchiveReading {
  struct Failure: Error {
    /// libarchive's words, or nil where one of our own reads failed.
    let reason: String
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
  private var failure: SystemCallError?
  /// Bytes of the compressed file read so far.
  private(set) var rawBytes: UInt64 = 0

  /// - Parameter file: a pipe is read in order, a regular file as libarchive likes.
  init(_ file: OpenedFile) throws(Failure) {
    self.file = file
    archive = archive_read_new()
    archive_read_support_filter_all(archive)
    archive_read_support_format_zip(archive)
    archive_read_support_format_tar(archive)
    // A compressed file that is no archive: one member without a name.
    archive_read_support_format_raw(archive)
    let context = Unmanaged.passUnretained(self).toOpaque()
    archive_read_set_callback_data(archive, context)
    archive_read_set_read_callback(archive, readBlock)
    if file.isSeekable { archive_read_set_seek_callback(archive, seekTo) }
    try check(archive_read_open1(archive))
  }

  deinit {
    archive_read_free(archive)
    block.deallocate()
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
      if count < 0 { try check(Int32(count)) }
      return max(0, count)
    }
  }

  private func check(_ status: Int32) throws(Failure) {
    // A warning is about something like a member's date; the bytes are all there.
    if status == ARCHIVE_OK || status == ARCHIVE_WARN { return }
    let words = archive_error_string(archive).map { String(cString: $0) }
    throw Failure(reason: words ?? "it cannot be decompressed", systemCall: failure)
  }

  fileprivate func nextBlock() -> (UnsafeRawPointer?, Int) {
    do throws(IngestError) {
      let count = try file.read(into: block, at: UInt64(offset))
      offset += Int64(count)
      rawBytes += UInt64(count)
      return (UnsafeRawPointer(block.baseAddress), count)
    } catch {
      if case .cannotRead(let call, _) = error { failure = call }
      return (nil, -1)
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
