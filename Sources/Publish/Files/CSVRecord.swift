/// Writes records as RFC 4180 CSV with minimal quoting: comma, LF, no byte order mark.
package struct CSVRecord {
  package private(set) var bytes: [UInt8] = []
  private var isFirst = true

  package init() {}

  package mutating func removeAll() {
    bytes.removeAll(keepingCapacity: true)
    isFirst = true
  }

  package mutating func append(_ cell: Cell) {
    switch cell {
    case .text(let text): appendField(text)
    case .answer(let text): appendField(guardedAgainstFormulas(text))
    case .integer(let value):
      startField()
      bytes.append(decimal: value)
    case .decimal(let text):
      startField()
      bytes.append(utf8: text)
    case .boolean(let value):
      startField()
      bytes += (value ? "true" : "false").utf8
    case .null: startField()
    }
  }

  /// - Parameter isQuoted: quotes even where RFC 4180 asks for none.
  package mutating func appendField(_ text: String, isQuoted: Bool = false) {
    startField()
    var text = text
    text.withUTF8 { utf8 in
      if isQuoted || utf8.contains(where: CSVRecord.wantsQuotes) {
        appendQuoted(utf8)
      } else {
        bytes.append(contentsOf: utf8)
      }
    }
  }

  private mutating func startField() {
    if !isFirst { bytes.append(UInt8(ascii: ",")) }
    isFirst = false
  }

  private mutating func appendQuoted(_ utf8: UnsafeBufferPointer<UInt8>) {
    bytes.append(UInt8(ascii: "\""))
    for byte in utf8 {
      if byte == UInt8(ascii: "\"") { bytes.append(byte) }
      bytes.append(byte)
    }
    bytes.append(UInt8(ascii: "\""))
  }

  package mutating func endRecord() {
    bytes.append(UInt8(ascii: "\n"))
    isFirst = true
  }

  private static func wantsQuotes(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: ",") || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\n")
      || byte == UInt8(ascii: "\r")
  }
}

/// Text with a leading `'` where a spreadsheet would take it for a formula.
///
/// The rule is OWASP's for CSV injection; it is for text from respondents only, never for numbers,
/// and is undone by dropping one `'` before `= + - @`, TAB, CR or LF.
package func guardedAgainstFormulas(_ text: String) -> String {
  switch text.utf8.first {
  case UInt8(ascii: "="), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "@"), 0x09, 0x0D,
    0x0A:
    "'" + text
  default: text
  }
}
