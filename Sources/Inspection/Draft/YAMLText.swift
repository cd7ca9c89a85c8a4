/// Writes texts of an export as YAML, whatever is in them.
enum YAMLText {
  /// The text in double quotes, on one line, with everything escaped that YAML does not print.
  static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\t": result += "\\t"
      case "\r": result += "\\r"
      default:
        if isPlain(scalar) {
          result.unicodeScalars.append(scalar)
        } else {
          let code = String(scalar.value, radix: 16, uppercase: true)
          let digits = scalar.value > 0xFFFF ? 8 : 4
          result += digits == 8 ? "\\U" : "\\u"
          result += String(repeating: "0", count: digits - code.count) + code
        }
      }
    }
    return result + "\""
  }

  private static func isPlain(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.value == 0x20 { return true }
    return !TextShape.isUnprintable(scalar) && !scalar.properties.isWhitespace
      && scalar.value != 0xFFFE && scalar.value != 0xFFFF
  }

  /// A list on one line.
  static func list(_ texts: [String]) -> String {
    "[" + texts.map(quoted).joined(separator: ", ") + "]"
  }

  /// For a comment: one line, nothing that moves a cursor, not endless.
  static func comment(_ text: String, limit: Int = 90) -> String {
    TextLayout.shortened(TextShape.singleLine(text), limit)
  }

  /// A snake_case name made of a text's first words.
  static func id(_ text: String, words limit: Int, keepsAll: Bool = false) -> String {
    var words: [String] = []
    for word in QuestionWords(text).text.split(whereSeparator: { $0 == " " || $0 == "/" }) {
      let plain = word.filter { $0.isASCII && ($0.isLetter || $0.isNumber) }
      if plain.isEmpty || (!keepsAll && stopWords.contains(plain)) { continue }
      words.append(plain)
    }
    let id = words.prefix(limit).joined(separator: "_")
    guard let first = id.first else { return "question" }
    return String((first.isLetter ? id : "q_" + id).prefix(48))
  }

  private static let stopWords: Set = [
    "a", "an", "the", "of", "do", "does", "you", "your", "which", "what", "is", "are", "to", "in",
    "on", "at", "for", "following", "that", "apply", "all", "select", "or", "and", "with", "use",
    "used", "have", "has", "been", "please", "any", "currently", "using", "how", "check",
  ]
}
