extension VendorProfile {
  /// The published results of the Stack Overflow developer survey.
  package static let stackOverflow = VendorProfile(
    vendor: .stackOverflow, title: "Stack Overflow developer survey",
    metadata: ["ResponseId", "Respondent"], idColumns: ["ResponseId", "Respondent"],
    unanswered: ["NA"], multiSelect: .joined(separator: ";"), rule: StackOverflow.rule,
    parts: { $0.names.map(ColumnParts.init) })
}

/// Sources: StackExchange/Survey, headers in public code.
private enum StackOverflow {
  @Sendable static func rule(_ start: ExportStart) -> Evidence? {
    if start.has("ResponseId"), start.has("MainBranch") {
      return Evidence("columns 'ResponseId' and 'MainBranch'")
    }
    guard start.has("Respondent") else { return nil }
    let branch = ["MainBranch", "Hobbyist", "Hobby"].first(where: start.has)
    return branch.map { Evidence("columns 'Respondent' and '\($0)'") }
  }
}
