import Ingest

/// Looks for what a table of responses would not show.
enum DoubtfulFacts {
  /// - Parameter emptyFirst: all-empty records before the header.
  static func doubts(
    _ read: SampleRecords, _ dialect: Dialect, _ vendor: Vendor, _ emptyFirst: Int
  ) -> [Doubt] {
    let records = read.records.dropFirst(emptyFirst)
    guard let first = records.first else { return [] }
    var doubts: [Doubt] = []
    if emptyFirst > 0 { doubts.append(.emptyRecordsFirst(emptyFirst)) }
    // Below a header that a rule knows, odd records are rejects, not another kind of file.
    if vendor == .generic {
      if isTitle(first, over: records.dropFirst()) { doubts.append(.titleRecord) }
      let headings = records.count(where: isSummaryHeading)
      if headings > 1 { doubts.append(.summaryTables(headings: headings)) }
    }
    let ragged = records.count { $0.count != first.count }
    if ragged > 0 { doubts.append(.raggedRecords(ragged, of: records.count)) }
    let unnamed = first.dropFirst().count { HeaderText.singleSpaced($0).isEmpty }
    if dialect.headerRecords - emptyFirst == 1, unnamed > 0 {
      doubts.append(.unnamedColumns(unnamed))
    }
    if read.reachesEnd, read.records.count <= dialect.headerRecords { doubts.append(.noResponses) }
    return doubts
  }

  /// One text alone, over records that hold more. Not an index column beside a single question.
  private static func isTitle(_ record: [String], over others: ArraySlice<[String]>) -> Bool {
    filled(record) == 1 && record.count != 2 && others.contains { filled($0) > 1 }
  }

  private static func filled(_ record: [String]) -> Int {
    record.count { !HeaderText.singleSpaced($0).isEmpty }
  }

  /// The heads and feet of the result tables that SurveyMonkey prints per question.
  private static func isSummaryHeading(_ record: [String]) -> Bool {
    let cells = record.map(HeaderText.normal)
    if cells.contains("Answer Choices") { return cells.contains { $0.hasPrefix("Response") } }
    return filled(record) <= 2
      && cells.prefix(2).contains { $0 == "Answered" || $0 == "Skipped" }
  }
}
