/// A JSON document with its keys in the order they were given.
package enum JSONValue: Sendable {
  case object([(key: String, value: JSONValue)])
  case array([JSONValue])
  case string(String)
  /// A number as it is to be printed.
  case number(String)
  case bool(Bool)
  case null

  package static func integer(_ value: some BinaryInteger) -> JSONValue { .number(String(value)) }
  package static func optional(_ text: String?) -> JSONValue { text.map { .string($0) } ?? .null }
  package static func strings(_ texts: some Sequence<String>) -> JSONValue {
    .array(texts.map { .string($0) })
  }

  /// The document, indented by two spaces a level, with a final line end.
  package var document: String {
    var text = ""
    write(to: &text, indent: 0)
    return text + "\n"
  }

  /// The value on one line.
  package var line: String {
    var text = ""
    write(to: &text, indent: nil)
    return text
  }

  private func write(to text: inout String, indent: Int?) {
    switch self {
    case .object(let members):
      JSONValue.writeItems(members, "{", "}", to: &text, indent: indent) { member, text, inner in
        text += JSONValue.quoted(member.key) + ": "
        member.value.write(to: &text, indent: inner)
      }
    case .array(let items):
      JSONValue.writeItems(items, "[", "]", to: &text, indent: indent) { item, text, inner in
        item.write(to: &text, indent: inner)
      }
    case .string(let value): text += JSONValue.quoted(value)
    case .number(let value): text += value
    case .bool(let value): text += value ? "true" : "false"
    case .null: text += "null"
    }
  }

  private static func writeItems<Item>(
    _ items: [Item], _ open: String, _ close: String, to text: inout String, indent: Int?,
    writeItem: (Item, inout String, Int?) -> Void
  ) {
    text += open
    for (index, item) in items.enumerated() {
      if index > 0 { text += indent == nil ? ", " : "," }
      if let indent { text += "\n" + String(repeating: "  ", count: indent + 1) }
      writeItem(item, &text, indent.map { $0 + 1 })
    }
    if let indent, !items.isEmpty { text += "\n" + String(repeating: "  ", count: indent) }
    text += close
  }

  /// The text in quotes, with quotes, backslashes and control characters escaped.
  package static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      case "\u{0}"..<"\u{20}", "\u{7F}":
        let code = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - code.count) + code
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}
