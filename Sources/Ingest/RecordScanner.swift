/// Finds where records begin and end, by the rules of libcsv.
///
/// The transitions are libcsv 3.0.3's (lenient mode), so that a record found here is exactly one
/// record there; a run checks that for every record. Beyond libcsv it notices what libcsv passes
/// over in silence, and bounds it:
/// - text after a closing quote (`"x"y`): libcsv stays inside the quotes and goes on to the next
///   quote, over any number of records. That reading is taken only when the field is closed on the
///   same line; otherwise the record is refused.
/// - a quote that is never closed, or that runs over too many lines or bytes.
///
/// A refused record is refused once, and scanning resumes on the line after the one on which the
/// quote to blame was opened, so nothing behind it is lost.
///
/// This is the readable scalar reference: one byte at a time, one record per call. Linear in the
/// bytes looked at; a lost quote makes it look twice at no more than ``IngestLimits/recordBytes``.
package struct RecordScanner: Sendable {
  package enum Outcome: Hashable, Sendable {
    case record(ScannedRecord)
    case refused(RefusedRecord)
    /// Only blank lines up to `next`.
    case blank(next: Int, lines: Int)
    /// The bytes end before the record does.
    case needsMore
  }

  package struct ScannedRecord: Hashable, Sendable {
    /// First byte, and the byte after the last one before the line end.
    package var start = 0
    package var end = 0
    /// Where the next record begins.
    package var next = 0
    /// Line ends skipped before `start`, and from `start` to `next`.
    package var linesBefore = 0
    package var lines = 0
    /// What lenient reading lets pass, and where it was first seen.
    package var irregularity: Irregularity?
  }

  package struct Irregularity: Hashable, Sendable {
    package enum Kind: Hashable, Sendable { case quoteInUnquotedField, textAfterQuote }
    package let kind: Kind
    /// 0-based field, offset of the quote, line ends between the record's start and the quote.
    package let field: Int
    package let quote: Int
    package let lines: Int
  }

  package struct RefusedRecord: Hashable, Sendable {
    package var reason: RejectReason
    package var start = 0
    package var linesBefore = 0
    /// 0-based field the quote stands in, with its offset and the line ends from `start` to it; no
    /// offset where no quote is to blame.
    package var field = 0
    package var quote: Int?
    package var linesToQuote = 0
    /// Where reading resumes, and the line ends from `start` to there.
    package var next = 0
    package var lines = 0
    /// Reading resumes not at `next` but after the first line end found from there on, which is
    /// one more line.
    package var skipsLine = false
  }

  let delimiter: UInt8
  let quote: UInt8
  let limits: IngestLimits

  package init(
    delimiter: UInt8, quote: UInt8 = UInt8(ascii: "\""), limits: IngestLimits
  ) {
    self.delimiter = delimiter
    self.quote = quote
    self.limits = limits
  }

  /// Scans one record of `bytes`, beginning at `from`, which is the start of a line.
  ///
  /// What is found does not depend on how many bytes after the record are there.
  /// - Parameter isLast: no bytes follow these.
  package func scan(_ bytes: UnsafeBufferPointer<UInt8>, from: Int, isLast: Bool) -> Outcome {
    var pass = ScanPass(bytes: bytes, from: from, isLast: isLast, scanner: self)
    return pass.run()
  }

  /// The position after the first line end at or after `from`; nil when it is not among `bytes`.
  package static func nextLine(
    _ bytes: UnsafeBufferPointer<UInt8>, from: Int, isLast: Bool
  ) -> Int? {
    var at = from
    while at < bytes.count, bytes[at] != lineFeed, bytes[at] != carriageReturn { at &+= 1 }
    if at == bytes.count { return isLast ? at : nil }
    return afterLineEnd(bytes, at, isLast: isLast)
  }
}

private let carriageReturn = UInt8(ascii: "\r")
private let lineFeed = UInt8(ascii: "\n")

private func isLineEnd(_ byte: UInt8) -> Bool { byte == lineFeed || byte == carriageReturn }

/// The position after the line end at `at`; nil when CR is the last byte and LF may follow.
private func afterLineEnd(
  _ bytes: UnsafeBufferPointer<UInt8>, _ at: Int, isLast: Bool
) -> Int? {
  if bytes[at] == lineFeed { return at + 1 }
  if at + 1 < bytes.count { return bytes[at + 1] == lineFeed ? at + 2 : at + 1 }
  return isLast ? at + 1 : nil
}

/// One walk over one record.
private struct ScanPass {
  let bytes: UnsafeBufferPointer<UInt8>
  let isLast: Bool
  let delimiter: UInt8
  let quote: UInt8
  let limits: IngestLimits
  /// Where the walk began.
  let origin: Int
  var position: Int
  /// The walk looks at no byte from here on: the record would be too large, or the bytes end.
  var end: Int
  var record = RecordScanner.ScannedRecord()
  var field = 0
  /// Line ends between the record's start and `position`.
  var lines = 0

  init(
    bytes: UnsafeBufferPointer<UInt8>, from: Int, isLast: Bool, scanner: RecordScanner
  ) {
    self.bytes = bytes
    self.isLast = isLast
    delimiter = scanner.delimiter
    quote = scanner.quote
    limits = scanner.limits
    origin = from
    position = from
    end = from
    begin(at: from)
  }

  enum Step {
    case nextField
    case done(RecordScanner.Outcome)
  }

  mutating func run() -> RecordScanner.Outcome {
    if let blank = skipBlankLines() { return blank }
    record.start = position
    while true {
      skipSpaces()
      let step = position < end && bytes[position] == quote ? quotedField() : unquotedField()
      if case .done(let outcome) = step { return outcome }
      field += 1
    }
  }

  /// A record of the largest size ends before the byte at `start + recordBytes + 1`.
  private mutating func begin(at start: Int) {
    position = start
    end = min(bytes.count, start + limits.recordBytes + 1)
  }

  private var isAtLimit: Bool { end < bytes.count || end - record.start > limits.recordBytes }

  /// libcsv drops blank lines, and lines of nothing but spaces and tabs.
  private mutating func skipBlankLines() -> RecordScanner.Outcome? {
    var lineStart = origin
    while true {
      skipSpaces()
      if position == end {
        if position - lineStart > limits.recordBytes { break }
        return blank(upTo: isLast ? position : lineStart)
      }
      guard isLineEnd(bytes[position]) else { break }
      guard let next = afterLineEnd(bytes, position, isLast: isLast) else {
        return blank(upTo: lineStart)
      }
      record.linesBefore += 1
      lineStart = next
      begin(at: next)
    }
    begin(at: lineStart)
    return nil
  }

  private func blank(upTo next: Int) -> RecordScanner.Outcome {
    next == origin && !isLast ? .needsMore : .blank(next: next, lines: record.linesBefore)
  }

  private mutating func unquotedField() -> Step {
    var firstQuote: Int?
    var at = position
    while at < end {
      let byte = bytes[at]
      if byte == delimiter || byte == lineFeed || byte == carriageReturn { break }
      if byte == quote, firstQuote == nil { firstQuote = at }
      at &+= 1
    }
    position = at
    if let firstQuote { note(.quoteInUnquotedField, quote: firstQuote, lines: lines) }
    if at == end { return .done(endOfBytes(nil)) }
    return bytes[at] == delimiter ? passDelimiter() : .done(finish())
  }

  private mutating func quotedField() -> Step {
    var open = OpenQuote(at: position, lines: lines)
    position += 1
    while position < end {
      let byte = bytes[position]
      if byte == quote {
        if let step = afterQuote(&open) { return step }
      } else if isLineEnd(byte) {
        if let outcome = lineInside(&open) { return .done(outcome) }
      } else {
        position &+= 1
      }
    }
    return .done(endOfBytes(open))
  }

  /// At a quote inside a quoted field: nil when the field goes on.
  private mutating func afterQuote(_ open: inout OpenQuote) -> Step? {
    if position + 1 < end, bytes[position + 1] == quote {
      position += 2
      return nil
    }
    while true {
      let candidate = position
      position += 1
      skipSpaces()
      guard position < end else { return .done(endOfBytes(isLast && !isAtLimit ? nil : open)) }
      if bytes[position] == delimiter { return passDelimiter() }
      if isLineEnd(bytes[position]) { return .done(finish()) }
      note(.textAfterQuote, quote: candidate, lines: lines)
      open.isMalformed = true
      // `"a" "b`: libcsv takes a quote after spaces as one more that may close the field.
      guard bytes[position] == quote else { return nil }
      if position + 1 < end, bytes[position + 1] == quote {
        position += 2
        return nil
      }
    }
  }

  /// A line end inside a quoted field.
  private mutating func lineInside(_ open: inout OpenQuote) -> RecordScanner.Outcome? {
    guard let next = afterLineEnd(bytes, position, isLast: isLast) else { return .needsMore }
    lines += 1
    if open.nextLine == nil { (open.nextLine, open.linesToNext) = (next, lines) }
    if open.isMalformed { return refuse(.malformedQuote, open) }
    if lines - open.lines > limits.quotedLines { return refuse(.quoteTooLong, open) }
    position = next
    return nil
  }

  private mutating func passDelimiter() -> Step {
    position += 1
    return .nextField
  }

  private mutating func note(
    _ kind: RecordScanner.Irregularity.Kind, quote: Int, lines: Int
  ) {
    if record.irregularity == nil {
      record.irregularity = .init(kind: kind, field: field, quote: quote, lines: lines)
    }
  }

  /// No byte is left to look at, inside `open` or outside of quotes.
  private mutating func endOfBytes(_ open: OpenQuote?) -> RecordScanner.Outcome {
    if isAtLimit { return tooLarge(open) }
    guard isLast else { return .needsMore }
    if let open { return refuse(.unterminatedQuote, open) }
    record.end = bytes.count
    record.next = bytes.count
    record.lines = lines
    return .record(record)
  }

  private mutating func finish() -> RecordScanner.Outcome {
    guard let next = afterLineEnd(bytes, position, isLast: isLast) else { return .needsMore }
    record.end = position
    record.next = next
    record.lines = lines + 1
    return .record(record)
  }

  private func refuse(_ reason: RejectReason, _ open: OpenQuote) -> RecordScanner.Outcome {
    var refused = refusal(reason)
    refused.quote = open.at
    refused.linesToQuote = open.lines
    if let nextLine = open.nextLine {
      (refused.next, refused.lines) = (nextLine, open.linesToNext)
    } else {
      (refused.next, refused.lines) = (min(position, bytes.count), lines)
      refused.skipsLine = reason != .unterminatedQuote
    }
    return .refused(refused)
  }

  private func tooLarge(_ open: OpenQuote?) -> RecordScanner.Outcome {
    if let open { return refuse(.recordTooLarge, open) }
    var refused = refusal(.recordTooLarge)
    (refused.next, refused.lines, refused.skipsLine) = (position, lines, true)
    return .refused(refused)
  }

  private func refusal(_ reason: RejectReason) -> RecordScanner.RefusedRecord {
    var refused = RecordScanner.RefusedRecord(reason: reason)
    refused.start = record.start
    refused.linesBefore = record.linesBefore
    refused.field = field
    return refused
  }

  private mutating func skipSpaces() {
    while position < end, isSpace(bytes[position]) { position &+= 1 }
  }

  private func isSpace(_ byte: UInt8) -> Bool {
    (byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t")) && byte != delimiter
  }
}

/// A quoted field whose closing quote has not been found.
private struct OpenQuote {
  let at: Int
  /// Line ends between the record's start and the quote.
  let lines: Int
  var isMalformed = false
  /// The start of the line after the one the quote stands on, and the line ends up to it.
  var nextLine: Int?
  var linesToNext = 0

  init(at: Int, lines: Int) {
    self.at = at
    self.lines = lines
  }
}
