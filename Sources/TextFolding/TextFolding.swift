/// Makes texts that people would call the same the same text.
///
/// Option texts, aliases and answers are compared after folding. The steps, in order: typographic
/// quotes and dashes become plain ones and zero-width characters go; NFKC; lower case; the first
/// step again, for what NFKC brought to light; runs of white space become one space.
package enum TextFolding {
  /// The folded form of `text`.
  ///
  /// - Complexity: O(length of the text); ASCII takes a fast path without Foundation.
  package static func fold(_ text: String) -> String {
    var text = text
    return text.withUTF8 { fold(utf8: $0) }
  }

  /// The folded form of a text given as its valid UTF-8 bytes.
  package static func fold(utf8 bytes: UnsafeBufferPointer<UInt8>) -> String {
    bytes.allSatisfy { $0 < 0x80 }
      ? foldASCII(bytes) : foldAny(String(decoding: bytes, as: UTF8.self))
  }

  private static func foldASCII(_ bytes: UnsafeBufferPointer<UInt8>) -> String {
    String(unsafeUninitializedCapacity: bytes.count) { target in
      var length = 0
      var spaceIsDue = false
      for byte in bytes {
        if WhiteSpace.isASCII(byte) {
          spaceIsDue = length > 0
          continue
        }
        if spaceIsDue {
          target[length] = UInt8(ascii: " ")
          length += 1
          spaceIsDue = false
        }
        target[length] = (0x41...0x5A).contains(byte) ? byte | 0x20 : byte
        length += 1
      }
      return length
    }
  }

  private static func foldAny(_ text: String) -> String {
    let plain = withPlainPunctuation(text.unicodeScalars)
    let normal = compatibilityForm(plain)
    let lower = lowerCase(Array(normal.unicodeScalars))
    return withSingleSpaces(withPlainPunctuation(lower).unicodeScalars)
  }

  /// Quotes and dashes as on a keyboard; zero-width characters dropped.
  private static func withPlainPunctuation(_ scalars: some Sequence<Unicode.Scalar>) -> String {
    var result = String.UnicodeScalarView()
    for scalar in scalars {
      switch scalar.value {
      case 0x2018, 0x2019, 0x201A, 0x2032: result.append("'")
      case 0x201C, 0x201D, 0x201E, 0x2033: result.append("\"")
      case 0x2010...0x2015, 0x2212: result.append("-")
      case 0x200B...0x200D, 0x2060, 0xFEFF: continue
      default: result.append(scalar)
      }
    }
    return String(result)
  }

  private static func withSingleSpaces(_ scalars: String.UnicodeScalarView) -> String {
    var result = String.UnicodeScalarView()
    for word in scalars.split(whereSeparator: WhiteSpace.contains) {
      if !result.isEmpty { result.append(" ") }
      result.append(contentsOf: word)
    }
    return String(result)
  }
}
