/// The wanted fields of a chunk's records, after libcsv: what Ingest hands to Normalize.
///
/// Structure of arrays: all field bytes one after the other, and per record and slot where a field
/// ends. A slot is a column's place among the wanted columns. Fields are valid UTF-8 without zero
/// bytes, unescaped, with the trimming ``LibcsvParser`` documents. A worker owns one batch and
/// fills it again for every chunk.
package final class RecordBatch {
  /// Which input, in the order of the command line, and which chunk of the run.
  package private(set) var input = 0
  package private(set) var ordinal = 0
  package private(set) var count = 0
  package private(set) var rejects: [Reject] = []
  package private(set) var irregularities = RecordChunk.Irregularities()
  package private(set) var rawBytes: UInt64 = 0
  package private(set) var positions: [RecordPosition] = []

  @usableFromInline package private(set) var slots = 0
  @usableFromInline var bytes: UnsafePointer<UInt8>
  @usableFromInline var ends: UnsafeMutablePointer<UInt32>
  private var endCapacity = 1
  private var sink: FieldSink

  package init() {
    sink = FieldSink(slotOfColumn: nil, columns: 0, byteCapacity: 1)
    ends = .allocate(capacity: 1)
    ends.initialize(to: 0)
    bytes = UnsafePointer(ends).withMemoryRebound(to: UInt8.self, capacity: 4) { $0 }
  }

  deinit {
    sink.deallocate()
    ends.deallocate()
  }

  /// The bytes of one field. Valid until the batch is filled again.
  ///
  /// - Complexity: O(1).
  @inlinable
  package func field(record: Int, slot: Int) -> UnsafeBufferPointer<UInt8> {
    // ends[0] is where the first field starts; field k ends at ends[k + 1].
    let index = record &* slots &+ slot
    let start = Int(ends[index])
    return UnsafeBufferPointer(start: bytes + start, count: Int(ends[index &+ 1]) &- start)
  }
}

extension RecordBatch {
  /// Parses a chunk into the batch, which forgets what it held.
  ///
  /// - Parameter columns: the header's width and the wanted columns.
  /// - Returns: nil, or the raw offset at which libcsv and the scanner disagree on a record.
  package func fill(from chunk: RecordChunk, columns: ColumnSelection, parser: ChunkParser)
    -> UInt64?
  {
    input = chunk.input
    ordinal = chunk.ordinal
    count = 0
    rejects = chunk.rejects
    irregularities = chunk.irregularities
    rawBytes = chunk.rawBytes
    positions.removeAll(keepingCapacity: true)
    slots = columns.wanted.count
    reserve(fields: chunk.records.count * slots + 1)
    ends[0] = 0
    let disagreement = chunk.bytes.withUnsafeBufferPointer { chunkBytes in
      columns.slotOfColumn.withUnsafeBufferPointer { slotOfColumn in
        parse(chunk, chunkBytes, slotOfColumn, columns, parser.parser(for: chunk.dialect))
      }
    }
    rejects.sort { $0.position.record < $1.position.record }
    return disagreement
  }

  private func reserve(fields: Int) {
    guard fields > endCapacity else { return }
    ends.deallocate()
    ends = .allocate(capacity: fields)
    endCapacity = fields
  }

  private func parse(
    _ chunk: RecordChunk, _ chunkBytes: UnsafeBufferPointer<UInt8>,
    _ slotOfColumn: UnsafeBufferPointer<Int32>, _ columns: ColumnSelection, _ libcsv: LibcsvParser
  ) -> UInt64? {
    sink = FieldSink(
      reusing: sink, slotOfColumn: slotOfColumn.baseAddress, columns: columns.width,
      byteCapacity: chunkBytes.count)
    let isClean = ByteCheck.isTextWithoutNUL(chunkBytes)
    for record in chunk.records {
      let span = UnsafeBufferPointer(
        rebasing: chunkBytes[Int(record.start)..<Int(record.next)])
      if !isClean, let reject = ByteCheck.reject(span, at: record.position, chunk.dialect) {
        rejects.append(reject)
        continue
      }
      let bytesBefore = sink.byteCount
      sink.aim(at: ends + count * slots + 1)
      guard libcsv.parse(span, into: &sink) else { return record.position.byteOffset }
      let hasEmptyExtra = sink.column == columns.width + 1 && sink.lastFieldBytes == 0
      if sink.column == columns.width || (hasEmptyExtra && !chunk.dialect.isStrict) {
        if hasEmptyExtra { irregularities.emptyExtraFields += 1 }
        count += 1
        positions.append(record.position)
      } else {
        sink.dropBytes(to: bytesBefore)
        rejects.append(fieldCountReject(record.position, expected: columns.width))
      }
    }
    bytes = UnsafePointer(sink.start)
    return nil
  }

  private func fieldCountReject(_ position: RecordPosition, expected: Int) -> Reject {
    Reject(
      position: position, column: nil, reason: .fieldCount,
      detail: .fields(found: sink.column, expected: expected))
  }
}

/// The libcsv parser of one worker.
package final class ChunkParser {
  private var libcsv: LibcsvParser?

  package init() {}

  /// The parser for a dialect; inputs may differ in theirs.
  func parser(for dialect: Dialect) -> LibcsvParser {
    if let libcsv, libcsv.delimiter == dialect.delimiter, libcsv.quote == dialect.quote {
      return libcsv
    }
    let made = LibcsvParser(delimiter: dialect.delimiter, quote: dialect.quote)
    libcsv = made
    return made
  }
}

/// Which of an input's columns are read.
package struct ColumnSelection: Hashable, Sendable {
  /// Fields of a whole record.
  package let width: Int
  /// Ascending; a column's place here is its slot.
  package let wanted: [Int]
  let slotOfColumn: [Int32]

  /// - Precondition: `wanted` is ascending and below `width`.
  package init(width: Int, wanted: [Int]) {
    self.width = width
    self.wanted = wanted
    var slots = [Int32](repeating: -1, count: width)
    for (slot, column) in wanted.enumerated() { slots[column] = Int32(slot) }
    slotOfColumn = slots
  }

  /// - Returns: the slot of a column, or nil when nobody wanted it.
  package func slot(of column: Int) -> Int? {
    let slot = slotOfColumn[column]
    return slot < 0 ? nil : Int(slot)
  }
}
