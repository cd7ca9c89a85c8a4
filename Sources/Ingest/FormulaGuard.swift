/// The `'` that stands before a text which a spreadsheet would take for a formula.
///
/// The rule is OWASP's for CSV injection: `= + - @`, the same four in full width, TAB, CR and LF. It is
/// for texts that others wrote, never for numbers.
package enum FormulaGuard {
  /// Whether a spreadsheet would take a text that starts like this for a formula.
  package static func wants(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let first = text.first else { return false }
    switch first {
    case UInt8(ascii: "="), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "@"), 0x09, 0x0A,
      0x0D:
      return true
    case 0xEF: return isFullWidth(text)
    default: return false
    }
  }

  /// U+FF1D, U+FF0B, U+FF0D and U+FF20.
  static func isFullWidth(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    guard text.count >= 3, text[1] == 0xBC else { return false }
    return [0x9D, 0x8B, 0x8D, 0xA0].contains(text[2])
  }

  /// Whether a text starts with a guard.
  static func stands(before text: UnsafeBufferPointer<UInt8>) -> Bool {
    text.first == UInt8(ascii: "'") && wants(UnsafeBufferPointer(rebasing: text.dropFirst()))
  }

  /// The text with its guard, where it wants one.
  package static func guarded(_ text: String) -> String {
    var text = text
    return text.withUTF8(wants) ? "'" + text : text
  }

  /// The text without its guard, where it has one.
  package static func dropped(_ text: String) -> String {
    var text = text
    return text.withUTF8(stands) ? String(text.dropFirst()) : text
  }
}
