/// The few YAML forms that a survey file of ours needs.
enum YAML {
  /// A double-quoted scalar, which can hold any text and is never taken for a number or a null.
  static func text(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      case "\u{0}"..<"\u{20}", "\u{7F}"..."\u{A0}", "\u{2028}", "\u{2029}", "\u{FEFF}":
        let code = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - code.count) + code
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }

  static func list(_ texts: some Sequence<String>) -> String {
    "[" + texts.map(text).joined(separator: ", ") + "]"
  }

  /// A mapping with values that are YAML already; the first of several equal keys stands.
  static func mapping(_ pairs: [(key: String, value: String)]) -> String {
    var seen: Set<String> = []
    let items = pairs.filter { seen.insert($0.key).inserted }
    return "{" + items.map { "\(text($0.key)): \($0.value)" }.joined(separator: ", ") + "}"
  }
}
