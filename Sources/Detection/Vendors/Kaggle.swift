extension VendorProfile {
  /// The published results of Kaggle's survey: Qualtrics without its ids.
  package static let kaggle = VendorProfile(
    vendor: .kaggle, title: "Kaggle ML & DS survey", headerRecords: 2,
    metadata: ["Time from Start to Finish (seconds)", "Duration (in seconds)"],
    // 2022 prints blanks of some questions as `nan`.
    unanswered: ["nan"], multiSelect: .optionLabels, rule: Kaggle.rule, parts: Kaggle.parts)
}

/// Sources: the files of 2018, 2020 and 2022.
private enum Kaggle {
  @Sendable static func rule(_ start: ExportStart) -> Evidence? {
    if start.beginsWith("Time from Start to Finish (seconds)") {
      return Evidence("first column 'Time from Start to Finish (seconds)'")
    }
    let duration = "Duration (in seconds)"
    guard start.beginsWith(duration), start.same(start.cell(2, 1), duration),
      start.names.count > 1, isQuestionCode(start.names[1])
    else { return nil }
    return Evidence("first column '\(duration)' in both header records, then '\(start.names[1])'")
  }

  /// `Q1 …`
  private static func isQuestionCode(_ name: String) -> Bool {
    var scan = HeaderScan(name)
    return scan.take { $0 == "Q" || $0 == "q" } && scan.takeDigits(1...1)
  }

  /// `Q26_A_Part_3`, `Q12_3`, `Q7_OTHER`, `Q6_OTHER_TEXT` belong to `Q26_A`, `Q12`, `Q7`, `Q6`.
  private static func key(_ name: String) -> String {
    let pattern = /(Q\d+(?:_[AB])?)(?:_Part_\d+|_\d+|_OTHER|_MULTIPLE_CHOICE)?(?:_TEXT)?/
    return name.wholeMatch(of: pattern).map { String($0.1) } ?? name
  }

  @Sendable static func parts(_ table: ColumnTable) -> [ColumnParts] {
    let keys = table.names.map(key)
    let texts = table.names.indices.map { HeaderText.singleSpaced(table.text(1, $0)) }
    var splits: [String: StemAndOption] = [:]
    for (key, columns) in Dictionary(grouping: table.names.indices, by: { keys[$0] }) {
      splits[key] = StemAndOption(texts: columns.map { texts[$0] })
    }
    return table.names.indices.map { column in
      let (name, text) = (table.names[column], texts[column])
      guard let split = splits[keys[column]], !split.stem.isEmpty,
        name != keys[column] || text.contains(" - Selected Choice")
      else {
        return ColumnParts(question: text.isEmpty ? name : text, key: keys[column])
      }
      return ColumnParts(
        question: split.stem, key: keys[column], option: split.option(of: text),
        isOtherText: name.hasSuffix("_TEXT"))
    }
  }
}
