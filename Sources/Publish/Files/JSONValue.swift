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
  package var document: String { String(decoding: documentBytes, as: UTF8.self) }

  /// The document in UTF-8.
  package var documentBytes: [UInt8] {
    var bytes: [UInt8] = []
    write(to: &bytes, indent: 0)
    bytes.append(UInt8(ascii: "\n"))
    return bytes
  }

  /// The value on one line.
  package var line: String {
    var bytes: [UInt8] = []
    write(to: &bytes, indent: nil)
    return String(decoding: bytes, as: UTF8.self)
  }

  private func write(to bytes: inout [UInt8], indent: Int?) {
    switch self {
    case .object(let members):
      JSONValue.writeItems(members, "{", "}", to: &bytes, indent: indent) { member, bytes, inner in
        JSONText.append(quoted: member.key, to: &bytes)
        bytes += ": ".utf8
        member.value.write(to: &bytes, indent: inner)
      }
    case .array(let items):
      JSONValue.writeItems(items, "[", "]", to: &bytes, indent: indent) { item, bytes, inner in
        item.write(to: &bytes, indent: inner)
      }
    case .string(let value): JSONText.append(quoted: value, to: &bytes)
    case .number(let value): bytes.append(utf8: value)
    case .bool(let value): bytes += (value ? "true" : "false").utf8
    case .null: bytes += "null".utf8
    }
  }

  private static func writeItems<Item>(
    _ items: [Item], _ open: Unicode.Scalar, _ close: Unicode.Scalar, to bytes: inout [UInt8],
    indent: Int?, writeItem: (Item, inout [UInt8], Int?) -> Void
  ) {
    bytes.append(UInt8(ascii: open))
    for (index, item) in items.enumerated() {
      if index > 0 { bytes += (indent == nil ? ", " : ",").utf8 }
      if let indent { startLine(indent + 1, &bytes) }
      writeItem(item, &bytes, indent.map { $0 + 1 })
    }
    if let indent, !items.isEmpty { startLine(indent, &bytes) }
    bytes.append(UInt8(ascii: close))
  }

  private static func startLine(_ indent: Int, _ bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "\n"))
    bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: 2 * indent))
  }

  /// The text in quotes, with quotes, backslashes and control characters escaped.
  package static func quoted(_ text: String) -> String {
    var bytes: [UInt8] = []
    JSONText.append(quoted: text, to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }
}
