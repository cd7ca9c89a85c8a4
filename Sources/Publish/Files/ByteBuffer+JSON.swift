/// Texts as JSON has them.
extension ByteBuffer {
  /// Appends the text in quotes, with quotes, backslashes and control characters escaped.
  mutating func append(quoted text: String) {
    text.withBytes { utf8 in
      append(UInt8(ascii: "\""))
      if utf8.contains(where: ByteBuffer.isEscaped) {
        for byte in utf8 { append(escaping: byte) }
      } else {
        append(utf8)
      }
      append(UInt8(ascii: "\""))
    }
  }

  private static func isEscaped(_ byte: UInt8) -> Bool {
    byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") || byte == 0x7F
  }

  private mutating func append(escaping byte: UInt8) {
    if !ByteBuffer.isEscaped(byte) { return append(byte) }
    append(UInt8(ascii: "\\"))
    switch byte {
    case UInt8(ascii: "\n"): append(UInt8(ascii: "n"))
    case UInt8(ascii: "\r"): append(UInt8(ascii: "r"))
    case UInt8(ascii: "\t"): append(UInt8(ascii: "t"))
    case UInt8(ascii: "\""), UInt8(ascii: "\\"): append(byte)
    default:
      append("u00")
      append(ByteBuffer.hexadecimal(byte >> 4))
      append(ByteBuffer.hexadecimal(byte & 15))
    }
  }

  private static func hexadecimal(_ digit: UInt8) -> UInt8 {
    digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10
  }
}
