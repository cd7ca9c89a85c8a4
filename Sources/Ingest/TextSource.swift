import Fingerprint
import Synchronization

/// The bytes of one input as UTF-8, by position, for several threads at a time.
///
/// A plain file is read where it is asked for, without a lock. Everything else (pipes, compressed
/// and transcoded inputs) is read once, in order, and kept until it is released.
final class TextSource: Sendable {
  let path: String
  private let file: PositionedFile?
  private let chunkBytes: Int
  private let state: Mutex<State>

  fileprivate struct State: @unchecked Sendable {
    // Touched under the lock alone.
    let reader: InputReader
    let transcoder: Transcoder?
    /// Text that has been read and not released, and where it begins.
    var window: [UInt8] = []
    var windowStart: UInt64 = 0
    var isAtEnd = false
    /// Of a positioned file.
    var fingerprint = ContentFingerprint()
  }

  /// - Throws: ``IngestError`` where the byte order mark contradicts the declared encoding.
  init(
    _ reader: InputReader, encoding: CharacterEncoding, chunkBytes: Int
  ) throws(IngestError) {
    path = reader.path
    self.chunkBytes = chunkBytes
    let mark = try ByteOrderMark(reader, declared: encoding)
    start = mark.place
    let transcoder =
      encoding == .utf8 ? nil : try Transcoder(encoding, isBigEndian: mark.isBigEndian)
    let isCutByBlocks = chunkBytes % ContentFingerprint.blockBytes == 0
    file = encoding == .utf8 && isCutByBlocks ? reader.positionedFile : nil
    state = Mutex(State(reader: reader, transcoder: transcoder))
  }

  /// The first byte after the byte order mark.
  let start: ReadingPlace

  /// Whether the text is known to end at or before a position.
  func ends(before offset: UInt64) -> Bool {
    if let file { return offset >= file.bytes }
    return state.withLock { $0.isAtEnd && offset >= $0.windowEnd }
  }

  /// Fills `buffer` as far as the text goes; fewer bytes than asked for means its end.
  func read(
    at offset: UInt64, into buffer: UnsafeMutableRawBufferPointer
  ) throws(IngestError) -> Int {
    if let file { return try read(file, at: offset, into: buffer) }
    return try state.withLock { (state) throws(IngestError) in
      while state.windowEnd < offset + UInt64(buffer.count), !state.isAtEnd {
        try state.readBlock(of: chunkBytes)
      }
      return state.copy(from: offset, into: buffer)
    }
  }

  /// Reads what the file held when it was opened, so that everybody sees the same end, whatever
  /// happens to the file meanwhile.
  private func read(
    _ file: PositionedFile, at offset: UInt64, into buffer: UnsafeMutableRawBufferPointer
  ) throws(IngestError) -> Int {
    let wanted = min(UInt64(buffer.count), file.bytes - min(offset, file.bytes))
    let part = UnsafeMutableRawBufferPointer(rebasing: buffer[..<Int(wanted)])
    let count = try file.read(into: part, at: offset)
    if count < part.count { throw .changedWhileReading(path: path) }
    return count
  }

  /// Takes note of a whole chunk's bytes, for the fingerprint.
  func digest(_ bytes: UnsafeRawBufferPointer, at offset: UInt64) {
    if file == nil { return }
    var rest = bytes
    var block = Int(offset) / ContentFingerprint.blockBytes
    while !rest.isEmpty {
      let count = min(rest.count, ContentFingerprint.blockBytes)
      let digest = ContentFingerprint.Digest(of: UnsafeRawBufferPointer(rebasing: rest[..<count]))
      state.withLock { $0.fingerprint.set(digest, ofBlock: block) }
      block += 1
      rest = UnsafeRawBufferPointer(rebasing: rest[count...])
    }
  }

  /// Nothing before `offset` will be asked for any more.
  func release(before offset: UInt64) {
    if file != nil { return }
    state.withLock { $0.release(before: offset) }
  }

  /// Checks that the input is the one that was opened, and that all of it was accounted for.
  ///
  /// - Parameter accounted: raw bytes; call when nobody reads any more.
  func finish(accounted: UInt64) throws(IngestError) -> InputReader.Identity {
    let identity = try state.withLock { (state) throws(IngestError) in
      guard let file else { return try state.reader.finish() }
      // The file's bytes, not those accounted for: what is lost is a bug of ours, not a change.
      try state.reader.checkUnchanged()
      return InputReader.Identity(
        bytes: file.bytes, fingerprint: state.fingerprint.hexadecimal(), sha256: nil)
    }
    if identity.bytes != accounted {
      throw .readersDisagree(path: path, byteOffset: accounted)
    }
    return identity
  }
}

extension TextSource.State {
  fileprivate var windowEnd: UInt64 { windowStart + UInt64(window.count) }

  fileprivate mutating func readBlock(of count: Int) throws(IngestError) {
    var failure: IngestError?
    let block = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      do throws(IngestError) {
        filled = try reader.read(into: UnsafeMutableRawBufferPointer(buffer))
      } catch {
        failure = error
      }
    }
    if let failure { throw failure }
    isAtEnd = block.count < count
    if let transcoder {
      window += block.withUnsafeBytes { transcoder.decode($0, isLast: isAtEnd) }
    } else {
      window += block
    }
  }

  fileprivate func copy(from offset: UInt64, into buffer: UnsafeMutableRawBufferPointer) -> Int {
    precondition(offset >= windowStart, "released text is not asked for again")
    guard offset < windowEnd else { return 0 }
    let from = Int(offset - windowStart)
    let count = min(buffer.count, window.count - from)
    buffer.copyBytes(from: window[from..<from + count])
    return count
  }

  fileprivate mutating func release(before offset: UInt64) {
    guard offset > windowStart else { return }
    let count = Int(min(offset - windowStart, UInt64(window.count)))
    window.removeFirst(count)
    windowStart += UInt64(count)
  }
}

/// What the first bytes of an input say of its encoding.
private struct ByteOrderMark {
  let place: ReadingPlace
  let isBigEndian: Bool

  /// Takes the mark from the reader, except in UTF-8, where it is the first bytes of the text.
  init(_ reader: InputReader, declared: CharacterEncoding) throws(IngestError) {
    let start = try reader.peek(4)
    var marked = 0
    var isBigEndian = false
    if start.starts(with: [0xEF, 0xBB, 0xBF]) {
      try ByteOrderMark.expect(.utf8, found: "UTF-8", declared, reader.path)
      marked = 3
    } else if start.starts(with: [0xFF, 0xFE]) || start.starts(with: [0xFE, 0xFF]) {
      try ByteOrderMark.expect(.utf16, found: "UTF-16", declared, reader.path)
      marked = 2
      isBigEndian = start.first == 0xFE
    }
    self.isBigEndian = isBigEndian
    if declared == .utf8 {
      place = ReadingPlace(offset: UInt64(marked), rawOffset: UInt64(marked))
    } else {
      let mark = UnsafeMutableRawBufferPointer.allocate(byteCount: marked, alignment: 1)
      defer { mark.deallocate() }
      place = ReadingPlace(offset: 0, rawOffset: UInt64(try reader.read(into: mark)))
    }
  }

  private static func expect(
    _ encoding: CharacterEncoding, found: String, _ declared: CharacterEncoding, _ path: String
  ) throws(IngestError) {
    if declared != encoding {
      throw .encodingMismatch(path: path, declared: declared, found: found)
    }
  }
}
