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
  /// What speaks against the file being a table of responses, or has to be known to read it.
  package let doubts: [Doubt]
  /// Where the encoding comes from: a byte order mark, the bytes, a declaration.
  package let encodingBasis: EncodingBasis
  /// The line ends of the records in the sample.
  package let lineEnds: LineEnds
  /// What fits better, where the sample is not in the encoding it would be read with. A proposal
  /// for people: a run never applies it.
  package let encodingProposal: EncodingProposal?

  package init(
    dialect: Dialect, vendor: Vendor, rule: String, alternatives: [Vendor], doubts: [Doubt] = [],
    encodingBasis: EncodingBasis = .assumed, lineEnds: LineEnds = LineEnds(),
    encodingProposal: EncodingProposal? = nil
  ) {
    self.dialect = dialect
    self.vendor = vendor
    self.rule = rule
    self.alternatives = alternatives
    self.doubts = doubts
    self.encodingBasis = encodingBasis
    self.lineEnds = lineEnds
    self.encodingProposal = encodingProposal
  }

  /// False where the sample shows something else than one record per response under one header.
  package var isTableOfResponses: Bool { !doubts.contains(where: \.rulesOutResponses) }
}

/// What an encoding was concluded from.
package enum EncodingBasis: Hashable, Sendable {
  case declared
  case byteOrderMark
  /// Every other byte is zero, as in UTF-16 text that is mostly ASCII.
  case zeroBytes
  /// Nothing said otherwise, so UTF-8.
  case assumed
}
