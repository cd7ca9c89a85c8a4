/// Splits one record into its fields as libcsv does; tests hold it against libcsv.
///
/// For the few records of a sample. The parser of a run works on chunks of an open input, which a
/// sample is not.
enum FieldSplitter {
  private enum State { case before, unquoted, quoted, afterQuote }

  /// - Parameter record: the bytes of one record, without its line end.
  static func fields(of record: some Sequence<UInt8>, delimiter: UInt8) -> [String] {
    var fields: [String] = []
    var field: [UInt8] = []
    var state = State.before
    /// White space at the end of the field that is dropped if the field ends here; with the
    /// closing quote, which is kept until then.
    var droppable = 0
    func end() {
      fields.append(String(decoding: field.dropLast(droppable), as: UTF8.self))
      field.removeAll(keepingCapacity: true)
      (state, droppable) = (.before, 0)
    }
    for byte in record {
      let isQuote = byte == UInt8(ascii: "\"")
      let isSpace = (byte == 0x20 || byte == 0x09) && byte != delimiter
      switch state {
      case _ where byte == delimiter && state != .quoted: end()
      case .before where isSpace: break
      case .before where isQuote: state = .quoted
      case .before: (field, state) = ([byte], .unquoted)
      case .unquoted:
        field.append(byte)
        droppable = isSpace ? droppable + 1 : 0
      case .quoted:
        field.append(byte)
        if isQuote { (state, droppable) = (.afterQuote, 1) }
      case .afterQuote where isSpace:
        field.append(byte)
        droppable += 1
      case .afterQuote where isQuote && droppable == 1: (state, droppable) = (.quoted, 0)
      case .afterQuote where isQuote:
        field.append(byte)
        droppable = 1
      case .afterQuote:
        field.append(byte)
        (state, droppable) = (.quoted, 0)
      }
    }
    end()
    return fields
  }
}
