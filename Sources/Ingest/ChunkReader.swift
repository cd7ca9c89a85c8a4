import Synchronization
import SystemCalls

/// Cuts one input into chunks of whole records, for several threads at a time.
///
/// Every thread takes a chunk's place in the order (``take()``), reads and scans it by itself, and
/// only then waits for the chunk before to say where its own first record really begins. What a
/// scan has to assume until then, whether the chunk begins inside of quotes, is worked out from the
/// chunk: only one assumption leaves it regular. A wrong one is noticed at the hand-over, and the
/// chunk is scanned again.
///
/// Chunks that are proved regular are cut by a vector scan; all others, and all under
/// ``Method/libcsv``, by ``RecordScanner`` for libcsv. Both give the same records.
package final class ChunkReader: Sendable {
  /// How records are found and taken apart.
  package enum Method: String, CaseIterable, Sendable {
    /// The vector scan where it is proved right, libcsv elsewhere.
    case hybrid
    /// libcsv for every record.
    case libcsv
  }

  /// A chunk's place in the order of the input.
  package struct Turn: Sendable {
    fileprivate let number: Int
  }

  /// Read behind each chunk at first, since its last record mostly ends there.
  private static let bytesBehind = 4 << 10

  package let input: Int
  package let dialect: Dialect
  private let source: TextSource
  private let limits: IngestLimits
  private let chunkBytes: Int
  private let kernel: SeparatorKernel?
  private let alwaysAssumes: Bool
  private let relay: ReadingRelay
  private let turns = Atomic(0)
  private let header: Mutex<UInt64>

  /// - Parameters:
  ///   - kernel: nil: every record is read with libcsv.
  ///   - alwaysAssumes: scans a chunk before its beginning is known even where it is; for tests.
  /// - Throws: ``IngestError`` where the input's first bytes contradict the dialect.
  package init(
    _ reader: InputReader, input: Int, dialect: Dialect, limits: IngestLimits, chunkBytes: Int,
    kernel: SeparatorKernel? = .best, alwaysAssumes: Bool = false
  ) throws(IngestError) {
    self.input = input
    self.dialect = dialect
    self.limits = limits
    self.chunkBytes = max(1, chunkBytes)
    self.kernel = kernel
    self.alwaysAssumes = alwaysAssumes
    source = try TextSource(reader, encoding: dialect.encoding, chunkBytes: max(1, chunkBytes))
    relay = ReadingRelay(start: source.start)
    header = Mutex(0)
  }

  package var path: String { source.path }
  /// Raw bytes before the first record that is not a header.
  package var headerBytes: UInt64 { header.withLock { $0 } }
  /// Records so far, refused ones too, without header records. Call when all chunks have been read.
  package var recordsFound: UInt64 { relay.place.records }

  /// The next chunk's turn, or nil when the input is known to have no more.
  package func take() -> Turn? {
    let number = turns.load(ordering: .relaxed)
    if source.ends(before: UInt64(number) * UInt64(chunkBytes)) { return nil }
    return Turn(number: turns.wrappingAdd(1, ordering: .relaxed).oldValue)
  }

  /// Fills `chunk` with the next records; for readers that are alone.
  ///
  /// - Returns: false at the end of the input.
  package func next(into chunk: RecordChunk) throws(IngestError) -> Bool {
    guard let turn = take() else { return false }
    try read(turn, into: chunk)
    return true
  }

  /// Fills `chunk` with the records whose turn it is; there may be none.
  ///
  /// Every turn that was taken has to be read, by any thread.
  /// - Throws: ``IngestError``. Chunks behind one that failed are empty.
  package func read(_ turn: Turn, into chunk: RecordChunk) throws(IngestError) {
    chunk.clear()
    (chunk.input, chunk.dialect, chunk.limits) = (input, dialect, limits)
    do throws(IngestError) {
      try fill(chunk, turn.number)
    } catch {
      relay.fail()
      throw error
    }
  }

  private func fill(_ chunk: RecordChunk, _ turn: Int) throws(IngestError) {
    let begin = SystemCalls.monotonicNanoseconds()
    var scan = ChunkScan(chunk, source, limits, kernel)
    try scan.load(at: UInt64(turn) * UInt64(chunkBytes), chunkBytes, ChunkReader.bytesBehind)
    if alwaysAssumes || relay.place(ifTurn: turn) == nil { try scan.assume() }
    let assumed = SystemCalls.monotonicNanoseconds()
    guard let place = relay.place(at: turn) else { return chunk.clear() }
    let settling = SystemCalls.monotonicNanoseconds()
    let end = try scan.settle(place)
    source.release(before: UInt64(turn + 1) * UInt64(chunkBytes))
    relay.pass(end)
    chunk.times.wait = settling - assumed
    let busy = SystemCalls.monotonicNanoseconds() - begin - chunk.times.wait
    chunk.times.scan = busy - min(busy, chunk.times.read)
  }

  /// Checks that the input is the one that was opened and that every byte is accounted for. Call
  /// when all chunks have been read.
  package func finish() throws(IngestError) -> InputReader.Identity {
    try source.finish(accounted: relay.place.rawOffset)
  }

  /// The header records, field by field, read with libcsv. Call once, before any chunk is taken.
  ///
  /// - Parameter skipping: records before them, such as a title, that are passed over as they are.
  /// - Throws: ``IngestError`` where the input ends before them or one of them is malformed.
  package func readHeader(skipping preamble: Int = 0) throws(IngestError) -> [[String]] {
    var reader = HeaderReader(source, dialect, limits)
    for _ in 0..<preamble { _ = try reader.next(found: 0, of: dialect.headerRecords) }
    var headers: [[String]] = []
    while headers.count < dialect.headerRecords {
      let (fields, reject) = try reader.next(found: headers.count, of: dialect.headerRecords)
      if let reject { throw .headerUnreadable(path: path, reject) }
      headers.append(dialect.isGuarded ? fields.map(FormulaGuard.dropped) : fields)
    }
    var place = reader.place
    place.records = 0
    relay.start(at: place)
    header.withLock { $0 = place.rawOffset }
    return headers
  }
}

/// Reads the first records of an input one by one.
private struct HeaderReader {
  private static let firstBytes = 64 << 10
  private let source: TextSource
  private let dialect: Dialect
  private let limits: IngestLimits
  private let memory = ChunkMemory()
  private var isAtEnd = false
  private(set) var place: ReadingPlace

  init(_ source: TextSource, _ dialect: Dialect, _ limits: IngestLimits) {
    self.source = source
    self.dialect = dialect
    self.limits = limits
    place = source.start
  }

  /// The next record, with what is wrong with it.
  mutating func next(
    found: Int, of expected: Int
  ) throws(IngestError) -> (fields: [String], reject: Reject?) {
    while true {
      var scan = LenientScan(
        dialect, limits, from: place, at: Int(place.offset - source.start.offset))
      let isDone = scan.proceed(memory.bytes, to: .max, isLast: isAtEnd, recordLimit: 1)
      let isFound = !scan.records.isEmpty || !scan.rejects.isEmpty
      if isFound {
        let before = place
        place = scan.place
        return scan.records.first.map { fields($0, after: before) } ?? ([], scan.rejects.first)
      }
      if isDone && isAtEnd {
        let isBlank = scan.position == memory.count
        throw found == 0 && isBlank
          ? .isEmpty(path: source.path)
          : .headerIncomplete(path: source.path, found: found, expected: expected)
      }
      try readMore()
    }
  }

  /// - Parameter before: where reading stood; blank lines may be between it and the record.
  private func fields(
    _ record: RecordChunk.Record, after before: ReadingPlace
  ) -> (fields: [String], reject: Reject?) {
    let bytes = UnsafeBufferPointer(
      rebasing: memory.bytes[Int(record.start)..<Int(record.next)])
    let parser = LibcsvParser(delimiter: dialect.delimiter, quote: dialect.quote)
    var begin = before
    let passed = Int(before.offset - source.start.offset)..<Int(record.start)
    begin.pass(UnsafeBufferPointer(rebasing: memory.bytes[passed]), dialect.encoding)
    let position = RecordPosition(
      record: place.records, line: begin.line, byteOffset: begin.rawOffset)
    let fields = parser.fields(of: bytes)
    if fields.count > limits.fields {
      let reject = Reject(
        position: position, column: nil, reason: .tooManyFields, detail: .limit(limits.fields))
      return (fields, reject)
    }
    return (fields, ByteCheck.reject(bytes, at: position, dialect))
  }

  private mutating func readMore() throws(IngestError) {
    let wanted = max(HeaderReader.firstBytes, memory.count)
    let room = memory.room(for: wanted)
    let count = try source.read(at: source.start.offset + UInt64(memory.count), into: room)
    memory.take(count)
    if count < wanted { isAtEnd = true }
  }
}
