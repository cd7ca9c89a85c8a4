import CSeparators

/// The records of a chunk that the vector scan has proved regular.
///
/// Where they are is kept in the chunk's memory: per record its first byte and its last separator.
/// Blank lines are left out, as libcsv leaves them out.
struct RegularRecords {
  let kernel: SeparatorKernel
  /// Of the first record, and behind the line end of the last one.
  let start: Int
  let end: Int
  let count: Int
  /// Line ends from `start` to `end`, and those of them that end blank lines.
  let lines: UInt64
  let blankLines: UInt64
  /// Holds neither bytes above 127 nor zero bytes, and so needs no second look.
  let isPlainASCII: Bool

  /// Behind a record's line end; the end of the text has none.
  @inline(__always)
  func next(of record: Int, _ memory: ChunkMemory) -> Int {
    min(end, Int(memory.recordEnds[record]) &+ 1)
  }

  /// A record, counted from 0, as libcsv takes it.
  func record(_ place: Int, _ memory: ChunkMemory) -> RecordChunk.Record {
    RecordChunk.Record(
      start: memory.recordStarts[place], next: UInt32(next(of: place, memory)),
      number: UInt32(place + 1))
  }
}

/// Tries to prove a chunk regular, and lists its records.
///
/// A chunk owns the records that begin behind the first separating line end at or after its first
/// byte, up to and including the one that begins behind the first such line end at or after the
/// next chunk's first byte.
struct RegularScan {
  private let memory: ChunkMemory
  private let kernel: SeparatorKernel
  private let limits: IngestLimits
  private let delimiter: UInt8
  private let quote: UInt8
  private let from: Int
  private var scan: separator_scan
  private var scanned: Int

  /// - Parameter from: where the scan begins in the chunk's text.
  init(
    _ memory: ChunkMemory, _ kernel: SeparatorKernel, _ dialect: Dialect, _ limits: IngestLimits,
    from: Int, isQuoted: Bool
  ) {
    self.memory = memory
    self.kernel = kernel
    self.limits = limits
    delimiter = dialect.delimiter
    quote = dialect.quote
    self.from = from
    scanned = from
    scan = separator_scan(isQuoted: isQuoted)
  }

  /// Scans up to the end of the text there is.
  ///
  /// - Returns: false where it is not regular.
  mutating func proceed() -> Bool {
    var output = separator_output(
      delimiter: delimiter, quote: quote, separators: memory.separators,
      record_ends: memory.recordEnds)
    let range = scanned..<memory.count
    scanned = memory.count
    return kernel.scan(memory.text, range, &scan, &output)
  }

  /// The place among the record ends of the first one at or after `boundary`.
  func recordEnd(atOrAfter boundary: Int) -> Int? {
    let ends = Int(scan.record_ends)
    let place = firstPlace(in: 0..<ends) { position(ofRecordEnd: $0) >= boundary }
    return place < ends ? place : nil
  }

  /// The place of the last one; nil where there is none.
  var lastRecordEnd: Int? { scan.record_ends == 0 ? nil : Int(scan.record_ends) - 1 }

  private func position(ofRecordEnd place: Int) -> Int {
    Int(memory.recordEnds[place])
  }

  /// The end of the text ends the last record, unless it is inside of quotes or behind a lone CR.
  ///
  /// - Returns: false where the text may not end here.
  mutating func endText() -> Bool {
    if scan.in_quotes != 0 || scan.after_return != 0 { return false }
    let last = Int(scan.record_ends) - 1
    let rest = last < 0 ? from : position(ofRecordEnd: last) + 1
    if rest < memory.count {
      memory.addSeparator(at: memory.count)
      memory.recordEnds[Int(scan.record_ends)] = UInt32(memory.count)
      scan.record_ends += 1
    }
    return true
  }

  /// Lists the records up to a record end.
  ///
  /// - Parameters:
  ///   - isStartKnown: the first record begins where the scan did; else behind the first record end,
  ///     which there must be.
  ///   - lastEnd: the place of the last record's end among the record ends; nil: none.
  /// - Returns: nil where a record is larger than the limits allow.
  func records(isStartKnown: Bool, lastEnd: Int?) -> RegularRecords? {
    let firstEnd = isStartKnown ? 0 : 1
    let start =
      isStartKnown ? from : min(memory.count, lastEnd == nil ? from : position(ofRecordEnd: 0) + 1)
    guard let lastEnd, lastEnd >= firstEnd else {
      return RegularRecords(
        kernel: kernel, start: start, end: start, count: 0, lines: 0, blankLines: 0,
        isPlainASCII: true)
    }
    let end = min(memory.count, position(ofRecordEnd: lastEnd) + 1)
    guard let (count, blankLines) = list(firstEnd...lastEnd, start) else { return nil }
    let outside = lineFeeds(from..<start) + lineFeeds(end..<memory.count)
    return RegularRecords(
      kernel: kernel, start: start, end: end, count: count, lines: scan.line_feeds - outside,
      blankLines: blankLines, isPlainASCII: scan.not_ascii | scan.zero_bytes == 0)
  }

  /// Leaves out the blank lines, and looks for records that are too large.
  private func list(_ ends: ClosedRange<Int>, _ start: Int) -> (count: Int, blankLines: UInt64)? {
    let (recordStarts, recordEnds) = (memory.recordStarts, memory.recordEnds)
    // Where every line feed ends a record, no record has more than one line.
    let isOneLineEach = scan.line_feeds == scan.record_ends
    let suspicious =
      isOneLineEach ? limits.recordBytes - 1 : min(limits.recordBytes - 1, limits.quotedLines)
    var (count, blankLines) = (0, UInt64(0))
    var begin = start
    for place in ends {
      let end = Int(recordEnds[place])
      if end - begin > suspicious, isTooLarge(begin..<end) { return nil }
      if isBlank(begin..<end) {
        if end < memory.count { blankLines += 1 }
      } else {
        recordStarts[count] = UInt32(truncatingIfNeeded: begin)
        recordEnds[count] = UInt32(truncatingIfNeeded: end)
        count += 1
      }
      begin = end + 1
    }
    return (count, blankLines)
  }

  /// Whether a line holds nothing that libcsv takes for a field.
  @inline(__always)
  private func isBlank(_ range: Range<Int>) -> Bool {
    for position in range {
      let byte = memory.text[position]
      let isSpace = byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t")
      if byte == delimiter || (!isSpace && byte != UInt8(ascii: "\r")) { return false }
    }
    return true
  }

  private func isTooLarge(_ range: Range<Int>) -> Bool {
    range.count >= limits.recordBytes || lineFeeds(range) > UInt64(limits.quotedLines)
  }

  private func lineFeeds(_ range: Range<Int>) -> UInt64 {
    var count: UInt64 = 0
    for position in range where memory.text[position] == UInt8(ascii: "\n") { count &+= 1 }
    return count
  }
}
