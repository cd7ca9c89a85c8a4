import CLibcsv

/// One libcsv parser: turns the bytes of one record at a time into fields.
///
/// libcsv decides what a field is. Its habits, kept knowingly: spaces and tabs around an unquoted
/// field, and after a closing quote, are dropped (`"a" , "b"` is two quoted fields); a quote inside
/// an unquoted field stays; a doubled quote is one quote.
///
/// Not to be shared between threads: one parser per worker.
package final class LibcsvParser {
  let delimiter: UInt8
  let quote: UInt8
  private var parser = csv_parser()

  package init(delimiter: UInt8, quote: UInt8 = UInt8(ascii: "\"")) {
    self.delimiter = delimiter
    self.quote = quote
    // Options 0: no strictness of libcsv's own, RecordScanner has refused what is to be refused.
    csv_init(&parser, 0)
    csv_set_delim(&parser, delimiter)
    csv_set_quote(&parser, quote)
    // libcsv grows its buffer by 128 bytes at a time unless told otherwise.
    csv_set_blk_size(&parser, 65_536)
  }

  deinit { csv_free(&parser) }

  /// Parses one record with its line end, handing every field to `sink`.
  ///
  /// - Returns: whether libcsv found exactly one record, which ends where the bytes do.
  func parse(_ record: UnsafeBufferPointer<UInt8>, into sink: UnsafeMutablePointer<FieldSink>)
    -> Bool
  {
    sink.pointee.beginRecord()
    let parsed = csv_parse(
      &parser, record.baseAddress, record.count, libcsvField, libcsvRecordEnd, sink)
    if parsed != record.count { return false }
    // Without a final line end only csv_fini closes the record; after one it reports nothing more.
    if csv_fini(&parser, libcsvField, libcsvRecordEnd, sink) != 0 { return false }
    return sink.pointee.recordEnds == 1
  }

  /// All fields of one record as text; invalid UTF-8 is replaced. For headers and samples only.
  package func fields(of record: UnsafeBufferPointer<UInt8>) -> [String] {
    let memory = ChunkMemory()
    // Room for the fields is behind the text, and as large.
    _ = memory.room(for: max(1, record.count))
    memory.take(max(1, record.count))
    memory.clearCopies()
    var sink = FieldSink(memory: memory, selection: nil)
    _ = parse(record, into: &sink)
    return sink.allFields.map { field in
      String(
        decoding: UnsafeBufferPointer(
          start: memory.text + Int(field.start), count: Int(field.count)), as: UTF8.self)
    }
  }
}

/// Where a field's bytes are in the memory of its chunk.
package struct FieldSpan: Hashable, Sendable, BitwiseCopyable {
  package let start: UInt32
  package let count: UInt32
  package init(start: UInt32, count: UInt32) {
    self.start = start
    self.count = count
  }
}

/// Where libcsv's fields go: copies of the wanted ones, and where each of them is.
struct FieldSink {
  private let memory: ChunkMemory
  /// Per column its place among the wanted ones, or -1; nil: every column is wanted.
  private let slotOfColumn: UnsafePointer<Int32>?
  private let columns: Int
  /// The current record's wanted fields.
  private var row: FieldRow?
  private(set) var allFields: [FieldSpan] = []
  private(set) var column = 0
  private(set) var lastFieldBytes = 0
  private(set) var recordEnds = 0

  /// - Parameter selection: must outlive the sink.
  init(memory: ChunkMemory, selection: (slotOfColumn: UnsafePointer<Int32>, columns: Int)?) {
    self.memory = memory
    slotOfColumn = selection?.slotOfColumn
    columns = selection?.columns ?? 0
  }

  mutating func beginRecord() {
    column = 0
    lastFieldBytes = 0
    recordEnds = 0
  }

  mutating func aim(at row: FieldRow) { self.row = row }

  fileprivate mutating func endRecord() { recordEnds += 1 }

  fileprivate mutating func append(_ field: UnsafeMutableRawPointer?, _ count: Int) {
    lastFieldBytes = count
    defer { column += 1 }
    guard let slotOfColumn else { return allFields.append(copy(field, count)) }
    guard column < columns, slotOfColumn[column] >= 0, let row else { return }
    row.set(Int(slotOfColumn[column]), to: copy(field, count))
  }

  private func copy(_ field: UnsafeMutableRawPointer?, _ count: Int) -> FieldSpan {
    guard let field, count > 0 else { return FieldSpan(start: 0, count: 0) }
    let start = memory.copied
    UnsafeMutableRawPointer(memory.roomForCopy(of: count)).copyMemory(from: field, byteCount: count)
    memory.takeCopy(count)
    return FieldSpan(start: UInt32(start), count: UInt32(count))
  }
}

private func libcsvField(
  _ field: UnsafeMutableRawPointer?, _ count: Int, _ context: UnsafeMutableRawPointer?
) {
  context?.assumingMemoryBound(to: FieldSink.self).pointee.append(field, count)
}

private func libcsvRecordEnd(_ character: Int32, _ context: UnsafeMutableRawPointer?) {
  context?.assumingMemoryBound(to: FieldSink.self).pointee.endRecord()
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
