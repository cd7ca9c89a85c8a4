import CZlib

/// The text of a gzip file, checked: each member's checksum and length, and that nothing but members
/// is in the file. Used by one thread at a time.
///
/// libarchive reads gzip too, but compares neither checksum nor length, and takes whatever is behind
/// a member for the end of the file: damage would go unnoticed, and records be lost.
final class GzipMembers {
  /// What is wrong with the file.
  enum Damage: Error, Hashable {
    case truncated
    case checksum
    case length
    /// Something follows the last member.
    case garbage(byte: UInt64)
    /// Anything else, in zlib's words.
    case unreadable(byte: UInt64, reason: String)
  }

  /// At one place in memory: zlib keeps its address.
  private let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
  /// Where the last byte that was handed in is in the file.
  private var bytesHandedIn: UInt64 = 0
  private var isInMember = false
  private var isInPadding = false
  private var membersRead = 0
  private var isOver = false

  /// - Throws: ``Damage`` where zlib has no memory.
  init() throws(Damage) {
    stream.initialize(to: z_stream())
    // 15: the largest window; 16: gzip and nothing else.
    let size = Int32(MemoryLayout<z_stream>.size)
    if inflateInit2_(stream, 15 + 16, ZLIB_VERSION, size) != Z_OK { throw damage(Z_MEM_ERROR) }
  }

  deinit {
    inflateEnd(stream)
    stream.deallocate()
  }

  /// Fills `output` as far as the file goes; 0 is its end.
  ///
  /// - Parameter input: hands out the file's next bytes, which must stay where they are until it is
  ///   asked again; none at its end.
  func read<Failure: Error>(
    into output: UnsafeMutableRawBufferPointer,
    from input: () throws(Failure) -> UnsafeRawBufferPointer,
    failing: (Damage) -> Failure
  ) throws(Failure) -> Int {
    stream.pointee.next_out = output.baseAddress?.assumingMemoryBound(to: UInt8.self)
    stream.pointee.avail_out = UInt32(output.count)
    while stream.pointee.avail_out > 0, !isOver {
      if stream.pointee.avail_in == 0 { handIn(try input()) }
      do throws(Damage) {
        try step()
      } catch {
        throw failing(error)
      }
    }
    return output.count - Int(stream.pointee.avail_out)
  }

  private func handIn(_ bytes: UnsafeRawBufferPointer) {
    stream.pointee.next_in = UnsafeMutablePointer(
      mutating: bytes.baseAddress?.assumingMemoryBound(to: UInt8.self))
    stream.pointee.avail_in = UInt32(bytes.count)
    bytesHandedIn += UInt64(bytes.count)
  }

  private var position: UInt64 { bytesHandedIn - UInt64(stream.pointee.avail_in) }

  /// Goes on by as much as there are bytes to read and room to write to.
  private func step() throws(Damage) {
    if stream.pointee.avail_in == 0 {
      if isInMember { throw .truncated }
      return isOver = true
    }
    if !isInMember { return try beginMember() }
    let status = inflate(stream, Z_NO_FLUSH)
    switch status {
    case Z_OK, Z_BUF_ERROR: return
    case Z_STREAM_END:
      isInMember = false
      membersRead += 1
    default: throw damage(status)
    }
  }

  /// Files on tapes and in blocks are filled up with zeros: these are tolerated, as gzip does.
  private func beginMember() throws(Damage) {
    guard let next = stream.pointee.next_in else { return }
    if membersRead > 0, next.pointee == 0 {
      isInPadding = true
      stream.pointee.next_in = next + 1
      stream.pointee.avail_in -= 1
      return
    }
    if isInPadding || next.pointee != 0x1F { throw .garbage(byte: position) }
    inflateReset(stream)
    isInMember = true
  }

  private func damage(_ status: Int32) -> Damage {
    let words = stream.pointee.msg.map { String(cString: $0) }
    switch words {
    case "incorrect data check": return .checksum
    case "incorrect length check": return .length
    case "incorrect header check" where membersRead > 0: return .garbage(byte: position)
    default:
      let reason = status == Z_MEM_ERROR ? "no memory is left" : words ?? "zlib error \(status)"
      return .unreadable(byte: position, reason: reason)
    }
  }
}

extension GzipMembers.Damage {
  /// In words, for a message that names the file.
  var reason: String {
    switch self {
    case .truncated: "the file ends too early"
    case .checksum: "the checksum is wrong, so bytes are damaged"
    case .length: "the length is wrong, so bytes are missing or too many"
    case .garbage(let byte): "at byte \(byte) follows something that is not gzip"
    case .unreadable(let byte, let reason): "the file is damaged before byte \(byte): \(reason)"
    }
  }
}
