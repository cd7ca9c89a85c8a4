import SystemCalls

/// The rows of a CSV file that a run published, one at a time, in memory that does not depend on the
/// file.
struct PublishedRows {
  /// A row, asked by the names of its columns.
  struct Row {
    fileprivate let places: [String: Int]
    fileprivate let fields: [String]

    subscript(name: String) -> String {
      guard let place = places[name], place < fields.count else { return "" }
      return fields[place]
    }

    func number(_ name: String) -> Double? { Double(self[name]) }
  }

  private static let blockBytes = 256 << 10
  private var fields: [String] = []
  private var field: [UInt8] = []
  private var isQuoted = false
  private var last: UInt8 = 0
  private var places: [String: Int] = [:]

  /// - Parameter body: says whether more rows are wanted.
  static func read(
    _ path: String, _ body: (Row) -> Bool
  ) throws(ComparisonFailure) {
    var rows = PublishedRows()
    do throws(SystemCallError) {
      let descriptor = try SystemCalls.openForReading(path)
      defer { try? SystemCalls.closeFile(descriptor, path: path) }
      let block = UnsafeMutableRawBufferPointer.allocate(byteCount: blockBytes, alignment: 16)
      defer { block.deallocate() }
      while true {
        let count = try SystemCalls.read(descriptor, into: block, path: path)
        if count == 0 { break }
        if !rows.take(UnsafeRawBufferPointer(rebasing: block[..<count]), body) { return }
      }
    } catch {
      throw .cannotRead(error)
    }
    if rows.isQuoted || !rows.fields.isEmpty || rows.places.isEmpty { throw .damaged(path: path) }
  }

  /// A quote that is doubled closes the field and opens it again.
  private mutating func take(_ bytes: UnsafeRawBufferPointer, _ body: (Row) -> Bool) -> Bool {
    for byte in bytes {
      switch byte {
      case UInt8(ascii: "\""):
        isQuoted.toggle()
        if isQuoted, last == byte { field.append(byte) }
      case UInt8(ascii: ",") where !isQuoted: endField()
      case UInt8(ascii: "\n") where !isQuoted:
        endField()
        if !endRecord(body) { return false }
      // Sets for spreadsheets end their lines with both.
      case UInt8(ascii: "\r") where !isQuoted: break
      default: field.append(byte)
      }
      last = byte
    }
    return true
  }

  private mutating func endField() {
    fields.append(String(decoding: field, as: UTF8.self))
    field.removeAll(keepingCapacity: true)
  }

  private mutating func endRecord(_ body: (Row) -> Bool) -> Bool {
    defer { fields.removeAll(keepingCapacity: true) }
    if places.isEmpty {
      if let first = fields.first, first.unicodeScalars.first == "\u{FEFF}" {
        fields[0] = String(String.UnicodeScalarView(first.unicodeScalars.dropFirst()))
      }
      // A segment may be called as one of our columns; ours is the last of the name.
      places = Dictionary(fields.enumerated().map { ($1, $0) }) { $1 }
      return true
    }
    return body(Row(places: places, fields: fields))
  }
}
