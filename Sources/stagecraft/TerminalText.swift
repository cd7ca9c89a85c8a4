/// Text on its way to a terminal: no file name, header or answer can move the cursor, turn a line
/// around or look like a line of ours.
///
/// Everything that is written for people goes through here; what is written for programs does not.
enum TerminalText {
  /// One line, whatever is in the text.
  static func line(_ text: String) -> String { escaped(text, keepsLineFeeds: false, swiftCode) }

  /// A text whose line feeds are ours.
  static func report(_ text: String) -> String { escaped(text, keepsLineFeeds: true, swiftCode) }

  /// One line of JSON, which stays the same value: outside of its strings there is only ASCII.
  static func json(_ line: String) -> String { escaped(line, keepsLineFeeds: false, jsonCode) }

  private static func escaped(
    _ text: String, keepsLineFeeds: Bool, _ code: (Unicode.Scalar) -> String
  ) -> String {
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      if isHarmless(scalar) || (keepsLineFeeds && scalar == "\n") {
        result.append(scalar)
      } else {
        result.append(contentsOf: code(scalar).unicodeScalars)
      }
    }
    return String(result)
  }

  /// Not C0 and C1 controls, line and paragraph separators, and marks that change the direction.
  private static func isHarmless(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x20...0x7E: true
    case 0x061C, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069: false
    default: scalar.properties.generalCategory != .control
    }
  }

  private static func swiftCode(_ scalar: Unicode.Scalar) -> String {
    "\\u{\(String(scalar.value, radix: 16))}"
  }

  /// All of them are below U+10000.
  private static func jsonCode(_ scalar: Unicode.Scalar) -> String {
    let code = String(scalar.value, radix: 16)
    return "\\u" + String(repeating: "0", count: 4 - code.count) + code
  }
}
