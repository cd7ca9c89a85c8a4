/// The wanted fields of a chunk's records: what Ingest hands to Normalize.
///
/// Structure of arrays: per record and slot where a field is. A slot is a column's place among the
/// wanted columns. Fields are valid UTF-8 without zero bytes, unescaped, with the trimming
/// ``LibcsvParser`` documents; most are simply ranges of the chunk's text, so the chunk must stay
/// as it is for as long as the batch is looked at. A worker owns one batch and fills it again for
/// every chunk.
package final class RecordBatch {
  /// Which input, in the order of the command line, and which chunk of the run.
  package private(set) var input = 0
  package private(set) var ordinal = 0
  package private(set) var count = 0
  package private(set) var rejects: [Reject] = []
  package private(set) var irregularities = RecordChunk.Irregularities()
  package private(set) var rawBytes: UInt64 = 0

  package private(set) var slots = 0
  private(set) var text: UnsafePointer<UInt8>
  private(set) var fields: UnsafeMutablePointer<FieldSpan>
  private var fieldCapacity = 1
  /// Per record one bit a slot: whether the field holds a byte.
  private var filled: UnsafeMutablePointer<UInt64>
  private var filledCapacity = 1
  /// Where the cutter works.
  private var found: UnsafeMutablePointer<UInt32>
  private var foundCapacity = 1
  /// Per record its number in the chunk, and where it begins in the chunk's text.
  private var places: UnsafeMutablePointer<Place>
  private var placeCapacity = 1
  private var recordsBefore: UInt64 = 0
  private(set) var chunk = RecordChunk()
  private var lineCounter = LineCounter()

  private struct Place {
    let number: UInt32
    let start: UInt32
  }

  package init() {
    fields = .allocate(capacity: 1)
    filled = .allocate(capacity: 1)
    found = .allocate(capacity: 1)
    places = .allocate(capacity: 1)
    text = UnsafePointer(chunk.memory.text)
  }

  deinit {
    fields.deallocate()
    filled.deallocate()
    found.deallocate()
    places.deallocate()
  }

  /// The bytes of one field. Valid until the batch, or its chunk, is filled again.
  ///
  /// - Complexity: O(1).
  package func field(record: Int, slot: Int) -> UnsafeBufferPointer<UInt8> {
    let span = fields[record &* slots &+ slot]
    return UnsafeBufferPointer(start: text + Int(span.start), count: Int(span.count))
  }

  /// All fields, for loops that take many. Valid until the batch is filled again.
  package var allFields: RecordFields {
    RecordFields(text: text, fields: fields, filled: filled, slots: slots)
  }

  /// The 1-based number of a record in its input.
  package func number(of record: Int) -> UInt64 { recordsBefore + UInt64(places[record].number) }

  /// Where a record stands. Cheap for records asked for in order, as rejects are.
  ///
  /// - Complexity: O(bytes since the record that was asked for before).
  package func position(of record: Int) -> RecordPosition {
    position(number: places[record].number, start: Int(places[record].start))
  }

  private func position(number: UInt32, start: Int) -> RecordPosition {
    let place = lineCounter.place(before: start, in: chunk)
    return RecordPosition(
      record: recordsBefore + UInt64(number), line: place.line, byteOffset: place.rawOffset)
  }
}

/// Counts a chunk's lines as far as somebody asks.
private struct LineCounter {
  private var position = 0
  private var place = ReadingPlace(offset: 0, rawOffset: 0)

  init() {}

  init(_ chunk: RecordChunk) {
    position = chunk.start
    place = chunk.place
  }

  mutating func place(before wanted: Int, in chunk: RecordChunk) -> ReadingPlace {
    if wanted < position { self = LineCounter(chunk) }
    let between = UnsafeBufferPointer(rebasing: chunk.memory.bytes[position..<wanted])
    place.pass(between, chunk.dialect.encoding)
    position = wanted
    return place
  }
}

extension RecordBatch {
  /// Takes a chunk's records apart; forgets what the batch held.
  ///
  /// - Parameter columns: the header's width and the wanted columns.
  /// - Returns: nil, or the raw offset at which libcsv and the scanner disagree on a record.
  package func fill(from chunk: RecordChunk, columns: ColumnSelection, parser: ChunkParser)
    -> UInt64?
  {
    self.chunk = chunk
    input = chunk.input
    ordinal = chunk.ordinal
    count = 0
    rejects = chunk.rejects
    irregularities = chunk.irregularities
    rawBytes = chunk.rawBytes
    recordsBefore = chunk.place.records
    lineCounter = LineCounter(chunk)
    slots = columns.wanted.count
    chunk.memory.clearCopies()
    var disagreement: UInt64?
    switch chunk.layout {
    case .regular(let records):
      reserve(records.count, width: columns.width)
      RecordBatch.grow(&found, &foundCapacity, to: FieldCutter.room(for: columns))
      fill(records, columns)
    case .irregular(let records):
      reserve(records.count, width: columns.width)
      disagreement = fill(records, columns, parser.parser(for: chunk.dialect))
    }
    text = UnsafePointer(chunk.memory.text)
    if let echo = columns.headerEcho { refuseEchoes(of: echo, parser) }
    if chunk.dialect.isGuarded { dropGuards() }
    rejects.sort { $0.position.record < $1.position.record }
    return disagreement
  }

  private func dropGuards() {
    for place in 0..<count * slots {
      let span = fields[place]
      let field = UnsafeBufferPointer(start: text + Int(span.start), count: Int(span.count))
      if FormulaGuard.stands(before: field) {
        fields[place] = FieldSpan(start: span.start + 1, count: span.count - 1)
      }
    }
  }

  private func reserve(_ records: Int, width: Int) {
    // A record of so many fields has as many bytes, so short ones in a wide table are no records
    // that are kept; one more row is written to before that is known.
    let rows = min(records, chunk.memory.count / max(1, width) + 2)
    RecordBatch.grow(&fields, &fieldCapacity, to: rows * slots)
    RecordBatch.grow(&filled, &filledCapacity, to: rows * RecordFields.words(slots: slots))
    RecordBatch.grow(&places, &placeCapacity, to: records)
  }

  private static func grow<Element: BitwiseCopyable>(
    _ memory: inout UnsafeMutablePointer<Element>, _ capacity: inout Int, to count: Int
  ) {
    guard count > capacity else { return }
    memory.deallocate()
    memory = .allocate(capacity: count)
    capacity = count
  }

  /// The row of a record, without a field in it.
  @inline(__always)
  private func emptyRow(_ record: Int) -> FieldRow {
    let words = RecordFields.words(slots: slots)
    let row = FieldRow(fields: fields + record &* slots, filled: filled + record &* words)
    row.clear(slots: slots, words: words)
    return row
  }

  private func fill(_ records: RegularRecords, _ columns: ColumnSelection) {
    columns.slotOfColumn.withUnsafeBufferPointer { slotOfColumn in
      guard let slotOfColumn = slotOfColumn.baseAddress else { return }
      let cutter = FieldCutter(
        chunk.memory, records.kernel, columns, slotOfColumn, chunk.dialect, found)
      fill(records, width: columns.width, cutter)
    }
  }

  private func fill(_ records: RegularRecords, width: Int, _ fieldCutter: FieldCutter) {
    var cutter = fieldCutter
    let memory = chunk.memory
    let whole = UnsafeBufferPointer(rebasing: memory.bytes[records.start..<records.end])
    let isClean = records.isPlainASCII || ByteCheck.isTextWithoutNUL(whole)
    let (recordStarts, recordEnds) = (memory.recordStarts, memory.recordEnds)
    var kept = 0
    for record in 0..<records.count {
      let (start, end) = (Int(recordStarts[record]), Int(recordEnds[record]))
      places[kept] = Place(number: UInt32(record + 1), start: UInt32(start))
      if !isClean, let reject = byteReject(start..<records.next(of: record, memory), kept) {
        rejects.append(reject)
        continue
      }
      let found = cutter.cut(start..<end, into: emptyRow(kept))
      let hasEmptyExtra = found == width + 1 && cutter.endsEmpty(start..<end)
      if found == width || (hasEmptyExtra && !chunk.dialect.isStrict) {
        if hasEmptyExtra { irregularities.emptyExtraFields += 1 }
        kept += 1
      } else {
        rejects.append(fieldCountReject(kept, found: found, expected: width))
      }
    }
    count = kept
  }

  private func fill(
    _ records: [RecordChunk.Record], _ columns: ColumnSelection, _ libcsv: LibcsvParser
  ) -> UInt64? {
    columns.slotOfColumn.withUnsafeBufferPointer { slotOfColumn in
      guard let slots = slotOfColumn.baseAddress else { return nil }
      var sink = FieldSink(memory: chunk.memory, selection: (slots, columns.width))
      return fill(records, columns, libcsv, &sink)
    }
  }

  private func fill(
    _ records: [RecordChunk.Record], _ columns: ColumnSelection, _ libcsv: LibcsvParser,
    _ sink: inout FieldSink
  ) -> UInt64? {
    for record in records {
      let range = Int(record.start)..<Int(record.next)
      places[count] = Place(number: record.number, start: record.start)
      if let reject = byteReject(range, count) {
        rejects.append(reject)
        continue
      }
      let copied = chunk.memory.copied
      let row = emptyRow(count)
      sink.aim(at: row)
      let span = UnsafeBufferPointer(rebasing: chunk.memory.bytes[range])
      guard libcsv.parse(span, into: &sink) else { return position(of: count).byteOffset }
      let hasEmptyExtra = sink.column == columns.width + 1 && sink.lastFieldBytes == 0
      if sink.column == columns.width || (hasEmptyExtra && !chunk.dialect.isStrict) {
        if hasEmptyExtra { irregularities.emptyExtraFields += 1 }
        count += 1
      } else {
        chunk.memory.dropCopies(from: copied)
        rejects.append(fieldCountReject(count, found: sink.column, expected: columns.width))
      }
    }
    return nil
  }

  /// The reject for a record that is not text, if it is none; `place` is where its place stands.
  private func byteReject(_ range: Range<Int>, _ place: Int) -> Reject? {
    let bytes = UnsafeBufferPointer(rebasing: chunk.memory.bytes[range])
    if ByteCheck.isTextWithoutNUL(bytes) { return nil }
    return ByteCheck.reject(bytes, at: position(of: place), chunk.dialect)
  }

  /// Takes records out of the batch and refuses them.
  func refuse(_ refused: Set<Int>, reason: RejectReason) {
    var kept = 0
    for record in 0..<count {
      if refused.contains(record) {
        rejects.append(
          Reject(position: position(of: record), column: nil, reason: reason, detail: .none))
        continue
      }
      places[kept] = places[record]
      if kept < record {
        (fields + kept * slots).update(from: fields + record * slots, count: slots)
        let words = RecordFields.words(slots: slots)
        (filled + kept * words).update(from: filled + record * words, count: words)
      }
      kept += 1
    }
    count = kept
  }

  /// All fields of a record, wanted or not.
  func allFields(of record: Int, _ parser: ChunkParser) -> [[UInt8]] {
    let (bytes, dialect) = (chunk.memory.bytes, chunk.dialect)
    let scanner = RecordScanner(
      delimiter: dialect.delimiter, quote: dialect.quote, limits: chunk.limits)
    let start = Int(places[record].start)
    guard case .record(let found) = scanner.scan(bytes, from: start, isLast: true) else {
      return []
    }
    let record = UnsafeBufferPointer(rebasing: bytes[found.start..<found.next])
    return parser.parser(for: dialect).fields(of: record).map { Array($0.utf8) }
  }

  private func fieldCountReject(_ place: Int, found: Int, expected: Int) -> Reject {
    let limit = chunk.limits.fields
    if found > limit {
      return Reject(
        position: position(of: place), column: nil, reason: .tooManyFields, detail: .limit(limit))
    }
    return Reject(
      position: position(of: place), column: nil, reason: .fieldCount,
      detail: .fields(found: found, expected: expected))
  }
}
