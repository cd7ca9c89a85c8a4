/// Some consecutive records of one input, as raw UTF-8 bytes with their borders and positions.
///
/// What a worker takes at a time: a few thousand records, or one very long one.
package struct RecordChunk: Sendable {
  /// Position in the sequence of all chunks of the run.
  package let ordinal: Int
  /// Which input it is of, in the order of the command line.
  package let input: Int
  package let bytes: [UInt8]
  /// How the bytes are read; they are UTF-8 by now, whatever the encoding was.
  package let dialect: Dialect
  package let records: [Record]
  package let rejects: [Reject]
  package let irregularities: Irregularities
  /// Raw bytes the chunk stands for: records, blank lines and refused ones.
  package let rawBytes: UInt64

  package struct Record: Hashable, Sendable {
    /// The record's bytes with its line end, as a range of the chunk's bytes.
    package let start: UInt32
    package let next: UInt32
    package let position: RecordPosition
  }

  /// What lenient reading let pass.
  package struct Irregularities: Hashable, Sendable {
    package var quotesInUnquotedFields: UInt64 = 0
    package var textsAfterQuotes: UInt64 = 0
    package var blankLines: UInt64 = 0
    package var emptyExtraFields: UInt64 = 0

    package init() {}

    package mutating func merge(_ other: Irregularities) {
      quotesInUnquotedFields += other.quotesInUnquotedFields
      textsAfterQuotes += other.textsAfterQuotes
      blankLines += other.blankLines
      emptyExtraFields += other.emptyExtraFields
    }
  }
}
