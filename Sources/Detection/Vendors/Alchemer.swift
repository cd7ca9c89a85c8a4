extension VendorProfile {
  /// Alchemer, formerly SurveyGizmo: `Option:Question`.
  package static let alchemer = VendorProfile(
    vendor: .alchemer, title: "Alchemer",
    metadata: [
      "Response ID", "Time Started", "Date Submitted", "Status", "Contact ID", "Legacy Comments",
      "Comments", "Language", "Referer", "Extended Referer", "SessionID", "User Agent", "Tags",
      "IP Address", "Longitude", "Latitude", "Country", "City", "State/Region", "Postal",
    ], idColumns: ["Response ID", "SessionID"], dateColumns: ["Date Submitted", "Time Started"],
    filters: [
      VendorFilter(
        "complete", "Status", .noneOf(["Partial", "Disqualified", "Deleted"]),
        "partial and disqualified responses")
    ], multiSelect: .optionLabels, keysAreTexts: true, rule: Alchemer.rule,
    parts: Alchemer.parts)
}

/// Sources: headers in public code, jupyter/surveys 2015 (without its id column).
private enum Alchemer {
  @Sendable static func rule(_ start: ExportStart) -> Evidence? {
    let names = ["Time Started", "Date Submitted", "Status"]
    guard names.allSatisfy(start.has) else { return nil }
    let id = start.has("Response ID") ? ["Response ID"] : []
    return Evidence("columns " + (id + names).map { "'\($0)'" }.joined(separator: ", "))
  }

  @Sendable static func parts(_ table: ColumnTable) -> [ColumnParts] {
    let names = table.names.map(HeaderText.singleSpaced)
    var columns: [String: Int] = [:]
    for name in names {
      columns[name, default: 0] += 1
      for split in splits(of: name) { columns[split.question, default: 0] += 1 }
    }
    return names.map { name in
      // Options and questions hold colons of their own: the question is what other columns repeat.
      guard let split = splits(of: name).first(where: { columns[$0.question] ?? 0 > 1 }) else {
        return ColumnParts(name)
      }
      let isOther = split.option.lowercased().hasPrefix("other")
      return ColumnParts(
        question: split.question, key: split.question, option: split.option,
        isOtherText: isOther && split.option.count > "other".count)
    }
  }

  private static func splits(of name: String) -> [(option: String, question: String)] {
    name.indices.filter { name[$0] == ":" }.compactMap { colon in
      let option = HeaderText.normal(String(name[..<colon]))
      let question = HeaderText.singleSpaced(String(name[name.index(after: colon)...]))
      return option.isEmpty || question.isEmpty ? nil : (option, question)
    }
  }
}
