/// A JSON document with its keys in the order they were given.
package enum JSONValue: Sendable {
  case object([(key: String, value: JSONValue)])
  case array([JSONValue])
  case string(String)
  /// A number as it is to be printed.
  case number(String)
  case bool(Bool)
  case null
  /// On one line, wherever it stands.
  indirect case compact(JSONValue)

  package static func integer(_ value: some BinaryInteger) -> JSONValue { .number(String(value)) }
  package static func optional(_ number: UInt64?) -> JSONValue {
    number.map { .number(String($0)) } ?? .null
  }
  package static func optional(_ text: String?) -> JSONValue { text.map { .string($0) } ?? .null }
  package static func strings(_ texts: some Sequence<String>) -> JSONValue {
    .array(texts.map { .string($0) })
  }

  /// The document, indented by two spaces a level, with a final line end.
  package var document: String {
    documentBytes().withBytes { String(decoding: $0, as: UTF8.self) }
  }

  /// The document in UTF-8.
  func documentBytes() -> ByteBuffer {
    var bytes = ByteBuffer()
    write(to: &bytes, indent: 0)
    bytes.append(UInt8(ascii: "\n"))
    return bytes
  }

  /// The value on one line.
  package var line: String {
    var bytes = ByteBuffer()
    write(to: &bytes, indent: nil)
    return bytes.withBytes { String(decoding: $0, as: UTF8.self) }
  }

  private func write(to bytes: inout ByteBuffer, indent: Int?) {
    switch self {
    case .object(let members):
      JSONValue.writeItems(members, "{", "}", to: &bytes, indent: indent) { member, bytes, inner in
        bytes.append(quoted: member.key)
        bytes.append(": ")
        member.value.write(to: &bytes, indent: inner)
      }
    case .array(let items):
      JSONValue.writeItems(items, "[", "]", to: &bytes, indent: indent) { item, bytes, inner in
        item.write(to: &bytes, indent: inner)
      }
    case .string(let value): bytes.append(quoted: value)
    case .number(let value): bytes.append(utf8: value)
    case .bool(let value): bytes.append(value)
    case .null: bytes.append("null")
    case .compact(let value): value.write(to: &bytes, indent: nil)
    }
  }

  private static func writeItems<Item>(
    _ items: [Item], _ open: Unicode.Scalar, _ close: Unicode.Scalar, to bytes: inout ByteBuffer,
    indent: Int?, writeItem: (Item, inout ByteBuffer, Int?) -> Void
  ) {
    bytes.append(UInt8(ascii: open))
    for (index, item) in items.enumerated() {
      if index > 0 { bytes.append(indent == nil ? ", " : ",") }
      if let indent { startLine(indent + 1, &bytes) }
      writeItem(item, &bytes, indent.map { $0 + 1 })
    }
    if let indent, !items.isEmpty { startLine(indent, &bytes) }
    bytes.append(UInt8(ascii: close))
  }

  private static func startLine(_ indent: Int, _ bytes: inout ByteBuffer) {
    bytes.append(UInt8(ascii: "\n"))
    for _ in 0..<indent { bytes.append("  ") }
  }

  /// The text in quotes, with quotes, backslashes and control characters escaped.
  package static func quoted(_ text: String) -> String {
    var bytes = ByteBuffer()
    bytes.append(quoted: text)
    return bytes.withBytes { String(decoding: $0, as: UTF8.self) }
  }
}
