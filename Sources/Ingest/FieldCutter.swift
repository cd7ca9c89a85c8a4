import CSeparators

/// Cuts the wanted fields of regular records out of the text, as libcsv would.
///
/// Only the wanted columns are touched. A field is a range of the text, but for doubled quotes,
/// which have to be halved in a copy.
struct FieldCutter {
  private let memory: ChunkMemory
  private let text: UnsafeMutablePointer<UInt8>
  private let separators: UnsafeMutablePointer<UInt64>
  private let kernel: SeparatorKernel
  private let slotOfColumn: UnsafePointer<Int32>
  private let wanted: [Int]
  /// Few columns are wanted: each is looked up by its number. Else those that are not empty are
  /// looked through.
  private let isNarrow: Bool
  private let lastWanted: Int
  private let lastColumn: Int
  private let delimiter: UInt8
  private let quote: UInt8
  /// A record's fields as they stand in the text.
  private var found: separated_fields_output

  /// - Parameters:
  ///   - slotOfColumn: the selection's; must outlive the cutter.
  ///   - room: for ``room(for:)`` positions.
  init(
    _ memory: ChunkMemory, _ kernel: SeparatorKernel, _ columns: ColumnSelection,
    _ slotOfColumn: UnsafePointer<Int32>, _ dialect: Dialect, _ room: UnsafeMutablePointer<UInt32>
  ) {
    self.memory = memory
    self.kernel = kernel
    self.slotOfColumn = slotOfColumn
    text = memory.text
    separators = memory.separators
    wanted = columns.wanted
    isNarrow = columns.wanted.count <= FieldCutter.narrowColumns
    lastWanted = columns.wanted.last ?? 0
    lastColumn = columns.width - 1
    delimiter = dialect.delimiter
    quote = dialect.quote
    let third = FieldCutter.room(for: columns) / 3
    found = separated_fields_output(
      starts: room, ends: room + third, columns: room + 2 * third, count: 0)
  }

  static func room(for columns: ColumnSelection) -> Int {
    3 * (columns.width + Int(separated_fields_padding))
  }

  /// Cuts one record.
  ///
  /// - Parameters:
  ///   - record: from its first byte to its last separator.
  ///   - row: where the spans go, and the marks of the slots that hold a byte. Empty so far.
  /// - Returns: the number of its fields.
  @inline(__always)
  mutating func cut(_ record: Range<Int>, into row: FieldRow) -> Int {
    isNarrow ? cutWanted(record, row) : cutFilled(record, row)
  }

  private static let narrowColumns = 16

  @inline(__always)
  private func cutWanted(_ record: Range<Int>, _ row: FieldRow) -> Int {
    let ends: UnsafeMutablePointer<UInt32> = found.ends
    let count = kernel.listEnds(separators, record, upTo: lastWanted, into: ends)
    if count <= lastWanted { return count }
    for slot in wanted.indices {
      let column = wanted[slot]
      let start = column == 0 ? record.lowerBound : Int(ends[column &- 1]) &+ 1
      let end = Int(ends[column])
      if start == end { continue }
      row.set(slot, to: span(start, column == lastColumn ? lineEnd(start, end) : end))
    }
    return count
  }

  @inline(__always)
  private mutating func cutFilled(_ record: Range<Int>, _ row: FieldRow) -> Int {
    let count = kernel.list(separators, record, upTo: lastWanted, into: &found)
    for place in 0..<found.count {
      let column = Int(found.columns[place])
      if column > lastWanted { break }
      let slot = slotOfColumn[column]
      if slot < 0 { continue }
      let (start, end) = (Int(found.starts[place]), Int(found.ends[place]))
      row.set(Int(slot), to: span(start, column == lastColumn ? lineEnd(start, end) : end))
    }
    return count
  }

  /// Whether a record's last field holds nothing, quoted or not.
  func endsEmpty(_ record: Range<Int>) -> Bool {
    let start = memory.fieldStart(before: record.upperBound, from: record.lowerBound)
    return span(start, lineEnd(start, record.upperBound)).count == 0
  }

  /// Without the CR of a CR LF; regular text has no other.
  private func lineEnd(_ start: Int, _ end: Int) -> Int {
    end > start && text[end &- 1] == UInt8(ascii: "\r") ? end &- 1 : end
  }

  @inline(__always)
  private func span(_ start: Int, _ end: Int) -> FieldSpan {
    if start < end, text[start] == quote { return quoted(start &+ 1, end &- 1) }
    var (start, end) = (start, end)
    while start < end, isSpace(text[start]) { start &+= 1 }
    while start < end, isSpace(text[end &- 1]) { end &-= 1 }
    return FieldSpan(
      start: UInt32(truncatingIfNeeded: start), count: UInt32(truncatingIfNeeded: end &- start))
  }

  @inline(__always)
  private func isSpace(_ byte: UInt8) -> Bool {
    (byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t")) && byte != delimiter
  }

  /// The text between a field's quotes.
  private func quoted(_ start: Int, _ end: Int) -> FieldSpan {
    var block = start
    while block < end {
      var notASCII: UInt64 = 0
      let quotes = byte_places(text + block, quote, &notASCII)
      if quotes != 0, block &+ quotes.trailingZeroBitCount < end { return unescaped(start, end) }
      block &+= 64
    }
    return FieldSpan(start: UInt32(start), count: UInt32(max(0, end - start)))
  }

  private func unescaped(_ start: Int, _ end: Int) -> FieldSpan {
    let copy = memory.roomForCopy(of: end - start)
    var count = 0
    var position = start
    while position < end {
      copy[count] = text[position]
      count += 1
      position += text[position] == quote ? 2 : 1
    }
    let span = FieldSpan(start: UInt32(memory.copied), count: UInt32(count))
    memory.takeCopy(count)
    return span
  }
}
