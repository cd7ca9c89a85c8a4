@testable import Ingest

/// The slow reference: libcsv's documented states over a whole array, with stagecraft's rules for
/// what libcsv passes over in silence. Shares no code with the scanner.
///
/// The rules: text after a closing quote is accepted only if the field closes on the same line; a
/// refused record is refused once, and reading goes on in the line after the one on which the
/// quote to blame was opened.
struct ReferenceParser {
  let bytes: [UInt8]
  let delimiter: UInt8
  let limits: IngestLimits
  let isStrict: Bool

  struct Result: Equatable {
    var records: [Reading.Record] = []
    var rejects: [Reject] = []
  }

  init(_ bytes: [UInt8], _ mode: ReadingMode) {
    self.bytes = bytes
    delimiter = mode.dialect.delimiter
    limits = mode.limits
    isStrict = mode.dialect.isStrict
  }

  func parse() -> Result {
    var result = Result()
    var at = 0
    while let start = lineWithRecord(from: at) {
      var walk = ReferenceWalk(parser: self, start: start)
      walk.run()
      let number = UInt64(result.records.count + result.rejects.count + 1)
      let position = RecordPosition(
        record: number, line: line(of: start), byteOffset: UInt64(start))
      if let fault = walk.fault ?? (isStrict ? walk.irregularity : nil) {
        result.rejects.append(reject(fault, position))
      } else {
        let fields = walk.fields.map { String(decoding: $0, as: UTF8.self) }
        result.records.append(.init(position: position, fields: fields))
      }
      at = walk.next
    }
    return result
  }

  private func reject(_ fault: ReferenceWalk.Fault, _ position: RecordPosition) -> Reject {
    Reject(
      position: position, column: fault.field + 1, reason: fault.reason, detail: fault.detail(self))
  }

  /// The start of the first line at or after `from` that holds more than spaces.
  private func lineWithRecord(from: Int) -> Int? {
    var start = from
    while start < bytes.count {
      let content = bytes[start..<lineEnd(start)]
      // A line of spaces that is longer than a record may be is no blank line.
      if content.contains(where: { !isSpace($0) }) || content.count > limits.recordBytes {
        return start
      }
      start = nextLine(start)
    }
    return nil
  }

  private func lineEnd(_ at: Int) -> Int {
    bytes[at...].firstIndex { $0 == 10 || $0 == 13 } ?? bytes.count
  }

  /// The start of the line after the one that holds `at`.
  func nextLine(_ at: Int) -> Int {
    let end = lineEnd(at)
    if end == bytes.count { return end }
    return bytes[end] == 13 && end + 1 < bytes.count && bytes[end + 1] == 10 ? end + 2 : end + 1
  }

  /// The physical line of an offset: CR LF is one line end.
  func line(of offset: Int) -> UInt64 {
    var line: UInt64 = 1
    for place in 0..<offset {
      let followsCR = place > 0 && bytes[place - 1] == 13
      if bytes[place] == 13 || bytes[place] == 10 && !followsCR { line += 1 }
    }
    return line
  }

  func isSpace(_ byte: UInt8) -> Bool { (byte == 32 || byte == 9) && byte != delimiter }
}
