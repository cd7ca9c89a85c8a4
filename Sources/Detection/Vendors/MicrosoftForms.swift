extension VendorProfile {
  /// Microsoft Forms, saved as CSV from its workbook.
  package static let microsoftForms = VendorProfile(
    vendor: .microsoftForms, title: "Microsoft Forms",
    metadata: [
      "ID", "Start time", "Completion time", "Email", "Name", "Language", "Total points",
      "Quiz feedback", "Grade posted time", "Last modified time", "Points - *", "Feedback - *",
    ], idColumns: ["ID"], dateColumns: ["Completion time", "Start time"],
    multiSelect: .joined(separator: ";"), keysAreTexts: true, rule: MicrosoftForms.rule,
    parts: { $0.names.map { ColumnParts(HeaderText.singleSpaced($0)) } })
}

/// Sources: ten independent headers in public code. English only: others need `--vendor`.
private enum MicrosoftForms {
  @Sendable static func rule(_ start: ExportStart) -> Evidence? {
    let names = ["Start time", "Completion time", "Email", "Name"]
    guard start.names.count >= 5, ["ID", "Id"].contains(where: start.beginsWith),
      zip(start.names.dropFirst(), names).allSatisfy(start.same)
    else { return nil }
    return Evidence(
      "first columns '\(start.names[0])', " + names.map { "'\($0)'" }.joined(separator: ", "))
  }
}
