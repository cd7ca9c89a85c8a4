/// How the bytes of published CSV files are written. The values are the same in all of them.
package enum CSVProfile: String, CaseIterable, Sendable {
  /// What databases and BI tools read without a question: LF, quotes where RFC 4180 asks for them.
  case bi
  /// What a spreadsheet opens with a double click: only a byte order mark tells it that the text is
  /// UTF-8, and quotes that the field is a text.
  case excel

  var quotesTexts: Bool { self == .excel }
  var endsLinesWithCR: Bool { self == .excel }
  /// What a file begins with.
  var start: [UInt8] { self == .excel ? [0xEF, 0xBB, 0xBF] : [] }
}
