extension VendorProfile {
  /// Typeform: options as bare column names.
  package static let typeform = VendorProfile(
    vendor: .typeform, title: "Typeform",
    metadata: [
      "#", "Response Type", "Start Date (UTC)", "Stage Date (UTC)", "Submit Date (UTC)",
      "Network ID", "Tags", "Ending",
    ], idColumns: ["#", "Network ID"], dateColumns: ["Submit Date (UTC)", "Start Date (UTC)"],
    filters: [
      VendorFilter(
        "completed", "Response Type", .noneOf(["started", "partial"]),
        "responses that were not completed")
    ], multiSelect: .optionLabels, keysAreTexts: true, rule: Typeform.rule,
    parts: Typeform.parts)
}

/// Sources: importers' tests and headers in public code.
private enum Typeform {
  @Sendable static func rule(_ start: ExportStart) -> Evidence? {
    if start.beginsWith("#"),
      let date = ["Submit Date (UTC)", "Network ID"].first(where: start.has)
    {
      return Evidence("first column '#', column '\(date)'")
    }
    let names = ["Response Type", "Start Date (UTC)", "Stage Date (UTC)", "Submit Date (UTC)"]
    guard names.allSatisfy(start.has) else { return nil }
    return Evidence("columns " + names.map { "'\($0)'" }.joined(separator: ", "))
  }

  /// The header of an option column is the option alone. A column `Other` ends a block; it begins
  /// after the last column that reads like a question.
  @Sendable static func parts(_ table: ColumnTable) -> [ColumnParts] {
    var parts = table.names.map { ColumnParts(HeaderText.singleSpaced($0)) }
    for other in table.names.indices where table.names[other] == "Other" {
      var first = other
      while first > 0, isOption(table.names[first - 1]) { first -= 1 }
      if first == other { continue }
      let question = table.names[first...other].dropLast().joined(separator: ", ")
      for column in first...other {
        let isOther = column == other
        parts[column] = ColumnParts(
          question: question, key: question, option: table.names[column], isOtherText: isOther)
      }
    }
    return parts
  }

  private static func isOption(_ name: String) -> Bool {
    if name == "Other" || VendorProfile.typeform.isMetadata(name) { return false }
    return !name.contains("?") && !name.hasSuffix(":") && !name.hasSuffix("*")
      && !name.contains("{{")
  }
}
