import Ingest

/// Writes records as RFC 4180 CSV with minimal quoting: comma, LF, no byte order mark.
package struct CSVRecord: ~Copyable {
  package private(set) var buffer = ByteBuffer()
  private var isFirst = true

  package init() {}

  /// All records so far.
  package var bytes: [UInt8] { buffer.withBytes { Array($0) } }

  package mutating func removeAll() {
    buffer.removeAll()
    isFirst = true
  }

  package mutating func append(_ cell: Cell) {
    switch cell {
    case .text(let text): appendField(text)
    case .answer(let text): appendField(FormulaGuard.guarded(text))
    case .integer(let value):
      startField()
      buffer.append(decimal: value)
    case .decimal(let text):
      startField()
      buffer.append(utf8: text)
    case .boolean(let value):
      startField()
      buffer.append(value)
    case .null: startField()
    }
  }

  /// - Parameter isQuoted: quotes even where RFC 4180 asks for none.
  package mutating func appendField(_ text: String, isQuoted: Bool = false) {
    text.withBytes { appendField($0, isQuoted: isQuoted) }
  }

  private mutating func appendField(_ utf8: UnsafeBufferPointer<UInt8>, isQuoted: Bool) {
    startField()
    if isQuoted || utf8.contains(where: CSVRecord.wantsQuotes) {
      appendQuoted(utf8)
    } else {
      buffer.append(utf8)
    }
  }

  /// Appends a respondent's text, guarded against being taken for a formula.
  package mutating func appendAnswer(_ utf8: UnsafeBufferPointer<UInt8>) {
    if !FormulaGuard.wants(utf8) { return appendField(utf8, isQuoted: false) }
    appendField(FormulaGuard.guarded(String(decoding: utf8, as: UTF8.self)))
  }

  /// Appends what other records of this kind made of a cell.
  package mutating func append(made field: [UInt8]) {
    startField()
    buffer.append(field)
  }

  package mutating func append(integer: UInt64) {
    startField()
    buffer.append(decimal: integer)
  }

  /// Appends a number of millionths with its six decimals.
  package mutating func append(millionths: UInt64) {
    startField()
    buffer.append(decimal: millionths / 1_000_000)
    buffer.append(UInt8(ascii: "."))
    var divisor: UInt64 = 100_000
    while divisor > 0 {
      buffer.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: millionths / divisor % 10))
      divisor /= 10
    }
  }

  /// A cell as it stands in a record.
  package static func field(_ cell: Cell) -> [UInt8] {
    var csv = CSVRecord()
    csv.append(cell)
    return csv.bytes
  }

  private mutating func startField() {
    if !isFirst { buffer.append(UInt8(ascii: ",")) }
    isFirst = false
  }

  private mutating func appendQuoted(_ utf8: UnsafeBufferPointer<UInt8>) {
    buffer.append(UInt8(ascii: "\""))
    for byte in utf8 {
      if byte == UInt8(ascii: "\"") { buffer.append(byte) }
      buffer.append(byte)
    }
    buffer.append(UInt8(ascii: "\""))
  }

  package mutating func endRecord() {
    buffer.append(UInt8(ascii: "\n"))
    isFirst = true
  }

  private static func wantsQuotes(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: ",") || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\n")
      || byte == UInt8(ascii: "\r")
  }
}
