/// Cuts the wanted fields of regular records out of the text, as libcsv would.
///
/// Only the wanted columns are touched. A field is a range of the text, but for doubled quotes,
/// which have to be halved in a copy.
struct FieldCutter {
  private let memory: ChunkMemory
  private let text: UnsafeMutablePointer<UInt8>
  private let separators: UnsafeMutablePointer<UInt32>
  private let wanted: [Int]
  private let lastColumn: Int
  private let delimiter: UInt8
  private let quote: UInt8

  init(_ memory: ChunkMemory, _ columns: ColumnSelection, _ dialect: Dialect) {
    self.memory = memory
    text = memory.text
    separators = memory.separators
    wanted = columns.wanted
    lastColumn = columns.width - 1
    delimiter = dialect.delimiter
    quote = dialect.quote
  }

  /// Cuts one record.
  ///
  /// - Parameters:
  ///   - first: the place of its first separator.
  ///   - fields: where the spans go, one a slot.
  @inline(__always)
  func cut(first: Int, recordStart: Int, into fields: UnsafeMutablePointer<FieldSpan>) {
    for slot in wanted.indices {
      let column = wanted[slot]
      let start = column == 0 ? recordStart : Int(separators[first &+ column &- 1]) &+ 1
      let end = Int(separators[first &+ column])
      fields[slot] =
        start == end
        ? FieldSpan(start: 0, count: 0)
        : span(start, column == lastColumn ? lineEnd(start, end) : end)
    }
  }

  /// Whether the field that ends at a separator holds nothing, quoted or not.
  func isEmptyField(at last: Int) -> Bool {
    let start = last == 0 ? 0 : Int(separators[last - 1]) + 1
    return span(start, lineEnd(start, Int(separators[last]))).count == 0
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
    for position in start..<max(start, end) where text[position] == quote {
      return unescaped(start, end, firstQuote: position)
    }
    return FieldSpan(start: UInt32(start), count: UInt32(max(0, end - start)))
  }

  private func unescaped(_ start: Int, _ end: Int, firstQuote: Int) -> FieldSpan {
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
