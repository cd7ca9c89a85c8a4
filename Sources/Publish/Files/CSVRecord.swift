import Ingest

/// Writes records as RFC 4180 CSV: with commas, and quotes and line ends of a profile.
package struct CSVRecord: ~Copyable {
  package private(set) var buffer = ByteBuffer()
  private var isFirst = true
  private let profile: CSVProfile

  package init(_ profile: CSVProfile = .bi) { self.profile = profile }

  /// The first record of a file, with what stands before it.
  package static func header(_ names: [String], _ profile: CSVProfile) -> [UInt8] {
    var csv = CSVRecord(profile)
    for name in names { csv.append(.text(name)) }
    csv.endRecord()
    return profile.start + csv.bytes
  }

  /// All records so far.
  package var bytes: [UInt8] { buffer.withBytes { Array($0) } }

  package mutating func removeAll() {
    buffer.removeAll()
    isFirst = true
  }

  package mutating func append(_ cell: Cell) {
    switch cell {
    case .text(let text): appendText(text)
    case .answer(let text): appendText(FormulaGuard.guarded(text))
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

  /// What is empty is null, so it gets no quotes anywhere.
  private mutating func appendText(_ text: String) {
    appendField(text, isQuoted: profile.quotesTexts && !text.isEmpty)
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
    if !FormulaGuard.wants(utf8) {
      return appendField(utf8, isQuoted: profile.quotesTexts && !utf8.isEmpty)
    }
    appendText(FormulaGuard.guarded(String(decoding: utf8, as: UTF8.self)))
  }

  /// Appends what other records of this kind made of a cell.
  package mutating func append(made field: [UInt8]) {
    startField()
    buffer.append(field)
  }

  /// Appends a list of ids, which RFC 4180 asks no quotes for.
  package mutating func append(ids: [UInt8]) {
    startField()
    let isQuoted = profile.quotesTexts && !ids.isEmpty
    if isQuoted { buffer.append(UInt8(ascii: "\"")) }
    buffer.append(ids)
    if isQuoted { buffer.append(UInt8(ascii: "\"")) }
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
  package static func field(_ cell: Cell, _ profile: CSVProfile) -> [UInt8] {
    var csv = CSVRecord(profile)
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
    if profile.endsLinesWithCR { buffer.append(UInt8(ascii: "\r")) }
    buffer.append(UInt8(ascii: "\n"))
    isFirst = true
  }

  private static func wantsQuotes(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: ",") || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\n")
      || byte == UInt8(ascii: "\r")
  }
}
