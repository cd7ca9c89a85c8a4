/// Which record is to be explained, as the user names it.
package enum RecordReference: Hashable, Sendable {
  /// By the respondent's id, trimmed.
  case id(String)
  /// By its place.
  case place(input: Int, record: UInt64)

  /// Reads `ID` or `SOURCE#RECORD`.
  ///
  /// An id may hold a `#` itself: a place is meant only where the part before the last one is the
  /// name of a source. Of several inputs with one name it is the first.
  package init(_ text: String, sources: [String]) {
    if let mark = text.lastIndex(of: "#"), let record = UInt64(text[text.index(after: mark)...]),
      let input = sources.firstIndex(of: String(text[..<mark]))
    {
      self = .place(input: input, record: record)
    } else {
      self = .id(text)
    }
  }
}
