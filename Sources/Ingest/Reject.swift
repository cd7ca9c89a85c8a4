/// Why a record was refused. The raw values are public: they stand in `rejects.csv` and in the
/// README's table, and never change their meaning.
package enum RejectReason: String, CaseIterable, Sendable {
  /// The record has more or fewer fields than the header.
  case fieldCount = "field_count"
  /// The record has more fields than the header and than the limit.
  case tooManyFields = "too_many_fields"
  /// The record is a header record once more, as in files that were put together.
  case repeatedHeader = "repeated_header"
  /// A quote is opened and the input ends before it is closed.
  case unterminatedQuote = "unterminated_quote"
  /// Text follows a closing quote and the field is still open at the end of the line; with
  /// `--strict`, any text after a closing quote and any quote inside an unquoted field.
  case malformedQuote = "malformed_quote"
  /// A quoted field runs over more lines than the limit.
  case quoteTooLong = "quote_too_long"
  /// The record is longer than the limit.
  case recordTooLarge = "record_too_large"
  /// The record holds a zero byte.
  case nulByte = "nul_byte"
  /// The record holds bytes that its encoding cannot decode.
  case invalidEncoding = "invalid_encoding"
  /// The weight is missing, not a number, negative or above 1,000,000,000.
  case weight = "weight"
}

/// Where a record stands in its input.
package struct RecordPosition: Hashable, Sendable {
  /// 1-based, counted after the header records; blank lines do not count.
  package let record: UInt64
  /// 1-based physical line of the record's first byte.
  package let line: UInt64
  /// Offset of the record's first byte, before transcoding.
  package let byteOffset: UInt64

  package init(record: UInt64, line: UInt64, byteOffset: UInt64) {
    self.record = record
    self.line = line
    self.byteOffset = byteOffset
  }
}

/// A refused record: which one, where, and why. Holds facts, never the respondent's text.
package struct Reject: Hashable, Sendable {
  package let position: RecordPosition
  /// 1-based column, where one column is to blame.
  package let column: Int?
  package let reason: RejectReason
  package let detail: Detail

  package enum Detail: Hashable, Sendable {
    case none
    case fields(found: Int, expected: Int)
    /// The quote to blame, as the line and byte offset it stands at.
    case quote(line: UInt64, byteOffset: UInt64)
    /// The byte to blame.
    case byte(offset: UInt64)
    /// A limit that was passed.
    case limit(Int)
    /// A limit that was passed inside a quoted field, and where its quote was opened.
    case limitInQuote(Int, line: UInt64, byteOffset: UInt64)
  }

  package init(position: RecordPosition, column: Int?, reason: RejectReason, detail: Detail) {
    self.position = position
    self.column = column
    self.reason = reason
    self.detail = detail
  }
}
