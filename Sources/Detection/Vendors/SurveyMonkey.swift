extension VendorProfile {
  /// SurveyMonkey: the question once over its columns, the options in the record below.
  package static let surveyMonkey = VendorProfile(
    vendor: .surveyMonkey, title: "SurveyMonkey", headerRecords: 2,
    metadata: SurveyMonkey.metadata, idColumns: ["Respondent ID", "RespondentID"],
    dateColumns: ["End Date", "EndDate", "Start Date", "StartDate"],
    multiSelect: .optionLabels, keysAreTexts: true, rule: SurveyMonkey.rule,
    parts: SurveyMonkey.parts)
}

/// Sources: fivethirtyeight/data StarWars.csv, cncf/surveys, jupyter/surveys.
private enum SurveyMonkey {
  static let metadata = [
    "Respondent ID", "RespondentID", "Collector ID", "CollectorID", "Start Date", "StartDate",
    "End Date", "EndDate", "IP Address", "Email Address", "First Name", "LastName", "Last Name",
    "Custom Data 1", "Custom Data*", "RDS", "Seq #", "language",
  ]
  private static let ids = ["Respondent ID", "RespondentID"]
  /// What the second record says of a question without options.
  private static let unlabelled = ["Response", "Open-Ended Response"]

  // MARK: Rule 4

  @Sendable static func rule(_ start: ExportStart) -> Evidence? {
    numbered(start) ?? identified(start) ?? anonymous(start) ?? flattened(start)
  }

  private static func answers(_ start: ExportStart, record: Int) -> Int {
    start.record(record).count { unlabelled.contains(HeaderText.normal($0)) }
  }

  /// Question numbers, question texts, options; the id stands in the second record.
  private static func numbered(_ start: ExportStart) -> Evidence? {
    let numbers = start.names.filter { !$0.isEmpty }
    guard !numbers.isEmpty, numbers.allSatisfy(isNumber) else { return nil }
    let second = start.record(2).map(HeaderText.normal)
    guard let id = ids.first(where: second.contains), second.contains("Collector ID") else {
      return nil
    }
    return Evidence(
      "record 1 holds question numbers, record 2 '\(id)' and 'Collector ID', record 3 the options",
      headerRecords: 3, labelRecord: 3)
  }

  /// `Q12`, `Q12a`
  private static func isNumber(_ name: String) -> Bool {
    var scan = HeaderScan(name)
    guard scan.take("Q"), !scan.takeAll(\.isNumber).isEmpty else { return false }
    _ = scan.take(\.isSmallLetter)
    return scan.isAtEnd
  }

  private static func identified(_ start: ExportStart) -> Evidence? {
    guard let id = ids.first(where: start.beginsWith) else { return nil }
    let hasOptions = start.cell(2, 1).isEmpty && start.record(2).contains { !$0.isEmpty }
    if hasOptions, start.has("Collector ID") {
      return Evidence("columns '\(id)' and 'Collector ID' over a record of options")
    }
    if hasOptions, answers(start, record: 2) > 0 {
      return Evidence("column '\(id)' over a record of options with 'Response'")
    }
    return nil
  }

  /// Published without the columns that identify people.
  private static func anonymous(_ start: ExportStart) -> Evidence? {
    let answers = answers(start, record: 2)
    let filled = start.names.indices.count {
      start.names[$0].isEmpty && !start.cell(2, $0 + 1).isEmpty
    }
    if answers > 0, filled > 0 || answers > 1 {
      return Evidence(
        "\(answers) cells of record 2 say 'Response', and \(filled) options stand under no name")
    }
    // Options alone: no question without options is left to say 'Response'.
    if filled > 0, start.record(2).contains(where: { HeaderText.normal($0) == otherLabel }) {
      return Evidence("\(filled) options of record 2 stand under no name, one '\(otherLabel)'")
    }
    return nil
  }

  private static let otherLabel = "Other (please specify)"

  /// Both records made one: the id is followed by questions, and its values are right below.
  private static func flattened(_ start: ExportStart) -> Evidence? {
    guard let id = ids.first(where: start.beginsWith), start.count > 1 else { return nil }
    let values = (2...start.count).map { start.cell($0, 1) }
    guard values.allSatisfy({ (8...14).contains($0.count) && $0.allSatisfy(\.isNumber) }) else {
      return nil
    }
    return Evidence("column '\(id)' with its numbers from record 2 on", headerRecords: 1)
  }

  // MARK: Columns

  @Sendable static func parts(_ table: ColumnTable) -> [ColumnParts] {
    switch table.records.count {
    case 0, 1: flattenedParts(table)
    case 2: parts(table, questions: 0, labels: 1)
    default: parts(table, questions: 1, labels: 2)
    }
  }

  /// The name is filled in from the left, as in ``HeaderRecords``, but not from metadata.
  private static func parts(
    _ table: ColumnTable, questions: Int, labels: Int
  ) -> [ColumnParts] {
    var question = ""
    var key = ""
    return table.names.indices.map { column in
      let own = table.text(questions, column)
      let label = HeaderText.singleSpaced(table.text(labels, column))
      if VendorProfile.surveyMonkey.isMetadata(own) {
        (question, key) = ("", "")
        return ColumnParts(question: own, key: own, isMetadata: true)
      }
      if !own.isEmpty { (question, key) = (HeaderText.singleSpaced(own), own) }
      // A question number goes on over its columns, whether or not the text is repeated.
      if questions > 0, !table.names[column].isEmpty { key = table.names[column] }
      if question.isEmpty { return ColumnParts(question: label, key: label, isMetadata: false) }
      let isPlain = label.isEmpty || unlabelled.contains(label) || label == question
      return ColumnParts(
        question: question, key: key, option: isPlain ? nil : label, isOtherText: isOther(label),
        isMetadata: false)
    }
  }

  private static func isOther(_ label: String) -> Bool {
    let label = label.lowercased()
    return label.hasPrefix("other (please") || label.hasPrefix("other, please")
      || label.hasPrefix("comments") || label.hasPrefix("if yes, which")
  }

  /// `3. Python.` and `3. R.` are options of question 3, `1. How often …` is a question.
  private static func flattenedParts(_ table: ColumnTable) -> [ColumnParts] {
    let numbered = table.names.map { $0.wholeMatch(of: /(\d+[a-z]?\d*)\.\s+((?s).+)/) }
    var columns: [String: Int] = [:]
    for match in numbered { if let match { columns[String(match.1), default: 0] += 1 } }
    return table.names.indices.map { column in
      let name = HeaderText.singleSpaced(table.names[column])
      guard let match = numbered[column], columns[String(match.1)] ?? 0 > 1 else {
        return ColumnParts(name)
      }
      return ColumnParts(
        question: match.1 + ".", key: String(match.1),
        option: HeaderText.singleSpaced(String(match.2)))
    }
  }
}
