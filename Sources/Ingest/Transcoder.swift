#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Turns the blocks of an input into UTF-8 through the system's iconv, whatever their borders.
///
/// A unit that cannot be decoded becomes one byte 0xFF, which no UTF-8 text holds: the record it
/// stands in is refused like one with invalid UTF-8, and positions stay right, since every byte of
/// the result stands for a known number of raw bytes.
final class Transcoder {
  static let undecodable: UInt8 = 0xFF
  /// The same for half a unit at the end of the input, which is one raw byte.
  static let halfUnit: UInt8 = 0xFE

  private let descriptor: iconv_t
  private let unitBytes: Int
  private var pending: [UInt8] = []

  /// - Parameter isBigEndian: for UTF-16 alone, as its byte order mark says.
  init(_ encoding: CharacterEncoding, isBigEndian: Bool) throws(IngestError) {
    let name =
      switch encoding {
      case .utf8: "UTF-8"
      case .utf16: isBigEndian ? "UTF-16BE" : "UTF-16LE"
      case .windows1252: "CP1252"
      case .latin1: "ISO-8859-1"
      case .macRoman: "MACINTOSH"
      }
    unitBytes = encoding == .utf16 ? 2 : 1
    guard let opened = iconv_open("UTF-8", name), Int(bitPattern: opened) != -1 else {
      throw .encodingUnsupported(encoding)
    }
    descriptor = opened
  }

  deinit { iconv_close(descriptor) }

  /// The UTF-8 of what was pending and `raw`; an incomplete unit at the end waits for the next call.
  func decode(_ raw: UnsafeRawBufferPointer, isLast: Bool) -> [UInt8] {
    var input = pending + raw
    var output: [UInt8] = []
    var consumed = 0
    input.withUnsafeMutableBytes { bytes in
      consumed = convert(bytes, isLast: isLast, into: &output)
    }
    pending = Array(input[consumed...])
    return output
  }

  private func convert(
    _ input: UnsafeMutableRawBufferPointer, isLast: Bool, into output: inout [UInt8]
  ) -> Int {
    // A unit of any of these encodings becomes at most three bytes.
    var space = [UInt8](repeating: 0, count: max(16, 3 * input.count))
    var done = 0
    while done < input.count {
      let (read, written, reason) = convertRun(input, from: done, into: &space)
      output += space[..<written]
      done += read
      if done == input.count { break }
      if reason == EINVAL && !isLast { break }
      // E2BIG cannot be: the space is large enough. So it is a unit that cannot be decoded.
      let isWhole = done + unitBytes <= input.count
      output.append(isWhole ? Transcoder.undecodable : Transcoder.halfUnit)
      done = min(input.count, done + unitBytes)
    }
    return done
  }

  private func convertRun(
    _ input: UnsafeMutableRawBufferPointer, from: Int, into space: inout [UInt8]
  ) -> (read: Int, written: Int, reason: Int32) {
    var inStart = input.baseAddress?.advanced(by: from).assumingMemoryBound(to: CChar.self)
    var inLeft = input.count - from
    let capacity = space.count
    var outLeft = capacity
    let status = space.withUnsafeMutableBytes { bytes in
      var outStart = bytes.baseAddress?.assumingMemoryBound(to: CChar.self)
      return iconv(descriptor, &inStart, &inLeft, &outStart, &outLeft)
    }
    // `size_t` is `Int` in Swift, so (size_t)-1 is just -1.
    let reason = status == -1 ? errno : 0
    return (input.count - from - inLeft, capacity - outLeft, reason)
  }
}

extension CharacterEncoding {
  /// How many raw bytes stand behind some transcoded ones.
  ///
  /// - Complexity: O(number of bytes), except for UTF-8.
  func rawBytes(of utf8: UnsafeBufferPointer<UInt8>) -> UInt64 {
    if self == .utf8 { return UInt64(utf8.count) }
    var scalars: UInt64 = 0
    var supplementary: UInt64 = 0
    var halves: UInt64 = 0
    for byte in utf8 where byte & 0xC0 != 0x80 {
      scalars += 1
      if byte >= 0xF0, byte < Transcoder.halfUnit { supplementary += 1 }
      if byte == Transcoder.halfUnit { halves += 1 }
    }
    return self == .utf16 ? 2 * (scalars + supplementary) - halves : scalars
  }
}
