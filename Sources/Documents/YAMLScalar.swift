/// Writes texts as YAML, whatever is in them; what is written is read back as the same text.
package enum YAMLScalar {
  /// The text in double quotes, on one line, with everything escaped that YAML does not print.
  package static func quoted(_ text: String) -> String {
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
          result += escape(scalar)
        }
      }
    }
    return result + "\""
  }

  /// A list on one line.
  package static func list(_ texts: some Sequence<String>) -> String {
    "[" + texts.map(quoted).joined(separator: ", ") + "]"
  }

  private static func isPlain(_ scalar: Unicode.Scalar) -> Bool {
    if scalar == " " { return true }
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .unassigned, .privateUse:
      return false
    default: return !scalar.properties.isWhitespace
    }
  }

  private static func escape(_ scalar: Unicode.Scalar) -> String {
    let code = String(scalar.value, radix: 16, uppercase: true)
    let digits = scalar.value > 0xFFFF ? 8 : 4
    return (digits == 8 ? "\\U" : "\\u") + String(repeating: "0", count: digits - code.count) + code
  }
}
