/// A fact about the sample that a table of responses would not show, or that calls for a decision.
package enum Doubt: Hashable, Sendable {
  /// The first record is a title: a single text over a wider table.
  case titleRecord
  /// Result tables as survey products print them (`Answered`, `Skipped`, `Answer Choices`).
  case summaryTables(headings: Int)
  /// Records of another number of fields than the first one.
  case raggedRecords(Int, of: Int)
  /// So many all-empty records stand before the header.
  case emptyRecordsFirst(Int)
  /// Columns without a name under a single header record, the first column apart.
  case unnamedColumns(Int)
  /// The input ends with its header.
  case noResponses

  /// Whether this alone shows that the file is no table of responses.
  package var rulesOutResponses: Bool {
    switch self {
    case .titleRecord, .summaryTables: true
    // A few bad records are rejects; when most differ, the first record is not their header.
    case .raggedRecords(let ragged, let all): 2 * ragged > all
    case .emptyRecordsFirst, .unnamedColumns, .noResponses: false
    }
  }
}
