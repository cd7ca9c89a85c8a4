/// How the bytes of an input become fields.
package struct Dialect: Hashable, Sendable {
  package var delimiter: UInt8
  package var quote: UInt8
  package var encoding: CharacterEncoding
  /// Counted in records, not in lines.
  package var headerRecords: Int
  /// 1-based header record that holds the option labels.
  package var labelRecord: Int
  /// Refuse what the lenient reading would repair.
  package var isStrict: Bool
  /// Texts that a spreadsheet would take for formulas have a `'` before them, which is dropped.
  package var isGuarded = false

  package init(
    delimiter: UInt8 = UInt8(ascii: ","), quote: UInt8 = UInt8(ascii: "\""),
    encoding: CharacterEncoding = .utf8,
    headerRecords: Int = 1, labelRecord: Int? = nil, isStrict: Bool = false
  ) {
    self.delimiter = delimiter
    self.quote = quote
    self.encoding = encoding
    self.headerRecords = headerRecords
    self.labelRecord = labelRecord ?? headerRecords
    self.isStrict = isStrict
  }
}

/// The encodings an input can be declared to have. Raw values are those of the survey file.
package enum CharacterEncoding: String, CaseIterable, Sendable {
  case utf8 = "utf-8"
  case utf16 = "utf-16"
  case windows1252 = "windows-1252"
  case latin1 = "iso-8859-1"
  case macRoman = "macintosh"
}

/// Bounds that keep memory flat whatever the bytes are.
package struct IngestLimits: Hashable, Sendable {
  /// A record longer than this is a reject: most likely a wrong delimiter or a lost quote.
  package var recordBytes = 1 << 20
  /// A record of more fields than this is a reject, and a header of more is refused.
  package var fields = 20_000
  /// A quoted field over more lines than this is a reject: people write long answers, not this
  /// long, while a lost quote swallows everything up to the next one.
  package var quotedLines = 1_000
  /// A compressed input that grows beyond this is refused, and so is one that grows two hundred
  /// times and beyond a gigabyte.
  package var expandedBytes: UInt64 = 20 << 30

  package init() {}
}
