import CLibcsv

/// One libcsv parser: turns the bytes of one record at a time into fields.
///
/// libcsv decides what a field is. Its habits, kept knowingly: spaces and tabs around an unquoted
/// field, and after a closing quote, are dropped (`"a" , "b"` is two quoted fields); a quote inside
/// an unquoted field stays; a doubled quote is one quote.
///
/// Not to be shared between threads: one parser per worker.
final class LibcsvParser {
  let delimiter: UInt8
  let quote: UInt8
  private var parser = csv_parser()

  init(delimiter: UInt8, quote: UInt8 = UInt8(ascii: "\"")) {
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

  /// All fields of one record as text; invalid UTF-8 is replaced. For header records only.
  func fields(of record: UnsafeBufferPointer<UInt8>) -> [String] {
    var sink = FieldSink(slotOfColumn: nil, columns: 0, byteCapacity: record.count)
    defer { sink.deallocate() }
    _ = parse(record, into: &sink)
    var fields: [String] = []
    var start = 0
    for end in sink.allFieldEnds {
      fields.append(
        String(decoding: UnsafeBufferPointer(rebasing: sink.bytes[start..<end]), as: UTF8.self))
      start = end
    }
    return fields
  }
}

/// Where libcsv's fields go: the wanted columns' bytes one after the other, and where each ends.
struct FieldSink {
  private(set) var bytes: UnsafeMutableBufferPointer<UInt8>
  private(set) var byteCount = 0
  /// Per column its place among the wanted ones, or -1; nil: every column is wanted.
  private let slotOfColumn: UnsafePointer<Int32>?
  private let columns: Int
  /// Ends of the current record's wanted fields, as positions in `bytes`.
  private(set) var fieldEnds: UnsafeMutablePointer<UInt32>?
  private(set) var allFieldEnds: [Int] = []
  private(set) var column = 0
  private(set) var lastFieldBytes = 0
  private(set) var recordEnds = 0

  init(slotOfColumn: UnsafePointer<Int32>?, columns: Int, byteCapacity: Int) {
    self.slotOfColumn = slotOfColumn
    self.columns = columns
    bytes = .allocate(capacity: max(1, byteCapacity))
  }

  /// The same memory, grown where it is too small, for another chunk.
  init(
    reusing old: FieldSink, slotOfColumn: UnsafePointer<Int32>?, columns: Int, byteCapacity: Int
  ) {
    self.slotOfColumn = slotOfColumn
    self.columns = columns
    bytes = old.bytes
    if byteCapacity > bytes.count {
      bytes.deallocate()
      bytes = .allocate(capacity: byteCapacity)
    }
  }

  func deallocate() { bytes.deallocate() }

  /// - Precondition: the memory is never empty.
  var start: UnsafeMutablePointer<UInt8> {
    guard let start = bytes.baseAddress else { preconditionFailure("a sink has memory") }
    return start
  }

  mutating func beginRecord() {
    column = 0
    lastFieldBytes = 0
    recordEnds = 0
  }

  mutating func aim(at ends: UnsafeMutablePointer<UInt32>) { fieldEnds = ends }

  /// Forgets the bytes of a record that is refused after all.
  mutating func dropBytes(to count: Int) { byteCount = count }

  fileprivate mutating func endRecord() { recordEnds += 1 }

  /// - Precondition: the fields of a chunk are never longer than its bytes, so they fit.
  fileprivate mutating func append(_ field: UnsafeMutableRawPointer?, _ count: Int) {
    lastFieldBytes = count
    defer { column += 1 }
    guard let slotOfColumn else {
      copy(field, count)
      allFieldEnds.append(byteCount)
      return
    }
    guard column < columns, slotOfColumn[column] >= 0, let fieldEnds else { return }
    copy(field, count)
    fieldEnds[Int(slotOfColumn[column])] = UInt32(byteCount)
  }

  private mutating func copy(_ field: UnsafeMutableRawPointer?, _ count: Int) {
    guard let field, count > 0, let base = bytes.baseAddress else { return }
    precondition(byteCount + count <= bytes.count, "a field is longer than its record")
    UnsafeMutableRawPointer(base + byteCount).copyMemory(from: field, byteCount: count)
    byteCount += count
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
