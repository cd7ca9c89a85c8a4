extension TextFolding {
  /// The text without white space at both ends.
  ///
  /// White space is what Unicode calls so, and the four separators U+001C…U+001F.
  package static func trim(_ text: String) -> String {
    var text = text
    return text.withUTF8 { bytes in
      String(decoding: UnsafeBufferPointer(rebasing: bytes[trimmedRange(bytes)]), as: UTF8.self)
    }
  }

  /// What `trim` leaves of a text given as its valid UTF-8 bytes.
  ///
  /// - Returns: a range of offsets; an empty one at the end when all is white space.
  /// - Complexity: O(number of bytes cut off); allocates nothing.
  package static func trimmedRange(_ bytes: UnsafeBufferPointer<UInt8>) -> Range<Int> {
    var low = 0
    var high = bytes.count
    while low < high {
      let width = WhiteSpace.width(startingAt: low, in: bytes)
      if width == 0 { break }
      low += width
    }
    while low < high {
      let width = WhiteSpace.width(endingAt: high, in: bytes, notBefore: low)
      if width == 0 { break }
      high -= width
    }
    return low..<high
  }
}

/// White space as scalars and as UTF-8.
enum WhiteSpace {
  static func contains(_ scalar: Unicode.Scalar) -> Bool {
    scalar.value < 0x80
      ? isASCII(UInt8(scalar.value)) : scalar.properties.isWhitespace
  }

  static func isASCII(_ byte: UInt8) -> Bool {
    byte == 0x20 || (0x09...0x0D).contains(byte) || (0x1C...0x1F).contains(byte)
  }

  /// How many bytes the white space character at `offset` takes; 0 when there is none.
  static func width(startingAt offset: Int, in bytes: UnsafeBufferPointer<UInt8>) -> Int {
    let first = bytes[offset]
    if first < 0x80 { return isASCII(first) ? 1 : 0 }
    if first == 0xC2, offset + 1 < bytes.count { return isLatin1(bytes[offset + 1]) ? 2 : 0 }
    if offset + 2 >= bytes.count { return 0 }
    return isThreeByte(first, bytes[offset + 1], bytes[offset + 2]) ? 3 : 0
  }

  /// The same for the character that ends before `end`, if it starts at `start` or later.
  static func width(
    endingAt end: Int, in bytes: UnsafeBufferPointer<UInt8>, notBefore start: Int
  ) -> Int {
    let last = bytes[end - 1]
    if last < 0x80 { return isASCII(last) ? 1 : 0 }
    if end - start >= 2, bytes[end - 2] == 0xC2 { return isLatin1(last) ? 2 : 0 }
    if end - start < 3 { return 0 }
    return isThreeByte(bytes[end - 3], bytes[end - 2], last) ? 3 : 0
  }

  /// U+0085 and U+00A0, after their lead byte C2.
  private static func isLatin1(_ second: UInt8) -> Bool { second == 0x85 || second == 0xA0 }

  /// U+1680, U+2000…U+200A, U+2028, U+2029, U+202F, U+205F and U+3000: all there is above Latin-1,
  /// and Unicode promises not to move them.
  private static func isThreeByte(_ first: UInt8, _ second: UInt8, _ third: UInt8) -> Bool {
    switch (first, second) {
    case (0xE1, 0x9A), (0xE3, 0x80): third == 0x80
    case (0xE2, 0x80): third <= 0x8A || third == 0xA8 || third == 0xA9 || third == 0xAF
    case (0xE2, 0x81): third == 0x9F
    default: false
    }
  }
}
