import Ingest
import Publish

extension TableRows {
  /// A table from the CSV that a run published: header once, comma, quotes where they are needed.
  ///
  /// - Parameter types: of the columns, in the words of the Data Package standard.
  /// - Returns: nil where it is no such CSV.
  init?(published bytes: [UInt8], types: [String]) {
    var reader = PublishedCSV(bytes)
    guard let columns = reader.nextRecord(), columns.count == types.count else { return nil }
    var rows: [[Cell]] = []
    while let record = reader.nextRecord() {
      if record.count != columns.count { return nil }
      rows.append(zip(record, types).map(TableRows.cell))
    }
    if reader.isBroken { return nil }
    self.init(columns: columns, rows: rows)
  }

  private static func cell(_ field: String, _ type: String) -> Cell {
    if field.isEmpty { return .null }
    switch type {
    case "integer": return UInt64(field).map { .integer($0) } ?? .text(field)
    case "number": return .decimal(field)
    case "boolean": return .boolean(field == "true")
    default: return .text(FormulaGuard.dropped(field))
    }
  }
}

/// Reads records as ``CSVRecord`` writes them; line ends may be CRLF, and a byte order mark may be
/// there, as in what is made for spreadsheets.
private struct PublishedCSV {
  private let bytes: [UInt8]
  private var place = 0
  /// Whether a quote had no end, or something stood behind it.
  private(set) var isBroken = false

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { place = 3 }
  }

  mutating func nextRecord() -> [String]? {
    if place >= bytes.count || isBroken { return nil }
    var fields: [String] = []
    while true {
      fields.append(
        place < bytes.count && bytes[place] == UInt8(ascii: "\"") ? quotedField() : plainField())
      if place < bytes.count, bytes[place] == UInt8(ascii: ",") {
        place += 1
        continue
      }
      endRecord()
      return isBroken ? nil : fields
    }
  }

  private mutating func plainField() -> String {
    let start = place
    while place < bytes.count, !PublishedCSV.ends.contains(bytes[place]) { place += 1 }
    return String(decoding: bytes[start..<place], as: UTF8.self)
  }

  private static let ends: [UInt8] = [UInt8(ascii: ","), UInt8(ascii: "\n"), UInt8(ascii: "\r")]

  private mutating func quotedField() -> String {
    var text: [UInt8] = []
    place += 1
    while place < bytes.count {
      let byte = bytes[place]
      place += 1
      if byte != UInt8(ascii: "\"") {
        text.append(byte)
      } else if place < bytes.count, bytes[place] == byte {
        text.append(byte)
        place += 1
      } else {
        return String(decoding: text, as: UTF8.self)
      }
    }
    isBroken = true
    return ""
  }

  private mutating func endRecord() {
    if place >= bytes.count { return }
    if bytes[place] == UInt8(ascii: "\r") { place += 1 }
    if place < bytes.count, bytes[place] == UInt8(ascii: "\n") {
      place += 1
    } else {
      isBroken = true
    }
  }
}
