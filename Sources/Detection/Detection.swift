import Ingest

/// What is said beforehand of how an input is to be read; nil: nothing.
package struct DeclaredDialect: Hashable, Sendable {
  package var vendor: Vendor?
  package var delimiter: UInt8?
  package var encoding: CharacterEncoding?
  package var headerRecords: Int?
  package var labelRecord: Int?

  package init(
    vendor: Vendor? = nil, delimiter: UInt8? = nil, encoding: CharacterEncoding? = nil,
    headerRecords: Int? = nil, labelRecord: Int? = nil
  ) {
    self.vendor = vendor
    self.delimiter = delimiter
    self.encoding = encoding
    self.headerRecords = headerRecords
    self.labelRecord = labelRecord
  }
}

/// How an input is read, and why: what was declared, and what its first bytes show.
package struct Detection: Hashable, Sendable {
  package let dialect: Dialect
  package let vendor: Vendor
  /// The rule that fired, in words: `kaggle: the first column is 'Duration (in seconds)' …`.
  package let rule: String
  /// Other vendors whose rules fire as well; an ambiguous export.
  package let alternatives: [Vendor]

  package init(dialect: Dialect, vendor: Vendor, rule: String, alternatives: [Vendor]) {
    self.dialect = dialect
    self.vendor = vendor
    self.rule = rule
    self.alternatives = alternatives
  }
}
