extension VendorProfile {
  /// REDCap, raw or with labels.
  package static let redcap = VendorProfile(
    vendor: .redcap, title: "REDCap",
    metadata: [
      "record_id", "redcap_event_name", "redcap_repeat_instrument", "redcap_repeat_instance",
      "redcap_survey_identifier", "redcap_data_access_group", "*_complete", "*_timestamp",
      "Record ID", "Event Name", "Repeat Instrument", "Repeat Instance", "Survey Identifier",
      "Data Access Group", "Complete?", "Survey Timestamp",
    ],
    // The record's id can have any name; these are the usual ones.
    idColumns: ["record_id", "Record ID", "participant_id", "study_id", "patient_id"],
    dateColumns: [], unanswered: ["[not completed]"],
    filters: [
      VendorFilter(
        "complete", "*_complete", .noneOf(["0", "Incomplete", ""]),
        "records whose form is not complete")
    ], multiSelect: .optionTicks, rule: REDCap.rule, parts: REDCap.parts)
}

/// Sources: OuhscBbmc/REDCapR and its test projects; labels from issues and blogs only.
private enum REDCap {
  private static let ownNames = [
    "redcap_event_name", "redcap_repeat_instrument", "redcap_repeat_instance",
    "redcap_survey_identifier", "redcap_data_access_group",
  ]

  // MARK: Rule 6

  @Sendable static func rule(_ start: ExportStart) -> Evidence? {
    if let own = ownNames.first(where: start.has) { return Evidence("column '\(own)'") }
    let complete = start.names.filter(isFormState)
    if let form = complete.first, let box = start.names.first(where: { $0.contains("___") }) {
      return Evidence("columns '\(form)' and '\(box)'")
    }
    return statusLast(start, complete) ?? labels(start)
  }

  /// `name_complete`
  private static func isFormState(_ name: String) -> Bool {
    let ending = "_complete"
    return name.utf8.count > ending.utf8.count && name.hasSuffix(ending) && name.isOfNameBytes
  }

  /// A project without checkboxes: nothing but REDCap's field names, and the state of the form,
  /// 0, 1, 2 or empty, in the last column.
  private static func statusLast(_ start: ExportStart, _ complete: [String]) -> Evidence? {
    guard let last = start.names.last, last == complete.last, start.names.count > 1,
      start.names.allSatisfy({ $0.first?.isSmallLetter == true && $0.isOfNameBytes }),
      start.count > 1
    else { return nil }
    let states = (2...start.count).map { start.cell($0, start.names.count) }
    guard states.allSatisfy({ ["", "0", "1", "2"].contains($0) }) else { return nil }
    return Evidence("last column '\(last)' holds 0, 1 or 2, and all names are field names")
  }

  private static func labels(_ start: ExportStart) -> Evidence? {
    let states = ["Event Name", "Repeat Instrument", "Complete?"].filter(start.has)
    if states.isEmpty { return nil }
    if let box = start.names.first(where: { $0.contains("(choice=") }) {
      return Evidence("column '\(box)', and the state of a form or event")
    }
    return states.count == 3 ? Evidence("columns 'Event Name', 'Repeat Instrument'") : nil
  }

  // MARK: Columns

  @Sendable static func parts(_ table: ColumnTable) -> [ColumnParts] {
    table.names.map { name in
      if let match = name.wholeMatch(of: /(.+?)___(.+)/) {
        let field = String(match.1)
        return ColumnParts(question: field, key: field, option: String(match.2))
      }
      if let match = name.wholeMatch(of: /((?s).+) \(choice=((?s).*)\)/) {
        let label = HeaderText.singleSpaced(String(match.1))
        return ColumnParts(question: label, key: label, option: String(match.2))
      }
      return ColumnParts(name)
    }
  }
}
