import Foundation

extension VendorProfile {
  /// Qualtrics as it exports now: short names, question texts, and JSON with a stable id.
  package static let qualtrics = VendorProfile(
    vendor: .qualtrics, title: "Qualtrics", headerRecords: 3, declaredLabelRecord: 2,
    metadata: Qualtrics.metadata + ["* - Topics", "* - Parent Topics", "* - Sentiment*"],
    idColumns: ["ResponseId", "ResponseID", "Response ID"],
    dateColumns: ["RecordedDate", "Recorded Date", "EndDate", "End Date"],
    // The usual recode of "seen but unanswered".
    unanswered: ["-99"], filters: Qualtrics.filters(status: "Status", finished: "Finished"),
    multiSelect: .optionLabels, rule: Qualtrics.rule, parts: Qualtrics.parts)

  /// Qualtrics as it exported until about 2016: `V1…V10`, two header records.
  package static let qualtricsLegacy = VendorProfile(
    vendor: .qualtricsLegacy, title: "Qualtrics (legacy)", headerRecords: 2,
    metadata: (1...10).map { "V\($0)" }, idColumns: ["V1"], dateColumns: ["V9", "V8"],
    unanswered: ["-99"], filters: Qualtrics.filters(status: "V7", finished: "V10"),
    multiSelect: .optionTicks, rule: Qualtrics.legacyRule, parts: Qualtrics.legacyParts)
}

/// Sources: ropensci/qualtRics (read_survey, fixtures), ropensci/excluder (status codes and texts).
private enum Qualtrics {
  static let metadata = [
    "StartDate", "EndDate", "Status", "IPAddress", "Progress", "Duration (in seconds)", "Finished",
    "RecordedDate", "ResponseId", "RecipientLastName", "RecipientFirstName", "RecipientEmail",
    "ExternalReference", "ExternalDataReference", "LocationLatitude", "LocationLongitude",
    "LocationAccuracy", "DistributionChannel", "UserLanguage", "ResponseID", "ResponseSet",
    "Start Date", "End Date", "Response Type", "IP Address", "Recorded Date", "Response ID",
    "Recipient Last Name", "Recipient First Name", "Recipient Email", "External Data Reference",
    "Location Latitude", "Location Longitude", "Distribution Channel", "User Language",
  ]

  /// Left out by name, not kept by name: the texts are localised, and an export in another
  /// language must not lose all of its responses.
  static func filters(status: String, finished: String) -> [VendorFilter] {
    [
      VendorFilter(
        "not_preview", status,
        .noneOf([
          "1", "2", "9", "17", "Survey Preview", "Survey Test", "Preview Spam",
          "Spam Survey Preview", "Offline Survey Preview", "Offline Preview",
        ]), "previews and tests by the survey's authors"),
      VendorFilter(
        "not_spam", status, .noneOf(["8", "12", "40", "Spam", "Imported Spam", "EX Spam"]),
        "responses that Qualtrics takes for spam"),
      VendorFilter(
        "not_synthetic", status, .noneOf(["256", "Synthetic"]), "responses made by a program"),
      VendorFilter(
        "finished", finished, .noneOf(["0", "False"]), "responses that were not finished"),
    ]
  }

  // MARK: Rules 1 to 3

  @Sendable static func rule(_ start: ExportStart) -> Evidence? {
    let cells = start.record(3).filter { !$0.isEmpty }
    let ids = cells.count { importID($0) != nil }
    if ids > 0, 5 * ids >= 4 * cells.count {
      return Evidence("\(ids) of \(cells.count) cells of record 3 hold an ImportId")
    }
    return labelsRemoved(start)
  }

  /// Somebody took out the records with texts and ids; short names or texts are left as names.
  private static func labelsRemoved(_ start: ExportStart) -> Evidence? {
    if start.has("MainBranch") { return nil }  // Stack Overflow has a ResponseId too.
    let variants = [
      (
        "ResponseId",
        [
          "StartDate", "EndDate", "Status", "Progress", "Duration (in seconds)", "Finished",
          "RecordedDate", "DistributionChannel", "UserLanguage",
        ]
      ),
      (
        "Response ID",
        [
          "Start Date", "End Date", "Response Type", "Progress", "Duration (in seconds)",
          "Finished", "Recorded Date", "Distribution Channel", "User Language",
        ]
      ),
    ]
    for (id, others) in variants where start.has(id) {
      let found = others.filter(start.has)
      if found.count < 4 { continue }
      return Evidence(
        "columns '\(id)' and \(found.count) more of Qualtrics' own, without the records of texts "
          + "and ids", headerRecords: 1)
    }
    return nil
  }

  @Sendable static func legacyRule(_ start: ExportStart) -> Evidence? {
    guard start.names.starts(with: ["V1", "V2"]) else { return nil }
    let second = start.record(2).map(HeaderText.normal)
    guard second.contains("ResponseID"), second.contains("ResponseSet") else { return nil }
    return Evidence("record 1 begins with V1, V2; record 2 holds 'ResponseID' and 'ResponseSet'")
  }

  // MARK: Columns

  /// The ImportId of a cell of the third header record, with its `choiceId` if it has one.
  ///
  /// JSON; exports of 2016 print it with single quotes, as Python does.
  private static func importID(_ cell: String) -> (id: String, choice: String?)? {
    guard cell.hasPrefix("{") else { return nil }
    let text = cell.utf8.contains(UInt8(ascii: "\"")) ? cell : doublyQuoted(cell)
    if let members = PlainMembers(text) {
      return members["ImportId"].map { ($0, members["choiceId"]) }
    }
    let object = try? JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
    guard let id = object?["ImportId"] as? String else { return nil }
    return (id, object?["choiceId"].map { "\($0)" })
  }

  private static func doublyQuoted(_ text: String) -> String {
    String(text.map { $0 == "'" ? "\"" : $0 })
  }

  /// A column with its place in the survey: `1_QID2#1_3_TEXT` is part `_3_TEXT` of `1_QID2#1`.
  private struct Place {
    let column: Int
    let id: String?
    /// Nil for what is no question: metadata, embedded data, scores.
    let question: String?
    let part: String

    /// The words of those who chose "other", or a text question of its own.
    var isText: Bool { part.hasSuffix("TEXT") }
  }

  private static func place(_ column: Int, _ table: ColumnTable) -> Place {
    guard let (id, choice) = importID(table.text(2, column)) else {
      return named(table.names[column], column)
    }
    guard let match = id.firstMatch(of: /^(?:\d+_)?QID\d+(?:#\d+)?/) else {
      return Place(column: column, id: id, question: nil, part: "")
    }
    let part = String(id[match.range.upperBound...]) + (choice.map { "_" + $0 } ?? "")
    let stable = choice.map { id + "." + $0 } ?? id
    return Place(column: column, id: stable, question: String(match.0), part: part)
  }

  /// Without ids the name has to do: `Q12_3_TEXT` is part `_3_TEXT` of `Q12`.
  private static func named(_ name: String, _ column: Int) -> Place {
    guard let match = name.firstMatch(of: /^(.+?)((?:_\d+)*(?:_TEXT)?)$/) else {
      return Place(column: column, id: nil, question: name, part: "")
    }
    return Place(
      column: column, id: nil, question: String(match.1), part: String(match.2))
  }

  @Sendable static func parts(_ table: ColumnTable) -> [ColumnParts] {
    parts(table, table.names.indices.map { place($0, table) })
  }

  @Sendable static func legacyParts(_ table: ColumnTable) -> [ColumnParts] {
    parts(table, table.names.indices.map { named(table.names[$0], $0) })
  }

  private static func parts(_ table: ColumnTable, _ places: [Place]) -> [ColumnParts] {
    var parts = places.map { place in
      let text = HeaderText.withoutMarkup(table.text(1, place.column))
      let name = table.names[place.column]
      return ColumnParts(
        question: text.isEmpty ? name : text, key: place.question ?? name, importID: place.id)
    }
    let questions = places.filter { $0.question != nil }
    for block in Dictionary(grouping: questions, by: \.question).values {
      let own = block.filter { !isDerived($0, table) }
      split(own, &parts, hasTexts: table.records.count > 1)
      for place in own where place.id != nil { parts[place.column].isMetadata = false }
      for place in block where isDerived(place, table) { parts[place.column].isMetadata = true }
    }
    return parts
  }

  /// Tells question and option of one question's columns apart.
  private static func split(_ block: [Place], _ parts: inout [ColumnParts], hasTexts: Bool) {
    let texts = block.map { parts[$0.column].question }
    let stemAndOption = StemAndOption(texts: texts)
    let isAlone = block.allSatisfy(\.isText)
    for (place, text) in zip(block, texts) {
      parts[place.column].isOtherText = place.isText && !isAlone
      guard !place.part.isEmpty, !(place.isText && isAlone) else { continue }
      let option = hasTexts ? stemAndOption.option(of: text) : String(place.part.dropFirst())
      parts[place.column].option = option
    }
    let hasParts = block.count > 1 || block.contains { !$0.part.isEmpty && !$0.isText }
    guard hasParts, !stemAndOption.stem.isEmpty else { return }
    for place in block { parts[place.column].question = stemAndOption.stem }
  }

  /// In which order the options were shown, and what text analytics made of an answer. A question
  /// called `Status` is none of these: it has an id of its own.
  private static func isDerived(_ place: Place, _ table: ColumnTable) -> Bool {
    place.part.contains("_DO") || table.names[place.column].contains("_DO_")
      || place.part.contains("TEXT_")
  }
}
