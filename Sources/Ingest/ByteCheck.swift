/// Checks that bytes are UTF-8 text without zero bytes.
package enum ByteCheck {
  /// True when all bytes are valid UTF-8 and none is zero. Many at a time while they are ASCII.
  ///
  /// - Complexity: O(number of bytes).
  package static func isTextWithoutNUL(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    firstFault(bytes) == nil
  }

  /// The offset of the first zero byte, or of the first byte of an invalid sequence.
  static func firstFault(_ bytes: UnsafeBufferPointer<UInt8>) -> Int? {
    guard let base = UnsafeRawPointer(bytes.baseAddress) else { return nil }
    var at = 0
    while at < bytes.count {
      while at &+ 32 <= bytes.count, isPlain(base + at, words: 4) { at &+= 32 }
      while at &+ 8 <= bytes.count, isPlain(base + at, words: 1) { at &+= 8 }
      if at == bytes.count { break }
      let length = sequenceLength(bytes, at)
      if length == 0 { return at }
      at &+= length
    }
    return nil
  }

  /// Words of ASCII without a zero byte.
  @inline(__always)
  private static func isPlain(_ bytes: UnsafeRawPointer, words: Int) -> Bool {
    var found: UInt64 = 0
    for place in 0..<words {
      let word = bytes.loadUnaligned(fromByteOffset: 8 &* place, as: UInt64.self)
      // The usual test for a zero byte is exact below 0x80.
      found |= word | (word &- 0x0101_0101_0101_0101)
    }
    return found & 0x8080_8080_8080_8080 == 0
  }

  /// The bytes of the character at a place; 0 where there is a zero byte, or no UTF-8.
  package static func characterLength(_ bytes: UnsafeBufferPointer<UInt8>, at place: Int) -> Int {
    sequenceLength(bytes, place)
  }

  /// The length of the well-formed sequence at `at`, by table 3-7 of the Unicode standard; 0: none.
  private static func sequenceLength(_ bytes: UnsafeBufferPointer<UInt8>, _ at: Int) -> Int {
    let first = bytes[at]
    if first < 0x80 { return first == 0 ? 0 : 1 }
    let (length, second): (Int, ClosedRange<UInt8>)
    switch first {
    case 0xC2...0xDF: (length, second) = (2, 0x80...0xBF)
    case 0xE0: (length, second) = (3, 0xA0...0xBF)
    case 0xED: (length, second) = (3, 0x80...0x9F)
    case 0xE1...0xEF: (length, second) = (3, 0x80...0xBF)
    case 0xF0: (length, second) = (4, 0x90...0xBF)
    case 0xF1...0xF3: (length, second) = (4, 0x80...0xBF)
    case 0xF4: (length, second) = (4, 0x80...0x8F)
    default: return 0
    }
    guard at + length <= bytes.count, second.contains(bytes[at + 1]) else { return 0 }
    for next in at + 2..<at + length where bytes[next] & 0xC0 != 0x80 { return 0 }
    return length
  }

  /// The reject for a record that holds a zero byte or an invalid sequence; nil when it holds none.
  static func reject(
    _ record: UnsafeBufferPointer<UInt8>, at position: RecordPosition, _ dialect: Dialect
  ) -> Reject? {
    guard let fault = firstFault(record) else { return nil }
    let before = UnsafeBufferPointer(rebasing: record[..<fault])
    return Reject(
      position: position, column: column(after: before, dialect),
      reason: record[fault] == 0 ? .nulByte : .invalidEncoding,
      detail: .byte(offset: position.byteOffset + dialect.encoding.rawBytes(of: before)))
  }

  /// The 1-based column that the bytes after `before` stand in: delimiters outside of quotes, where
  /// a doubled quote closes and opens again.
  private static func column(after before: UnsafeBufferPointer<UInt8>, _ dialect: Dialect) -> Int {
    var column = 1
    var isQuoted = false
    for byte in before {
      if byte == dialect.quote { isQuoted.toggle() }
      if byte == dialect.delimiter && !isQuoted { column += 1 }
    }
    return column
  }
}
