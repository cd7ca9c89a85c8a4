/// Cuts one input into chunks of whole records, with the quote state right at every border.
///
/// Reads blocks of about `chunkBytes`, scans them with ``RecordScanner`` and keeps what is left of
/// an unfinished record for the next chunk. Used by one thread at a time; `ChunkQueue` serializes
/// the access.
package final class ChunkReader {
  /// A chunk of very short records would need more memory for their borders than for their bytes.
  private static let recordsPerChunk = 65_536

  package let input: Int
  package let dialect: Dialect
  private let reader: InputReader
  private let scanner: RecordScanner
  private let chunkBytes: Int
  private var transcoder: Transcoder?

  /// Bytes read and not yet given away.
  private var rest: [UInt8] = []
  private var sourceIsAtEnd = false
  /// A refused record's line end has not been found yet: everything up to it is skipped.
  private var isSkippingLine = false

  // Where the first byte of `rest` stands.
  private var line: UInt64 = 1
  private var rawOffset: UInt64 = 0
  private var recordNumber: UInt64 = 0

  /// The raw bytes accounted for: header records, blank lines, byte order mark and records.
  package private(set) var accountedBytes: UInt64 = 0
  package private(set) var headerBytes: UInt64 = 0
  package var expectedBytes: UInt64? { reader.expectedBytes }
  package var bytesRead: UInt64 { reader.bytesRead }
  package var path: String { reader.path }

  package init(
    _ reader: InputReader, input: Int, dialect: Dialect, limits: IngestLimits, chunkBytes: Int
  ) throws(IngestError) {
    self.reader = reader
    self.input = input
    self.dialect = dialect
    self.chunkBytes = max(1, chunkBytes)
    scanner = RecordScanner(
      delimiter: dialect.delimiter, quote: dialect.quote, limits: limits)
    try skipByteOrderMark()
  }

  /// Checks that the input is the one that was opened and that every byte is accounted for.
  package func finish() throws(IngestError) -> InputReader.Identity {
    let identity = try reader.finish()
    if accountedBytes != reader.bytesRead {
      throw .readersDisagree(path: path, byteOffset: accountedBytes)
    }
    return identity
  }

  private func skipByteOrderMark() throws(IngestError) {
    let start = try rawBlock(4)
    var marked = 0
    var isBigEndian = false
    if start.starts(with: [0xEF, 0xBB, 0xBF]) {
      try expect(.utf8, found: "UTF-8")
      marked = 3
    } else if start.starts(with: [0xFF, 0xFE]) || start.starts(with: [0xFE, 0xFF]) {
      try expect(.utf16, found: "UTF-16")
      marked = 2
      isBigEndian = start.first == 0xFE
    }
    if dialect.encoding != .utf8 {
      transcoder = try Transcoder(dialect.encoding, isBigEndian: isBigEndian)
    }
    append(start.dropFirst(marked))
    rawOffset = UInt64(marked)
    accountedBytes = UInt64(marked)
  }

  private func expect(_ encoding: CharacterEncoding, found: String) throws(IngestError) {
    if dialect.encoding != encoding {
      throw .encodingMismatch(path: path, declared: dialect.encoding, found: found)
    }
  }

  private func rawBlock(_ count: Int) throws(IngestError) -> [UInt8] {
    var failure: IngestError?
    let block = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      do throws(IngestError) {
        filled = try reader.read(into: UnsafeMutableRawBufferPointer(buffer))
      } catch {
        failure = error
      }
    }
    if let failure { throw failure }
    if block.count < count { sourceIsAtEnd = true }
    return block
  }

  private func append(_ raw: ArraySlice<UInt8>) {
    guard let transcoder else { return rest += raw }
    rest += raw.withUnsafeBytes { transcoder.decode($0, isLast: sourceIsAtEnd) }
  }

  /// Reads at least as much as is there already, so that a long record is looked at only twice.
  private func readMore() throws(IngestError) {
    append(try rawBlock(max(chunkBytes, rest.count))[...])
  }

  /// The header records, field by field, read with libcsv.
  ///
  /// - Parameter skipping: records before them, such as a title, that are passed over as they are.
  /// - Throws: ``IngestError`` where the input ends before them or one of them is malformed.
  package func readHeader(skipping preamble: Int = 0) throws(IngestError) -> [[String]] {
    for _ in 0..<preamble { _ = try nextHeaderRecord(found: 0) }
    var headers: [[String]] = []
    while headers.count < dialect.headerRecords {
      let (fields, reject) = try nextHeaderRecord(found: headers.count)
      if let reject { throw .headerUnreadable(path: path, reject) }
      headers.append(fields)
    }
    headerBytes = accountedBytes
    recordNumber = 0
    return headers
  }

  /// One record from the start of what is left, with what is wrong with it.
  private func nextHeaderRecord(
    found: Int
  ) throws(IngestError) -> (fields: [String], reject: Reject?) {
    while true {
      var chunk = ChunkBuilder(reader: self, recordLimit: 1)
      let consumed = scan(&chunk)
      let result = chunk.records.first.map { header($0) } ?? ([], chunk.rejects.first)
      giveAway(consumed)
      if !chunk.records.isEmpty || !chunk.rejects.isEmpty { return result }
      if consumed == 0 { try continueHeader(found: found) }
    }
  }

  private func header(_ record: RecordChunk.Record) -> (fields: [String], reject: Reject?) {
    let parser = LibcsvParser(delimiter: dialect.delimiter, quote: dialect.quote)
    return rest[Int(record.start)..<Int(record.next)].withUnsafeBufferPointer { bytes in
      (
        parser.fields(of: bytes),
        ByteCheck.reject(bytes, at: record.position, dialect)
      )
    }
  }

  private func continueHeader(found: Int) throws(IngestError) {
    if !sourceIsAtEnd { return try readMore() }
    if found == 0 && rest.isEmpty { throw .isEmpty(path: path) }
    throw .headerIncomplete(path: path, found: found, expected: dialect.headerRecords)
  }

  /// The next chunk, or nil at the end of the input.
  package func nextChunk(ordinal: Int) throws(IngestError) -> RecordChunk? {
    if rest.count < chunkBytes && !sourceIsAtEnd { try readMore() }
    while true {
      if rest.isEmpty && sourceIsAtEnd { return nil }
      let accountedBefore = accountedBytes
      var chunk = ChunkBuilder(reader: self, recordLimit: ChunkReader.recordsPerChunk)
      let consumed = scan(&chunk)
      if consumed == 0 {
        try readMore()
        continue
      }
      let bytes = Array(rest[..<consumed])
      giveAway(consumed)
      return RecordChunk(
        ordinal: ordinal, input: input, bytes: bytes, dialect: dialect,
        records: chunk.records, rejects: chunk.rejects, irregularities: chunk.irregularities,
        rawBytes: accountedBytes - accountedBefore)
    }
  }

  private func giveAway(_ count: Int) {
    rest.withUnsafeBufferPointer { bytes in
      accountedBytes += dialect.encoding.rawBytes(
        of: UnsafeBufferPointer(rebasing: bytes[..<count]))
    }
    rest.removeFirst(count)
  }

  /// Scans `rest` as far as whole records go; returns how many bytes that is.
  private func scan(_ chunk: inout ChunkBuilder) -> Int {
    rest.withUnsafeBufferPointer { bytes in
      var at = isSkippingLine ? skipLine(bytes, from: 0, &chunk) : 0
      while at < bytes.count, !chunk.isFull, !isSkippingLine {
        guard let next = scanOne(bytes, from: at, &chunk) else { break }
        at = next
      }
      (line, rawOffset, recordNumber) = (chunk.line, chunk.rawOffset, chunk.recordNumber)
      return at
    }
  }

  /// Skips up to the next line end, or as far as the bytes go: a CR at their very end waits, since
  /// an LF may follow.
  private func skipLine(
    _ bytes: UnsafeBufferPointer<UInt8>, from: Int, _ chunk: inout ChunkBuilder
  ) -> Int {
    let lineStart = RecordScanner.nextLine(bytes, from: from, isLast: sourceIsAtEnd)
    isSkippingLine = lineStart == nil
    let endsInCR = bytes.count > from && bytes[bytes.count - 1] == UInt8(ascii: "\r")
    let next = lineStart ?? (endsInCR ? bytes.count - 1 : bytes.count)
    chunk.pass(bytes, from: from, to: next, lines: isSkippingLine ? 0 : 1)
    return next
  }

  private func scanOne(
    _ bytes: UnsafeBufferPointer<UInt8>, from: Int, _ chunk: inout ChunkBuilder
  ) -> Int? {
    switch scanner.scan(bytes, from: from, isLast: sourceIsAtEnd) {
    case .needsMore: return nil
    case .blank(let next, let lines):
      chunk.passBlank(bytes, from: from, to: next, lines: lines)
      return next
    case .record(let record):
      chunk.append(record, bytes, from: from, isStrict: dialect.isStrict)
      return record.next
    case .refused(let refused):
      chunk.append(refused, bytes, from: from, limits: scanner.limits)
      return refused.skipsLine ? skipLine(bytes, from: refused.next, &chunk) : refused.next
    }
  }

  fileprivate var place: (line: UInt64, rawOffset: UInt64, recordNumber: UInt64) {
    (line, rawOffset, recordNumber)
  }
}

/// Collects a chunk's records and keeps count of lines, bytes and records.
private struct ChunkBuilder {
  var records: [RecordChunk.Record] = []
  var rejects: [Reject] = []
  var irregularities = RecordChunk.Irregularities()
  var line: UInt64
  var rawOffset: UInt64
  var recordNumber: UInt64
  private let encoding: CharacterEncoding
  private let recordLimit: Int

  init(reader: ChunkReader, recordLimit: Int) {
    (line, rawOffset, recordNumber) = reader.place
    encoding = reader.dialect.encoding
    self.recordLimit = recordLimit
  }

  var isFull: Bool { records.count + rejects.count >= recordLimit }

  mutating func pass(
    _ bytes: UnsafeBufferPointer<UInt8>, from: Int, to: Int, lines: Int
  ) {
    rawOffset += encoding.rawBytes(of: UnsafeBufferPointer(rebasing: bytes[from..<to]))
    line += UInt64(lines)
  }

  mutating func passBlank(
    _ bytes: UnsafeBufferPointer<UInt8>, from: Int, to: Int, lines: Int
  ) {
    irregularities.blankLines += UInt64(lines)
    pass(bytes, from: from, to: to, lines: lines)
  }

  mutating func append(
    _ record: RecordScanner.ScannedRecord, _ bytes: UnsafeBufferPointer<UInt8>, from: Int,
    isStrict: Bool
  ) {
    passBlank(bytes, from: from, to: record.start, lines: record.linesBefore)
    recordNumber += 1
    let position = RecordPosition(record: recordNumber, line: line, byteOffset: rawOffset)
    if let irregularity = record.irregularity, isStrict {
      let quote = Reject.Detail.quote(
        line: line + UInt64(irregularity.lines),
        byteOffset: rawOffset(bytes, record.start, irregularity.quote))
      rejects.append(
        Reject(
          position: position, column: irregularity.field + 1, reason: .malformedQuote,
          detail: quote))
    } else {
      count(record.irregularity)
      records.append(
        .init(start: UInt32(record.start), next: UInt32(record.next), position: position))
    }
    pass(bytes, from: record.start, to: record.next, lines: record.lines)
  }

  private mutating func count(_ irregularity: RecordScanner.Irregularity?) {
    switch irregularity?.kind {
    case .quoteInUnquotedField: irregularities.quotesInUnquotedFields += 1
    case .textAfterQuote: irregularities.textsAfterQuotes += 1
    case nil: break
    }
  }

  mutating func append(
    _ refused: RecordScanner.RefusedRecord, _ bytes: UnsafeBufferPointer<UInt8>, from: Int,
    limits: IngestLimits
  ) {
    passBlank(bytes, from: from, to: refused.start, lines: refused.linesBefore)
    recordNumber += 1
    rejects.append(
      Reject(
        position: RecordPosition(record: recordNumber, line: line, byteOffset: rawOffset),
        column: refused.field + 1, reason: refused.reason,
        detail: detail(refused, bytes, limits)))
    pass(bytes, from: refused.start, to: refused.next, lines: refused.lines)
  }

  private func detail(
    _ refused: RecordScanner.RefusedRecord, _ bytes: UnsafeBufferPointer<UInt8>,
    _ limits: IngestLimits
  ) -> Reject.Detail {
    let limit: Int? =
      switch refused.reason {
      case .recordTooLarge: limits.recordBytes
      case .quoteTooLong: limits.quotedLines
      default: nil
      }
    guard let quote = refused.quote else { return limit.map { .limit($0) } ?? .none }
    let quoteLine = line + UInt64(refused.linesToQuote)
    let byteOffset = rawOffset(bytes, refused.start, quote)
    guard let limit else { return .quote(line: quoteLine, byteOffset: byteOffset) }
    return .limitInQuote(limit, line: quoteLine, byteOffset: byteOffset)
  }

  /// The raw offset of a byte of the record that starts at `start`, which stands at `rawOffset`.
  private func rawOffset(
    _ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, _ at: Int
  ) -> UInt64 {
    rawOffset + encoding.rawBytes(of: UnsafeBufferPointer(rebasing: bytes[start..<at]))
  }
}
