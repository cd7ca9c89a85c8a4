import Ingest

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The first bytes of an input as UTF-8, and how they came to be it.
struct Sample: Sendable {
  /// Without byte order mark. What cannot be decoded is U+FFFD, or as it was in UTF-8.
  let bytes: [UInt8]
  let isWhole: Bool
  let encoding: CharacterEncoding
  let basis: EncodingBasis

  /// - Throws: ``DetectionError`` for text in an encoding that has to be converted first.
  init(
    _ start: [UInt8], isWhole: Bool, declared: CharacterEncoding?
  ) throws(DetectionError) {
    let marked = ByteOrderMark(start)
    if marked?.name.hasPrefix("UTF-32") ?? false { throw .unsupportedEncoding("UTF-32") }
    self.isWhole = isWhole
    (encoding, basis) = try Sample.encoding(start, marked, declared)
    let text = start.dropFirst(marked?.length ?? 0)
    bytes = Sample.utf8(text, encoding, isBigEndian: marked?.name == "UTF-16BE")
  }

  private static func encoding(
    _ start: [UInt8], _ marked: ByteOrderMark?, _ declared: CharacterEncoding?
  ) throws(DetectionError) -> (CharacterEncoding, EncodingBasis) {
    if let declared { return (declared, .declared) }
    if let marked { return (marked.name == "UTF-8" ? .utf8 : .utf16, .byteOrderMark) }
    switch ZeroBytes(start) {
    // Without a mark the system's iconv takes UTF-16 for little-endian here.
    case .utf16Little: return (.utf16, .zeroBytes)
    case .utf16Big: throw .unsupportedEncoding("UTF-16BE")
    case .utf32: throw .unsupportedEncoding("UTF-32")
    case nil: return (.utf8, .assumed)
    }
  }

  private static func utf8(
    _ text: ArraySlice<UInt8>, _ encoding: CharacterEncoding, isBigEndian: Bool
  ) -> [UInt8] {
    switch encoding {
    case .utf8: return Array(text)
    case .utf16: return utf16(Array(text), isBigEndian)
    case .windows1252: return text.flatMap { SingleByteTable.windows1252[Int($0)] }
    case .latin1: return text.flatMap { SingleByteTable.latin1[Int($0)] }
    case .macRoman: return text.flatMap { SingleByteTable.macRoman[Int($0)] }
    }
  }

  private static func utf16(_ text: [UInt8], _ isBigEndian: Bool) -> [UInt8] {
    let units = stride(from: 0, to: text.count - 1, by: 2).map { at in
      let (first, second) = (UInt16(text[at]), UInt16(text[at + 1]))
      return isBigEndian ? first << 8 | second : second << 8 | first
    }
    return Array(String(decoding: units, as: UTF16.self).utf8)
  }
}

/// The mark that some programs put before a text.
private struct ByteOrderMark {
  let name: String
  let length: Int

  /// UTF-32's little-endian mark begins with UTF-16's, so it is looked for first.
  init?(_ start: [UInt8]) {
    let marks: [(bytes: [UInt8], name: String)] = [
      ([0xFF, 0xFE, 0, 0], "UTF-32LE"), ([0, 0, 0xFE, 0xFF], "UTF-32BE"),
      ([0xEF, 0xBB, 0xBF], "UTF-8"), ([0xFF, 0xFE], "UTF-16LE"), ([0xFE, 0xFF], "UTF-16BE"),
    ]
    guard let mark = marks.first(where: { start.starts(with: $0.bytes) }) else { return nil }
    (name, length) = (mark.name, mark.bytes.count)
  }
}

/// Wide encodings without a mark: ASCII text leaves zeros in the same places of every unit.
private enum ZeroBytes {
  case utf16Little, utf16Big, utf32

  /// Text in UTF-8 or a single-byte encoding holds no zeros at all, so the first units decide.
  init?(_ start: [UInt8]) {
    let head = Array(start.prefix(64))
    guard head.count >= 8, head.contains(0) else { return nil }
    let zeros = (0..<4).map { place in
      stride(from: place, to: head.count - head.count % 4, by: 4).allSatisfy { head[$0] == 0 }
    }
    switch zeros {
    case [false, true, true, true], [true, true, true, false]: self = .utf32
    case [false, true, false, true]: self = .utf16Little
    case [true, false, true, false]: self = .utf16Big
    default: return nil
    }
  }
}

/// Single-byte encodings, each byte as UTF-8: by the system's iconv, as the reader decodes them.
enum SingleByteTable {
  static let windows1252 = table("CP1252")
  static let latin1 = table("ISO-8859-1")
  static let macRoman = table("MACINTOSH")

  /// U+FFFD for what stands for nothing.
  private static func table(_ name: String) -> [[UInt8]] {
    let unknown = Array("\u{FFFD}".utf8)
    guard let descriptor = iconv_open("UTF-8", name), Int(bitPattern: descriptor) != -1 else {
      return Array(repeating: unknown, count: 256)
    }
    defer { iconv_close(descriptor) }
    return (UInt8.min...UInt8.max).map { convert($0, descriptor) ?? unknown }
  }

  private static func convert(_ byte: UInt8, _ descriptor: iconv_t) -> [UInt8]? {
    var input = [CChar(bitPattern: byte)]
    var output = [CChar](repeating: 0, count: 8)
    var (inputLeft, outputLeft) = (input.count, output.count)
    let status = input.withUnsafeMutableBufferPointer { from in
      output.withUnsafeMutableBufferPointer { to in
        var (source, target) = (from.baseAddress, to.baseAddress)
        return iconv(descriptor, &source, &inputLeft, &target, &outputLeft)
      }
    }
    // (size_t)-1, which Swift imports as -1.
    if status == -1 { return nil }
    return output.prefix(output.count - outputLeft).map { UInt8(bitPattern: $0) }
  }
}
