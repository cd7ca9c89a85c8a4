@testable import Ingest

/// One record of the ``ReferenceParser``: the states of libcsv's `csv_parse`, byte by byte.
struct ReferenceWalk {
  private enum State { case fieldNotBegun, fieldBegun, mightHaveEnded }

  struct Fault {
    let reason: RejectReason
    let field: Int
    let quote: Int?
    let limit: Int?
  }

  private let parser: ReferenceParser
  private let start: Int
  private var state = State.fieldNotBegun
  private var isQuoted = false
  private var spaces = 0
  private var field: [UInt8] = []
  /// Where the quoted field at hand was opened, and its last quote so far.
  private var opened: Int?
  private var lastQuote = 0
  private var isMalformed = false
  private var isClosed = false

  private(set) var fields: [[UInt8]] = []
  private(set) var fault: Fault?
  /// The first thing that lenient reading lets pass.
  private(set) var irregularity: Fault?
  private(set) var next: Int

  init(parser: ReferenceParser, start: Int) {
    self.parser = parser
    self.start = start
    next = start
  }

  mutating func run() {
    var at = start
    while at < parser.bytes.count, !isClosed, fault == nil {
      if at - start > parser.limits.recordBytes {
        refuse(.recordTooLarge, at: at, limit: parser.limits.recordBytes)
        return
      }
      step(parser.bytes[at], at)
      at += 1
    }
    if !isClosed, fault == nil { endOfInput() }
  }

  private mutating func step(_ byte: UInt8, _ at: Int) {
    let isLineEnd = byte == 10 || byte == 13
    switch state {
    case .fieldNotBegun:
      if parser.isSpace(byte) { return }
      if isLineEnd { return endRecord(at) }
      if byte == parser.delimiter { return endField() }
      begin(byte, at)
    case .fieldBegun:
      if byte == 34 { return quoteInside(at) }
      if !isQuoted, byte == parser.delimiter { return endField() }
      if !isQuoted, isLineEnd { return endRecord(at) }
      if isLineEnd { lineInside(at) }
      field.append(byte)
      spaces = !isQuoted && parser.isSpace(byte) ? spaces + 1 : 0
    case .mightHaveEnded:
      afterQuote(byte, at, isLineEnd)
    }
  }

  private mutating func begin(_ byte: UInt8, _ at: Int) {
    state = .fieldBegun
    isQuoted = byte == 34
    opened = isQuoted ? at : nil
    if !isQuoted { field.append(byte) }
  }

  private mutating func quoteInside(_ at: Int) {
    field.append(34)
    spaces = 0
    if isQuoted {
      state = .mightHaveEnded
      lastQuote = at
    } else {
      note(quote: at)
    }
  }

  private mutating func afterQuote(_ byte: UInt8, _ at: Int, _ isLineEnd: Bool) {
    if byte == parser.delimiter || isLineEnd {
      field.removeLast(spaces + 1)
      spaces = 0
      return isLineEnd ? endRecord(at) : endField()
    }
    if parser.isSpace(byte) {
      field.append(byte)
      spaces += 1
    } else if byte == 34, spaces == 0 {
      state = .fieldBegun
    } else {
      isMalformed = true
      note(quote: lastQuote)
      field.append(byte)
      spaces = 0
      if byte == 34 { lastQuote = at } else { state = .fieldBegun }
    }
  }

  private mutating func lineInside(_ at: Int) {
    if isMalformed { return refuse(.malformedQuote, at: at) }
    guard let opened else { return }
    // The line feed of CR LF was counted with its carriage return.
    let past = Int(parser.line(of: at + 1)) - Int(parser.line(of: opened))
    if past > parser.limits.quotedLines {
      refuse(.quoteTooLong, at: at, limit: parser.limits.quotedLines)
    }
  }

  private mutating func endField() {
    if !isQuoted { field.removeLast(spaces) }
    fields.append(field)
    (field, spaces, isQuoted, isMalformed, opened) = ([], 0, false, false, nil)
    state = .fieldNotBegun
  }

  private mutating func endRecord(_ at: Int) {
    endField()
    next = parser.nextLine(at)
    isClosed = true
  }

  private mutating func endOfInput() {
    let end = parser.bytes.count
    if end - start > parser.limits.recordBytes {
      return refuse(.recordTooLarge, at: end, limit: parser.limits.recordBytes)
    }
    if isQuoted, state == .fieldBegun { return refuse(.unterminatedQuote, at: end) }
    if state == .mightHaveEnded { field.removeLast(spaces + 1) }
    spaces = state == .mightHaveEnded ? 0 : spaces
    endField()
    next = end
  }

  private mutating func note(quote: Int) {
    if irregularity == nil {
      irregularity = Fault(
        reason: .malformedQuote, field: fields.count, quote: quote, limit: nil)
    }
  }

  private mutating func refuse(_ reason: RejectReason, at: Int, limit: Int? = nil) {
    fault = Fault(reason: reason, field: fields.count, quote: opened, limit: limit)
    let blamed = opened ?? min(at, parser.bytes.count)
    next = blamed < parser.bytes.count ? parser.nextLine(blamed) : blamed
  }
}

extension ReferenceWalk.Fault {
  func detail(_ parser: ReferenceParser) -> Reject.Detail {
    guard let quote else { return limit.map { .limit($0) } ?? .none }
    let (line, byteOffset) = (parser.line(of: quote), UInt64(quote))
    guard let limit else { return .quote(line: line, byteOffset: byteOffset) }
    return .limitInQuote(limit, line: line, byteOffset: byteOffset)
  }
}
