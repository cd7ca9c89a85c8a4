/// The header records, to be recognised where they come again: in files that were put together, or
/// that somebody scrolled through and copied with their headings.
///
/// A record is a repeated header only if all its fields are those of a header record, whatever their
/// quoting. To be seen first is one wanted column, the one with the longest text: that is a
/// comparison of lengths for nearly every record.
struct HeaderEcho: Hashable, Sendable {
  struct Header: Hashable, Sendable {
    /// Of every column.
    let fields: [[UInt8]]
    /// The slot to look at first, and its column.
    let slot: Int
    let column: Int
  }

  let headers: [Header]
  let wanted: [Int]

  /// Nil where no header record could be told by the wanted columns.
  init?(_ records: [[String]], width: Int, wanted: [Int]) {
    headers = records.compactMap { record in
      guard record.count == width else { return nil }
      let fields = record.map { Array($0.utf8) }
      // The first column of a file put behind another one may begin with a byte order mark.
      let slots = wanted.indices.filter { !fields[wanted[$0]].isEmpty }
      let first = slots.max {
        (wanted[$0] > 0 ? 1 : 0, fields[wanted[$0]].count)
          < (wanted[$1] > 0 ? 1 : 0, fields[wanted[$1]].count)
      }
      return first.map { Header(fields: fields, slot: $0, column: wanted[$0]) }
    }
    self.wanted = wanted
    if headers.isEmpty { return nil }
  }
}

extension RecordBatch {
  /// Refuses the records that repeat a header record.
  func refuseEchoes(of echo: HeaderEcho, _ parser: ChunkParser) {
    var echoes: [Int] = []
    for header in echo.headers {
      let length = UInt32(header.fields[header.column].count)
      // A mark in front of the first column makes it three bytes longer.
      let marked = header.column == 0 ? length + 3 : length
      for record in 0..<count {
        let found = fields[record &* slots &+ header.slot].count
        guard found == length || found == marked else { continue }
        if repeats(header, echo.wanted, record, parser) { echoes.append(record) }
      }
    }
    if !echoes.isEmpty { refuse(Set(echoes), reason: .repeatedHeader) }
  }

  /// Compares the wanted columns, and only if they are the header's, all of them.
  private func repeats(
    _ header: HeaderEcho.Header, _ wanted: [Int], _ record: Int, _ parser: ChunkParser
  ) -> Bool {
    for (slot, column) in wanted.enumerated()
    where !isText(field(record: record, slot: slot), header.fields[column], column) {
      return false
    }
    if wanted.count == header.fields.count { return true }
    let all = allFields(of: record, parser)
    return all.count == header.fields.count
      && all.enumerated().allSatisfy { isText($1, header.fields[$0], $0) }
  }

  private func isText(_ field: some Collection<UInt8>, _ text: [UInt8], _ column: Int) -> Bool {
    if field.elementsEqual(text) { return true }
    return column == 0 && field.starts(with: byteOrderMark)
      && field.dropFirst(3).elementsEqual(text)
  }
}

private let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]
