/// Lists a chunk's records one by one with ``RecordScanner``, and keeps count of lines, bytes and
/// records: the way for chunks that the vector scan cannot prove regular.
struct LenientScan {
  private(set) var records: [RecordChunk.Record] = []
  private(set) var rejects: [Reject] = []
  private(set) var irregularities = RecordChunk.Irregularities()
  /// Where the scan stands.
  private(set) var place: ReadingPlace
  private(set) var position: Int
  private let recordsBefore: UInt64
  private let scanner: RecordScanner
  private let dialect: Dialect

  /// - Parameter position: where `place` is in the text that will be scanned.
  init(_ dialect: Dialect, _ limits: IngestLimits, from place: ReadingPlace, at position: Int) {
    self.place = place
    self.position = position
    self.dialect = dialect
    recordsBefore = place.records
    scanner = RecordScanner(delimiter: dialect.delimiter, quote: dialect.quote, limits: limits)
  }

  /// Scans records that begin at or before `boundary`, as far as `text` goes.
  ///
  /// - Parameters:
  ///   - text: what was given before, and perhaps more.
  ///   - isLast: nothing follows `text`.
  ///   - recordLimit: at most so many records and rejects.
  /// - Returns: false where more text is needed.
  mutating func proceed(
    _ text: UnsafeBufferPointer<UInt8>, to boundary: Int, isLast: Bool, recordLimit: Int = .max
  ) -> Bool {
    if place.isSkippingLine { skipLine(text, isLast: isLast) }
    while position <= boundary, position < text.count, !place.isSkippingLine,
      records.count + rejects.count < recordLimit
    {
      if !takeOne(text, isLast: isLast) { return false }
    }
    return true
  }

  /// Skips up to the next line end, or as far as the text goes: a CR at its very end waits, since
  /// an LF may follow.
  private mutating func skipLine(_ text: UnsafeBufferPointer<UInt8>, isLast: Bool) {
    let lineStart = RecordScanner.nextLine(text, from: position, isLast: isLast)
    place.isSkippingLine = lineStart == nil
    let endsInCR = text.count > position && text[text.count - 1] == UInt8(ascii: "\r")
    let next = lineStart ?? (endsInCR ? text.count - 1 : text.count)
    pass(text, to: next, lines: place.isSkippingLine ? 0 : 1)
  }

  private mutating func takeOne(_ text: UnsafeBufferPointer<UInt8>, isLast: Bool) -> Bool {
    switch scanner.scan(text, from: position, isLast: isLast) {
    case .needsMore: return false
    case .blank(let next, let lines): passBlank(text, to: next, lines: lines)
    case .record(let record): append(record, text)
    case .refused(let refused):
      append(refused, text)
      if refused.skipsLine { skipLine(text, isLast: isLast) }
    }
    return true
  }

  private mutating func pass(_ text: UnsafeBufferPointer<UInt8>, to next: Int, lines: Int) {
    place.rawOffset += rawBytes(text, position..<next)
    place.offset += UInt64(next - position)
    place.line += UInt64(lines)
    position = next
  }

  private mutating func passBlank(_ text: UnsafeBufferPointer<UInt8>, to next: Int, lines: Int) {
    irregularities.blankLines += UInt64(lines)
    pass(text, to: next, lines: lines)
  }

  private func rawBytes(_ text: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> UInt64 {
    dialect.encoding.rawBytes(of: UnsafeBufferPointer(rebasing: text[range]))
  }

  private mutating func append(
    _ record: RecordScanner.ScannedRecord, _ text: UnsafeBufferPointer<UInt8>
  ) {
    passBlank(text, to: record.start, lines: record.linesBefore)
    place.records += 1
    if let irregularity = record.irregularity, dialect.isStrict {
      let quote = Reject.Detail.quote(
        line: place.line + UInt64(irregularity.lines),
        byteOffset: place.rawOffset + rawBytes(text, record.start..<irregularity.quote))
      rejects.append(
        Reject(
          position: recordPosition, column: irregularity.field + 1, reason: .malformedQuote,
          detail: quote))
    } else {
      count(record.irregularity)
      records.append(
        .init(
          start: UInt32(record.start), next: UInt32(record.next),
          number: UInt32(place.records - recordsBefore)))
    }
    pass(text, to: record.next, lines: record.lines)
  }

  private var recordPosition: RecordPosition {
    RecordPosition(record: place.records, line: place.line, byteOffset: place.rawOffset)
  }

  private mutating func count(_ irregularity: RecordScanner.Irregularity?) {
    switch irregularity?.kind {
    case .quoteInUnquotedField: irregularities.quotesInUnquotedFields += 1
    case .textAfterQuote: irregularities.textsAfterQuotes += 1
    case nil: break
    }
  }

  private mutating func append(
    _ refused: RecordScanner.RefusedRecord, _ text: UnsafeBufferPointer<UInt8>
  ) {
    passBlank(text, to: refused.start, lines: refused.linesBefore)
    place.records += 1
    rejects.append(
      Reject(
        position: recordPosition, column: refused.field + 1, reason: refused.reason,
        detail: detail(refused, text)))
    pass(text, to: refused.next, lines: refused.lines)
  }

  private func detail(
    _ refused: RecordScanner.RefusedRecord, _ text: UnsafeBufferPointer<UInt8>
  ) -> Reject.Detail {
    let limit: Int? =
      switch refused.reason {
      case .recordTooLarge: scanner.limits.recordBytes
      case .quoteTooLong: scanner.limits.quotedLines
      default: nil
      }
    guard let quote = refused.quote else { return limit.map { .limit($0) } ?? .none }
    let quoteLine = place.line + UInt64(refused.linesToQuote)
    let byteOffset = place.rawOffset + rawBytes(text, refused.start..<quote)
    guard let limit else { return .quote(line: quoteLine, byteOffset: byteOffset) }
    return .limitInQuote(limit, line: quoteLine, byteOffset: byteOffset)
  }
}
