import Ingest

/// The records of a sample, read with one delimiter.
struct SampleRecords: Sendable {
  /// Field by field; records that ended with the sample, not with a line end, are not among them.
  private(set) var records: [[String]] = []
  private(set) var lineEnds = LineEnds()
  /// The whole input has been looked at.
  private(set) var reachesEnd = false

  /// - Parameter limit: at most so many records.
  init(_ sample: Sample, delimiter: UInt8, limit: Int) {
    let scanner = RecordScanner(delimiter: delimiter, limits: IngestLimits())
    let parser = LibcsvParser(delimiter: delimiter)
    sample.bytes.withUnsafeBufferPointer { bytes in
      var at = 0
      while at < bytes.count, records.count < limit {
        guard let next = take(bytes, at, scanner, parser, isLast: sample.isWhole) else { return }
        at = next
      }
      reachesEnd = sample.isWhole && at == bytes.count
    }
  }

  private mutating func take(
    _ bytes: UnsafeBufferPointer<UInt8>, _ at: Int, _ scanner: RecordScanner,
    _ parser: LibcsvParser, isLast: Bool
  ) -> Int? {
    switch scanner.scan(bytes, from: at, isLast: isLast) {
    case .needsMore: return nil
    case .blank(let next, _): return next
    case .record(let record):
      lineEnds.count(bytes, at: record.end)
      records.append(
        parser.fields(of: UnsafeBufferPointer(rebasing: bytes[record.start..<record.next])))
      return record.next
    case .refused(let refused):
      return refused.skipsLine
        ? RecordScanner.nextLine(bytes, from: refused.next, isLast: isLast) : refused.next
    }
  }
}

/// How the records of a sample end. Line ends inside quoted fields do not count.
package struct LineEnds: Hashable, Sendable {
  package private(set) var lineFeed = 0
  package private(set) var carriageReturnLineFeed = 0
  package private(set) var carriageReturn = 0
  /// CR CR LF, which reads as one record end and one blank line.
  package private(set) var doubledCarriageReturn = 0

  package init() {}

  mutating func count(_ bytes: UnsafeBufferPointer<UInt8>, at end: Int) {
    let (cr, lf) = (UInt8(ascii: "\r"), UInt8(ascii: "\n"))
    let tail = Array(bytes[end..<min(bytes.count, end + 3)])
    if tail.starts(with: [cr, cr, lf]) {
      doubledCarriageReturn += 1
    } else if tail.starts(with: [cr, lf]) {
      carriageReturnLineFeed += 1
    } else if tail.first == lf {
      lineFeed += 1
    } else if tail.first == cr {
      carriageReturn += 1
    }
  }

  /// `LF`, `CRLF`, `CR`, `CRCRLF`, `mixed`, or `none` for a single record without line end.
  package var name: String {
    let seen = [
      ("LF", lineFeed), ("CRLF", carriageReturnLineFeed), ("CR", carriageReturn),
      ("CRCRLF", doubledCarriageReturn),
    ].filter { $0.1 > 0 }
    return seen.count > 1 ? "mixed" : seen.first?.0 ?? "none"
  }
}
