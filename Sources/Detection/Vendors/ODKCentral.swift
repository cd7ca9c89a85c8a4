extension VendorProfile {
  /// ODK Central, and Briefcase where the header says so.
  package static let odkCentral = VendorProfile(
    vendor: .odk, title: "ODK Central",
    metadata: [
      "SubmissionDate", "KEY", "PARENT_KEY", "SubmitterID", "SubmitterName", "AttachmentsPresent",
      "AttachmentsExpected", "Status", "ReviewState", "DeviceID", "Edits", "FormVersion", "start",
      "end", "today", "deviceid", "meta-instanceID", "meta-instanceName", "instanceID",
      "instanceName",
    ], idColumns: ["KEY"], dateColumns: ["SubmissionDate"],
    filters: [
      VendorFilter("not_rejected", "ReviewState", .noneOf(["rejected"]), "rejected submissions"),
      VendorFilter(
        "decrypted", "Status", .noneOf(["not decrypted", "missing encrypted form data"]),
        "encrypted submissions, which hold no answers"),
    ], multiSelect: .both(separator: " "), rule: ODKCentral.rule,
    parts: { $0.names.pathParts() })
}

/// Sources: getodk/central-backend (briefcase.js, api.yaml), getodk/briefcase export format.
private enum ODKCentral {
  @Sendable static func rule(_ start: ExportStart) -> Evidence? {
    guard start.beginsWith("SubmissionDate"), start.has("KEY") else { return nil }
    let others = ["SubmitterID", "ReviewState", "meta-instanceID", "instanceID"]
    if let other = others.first(where: start.has) {
      return Evidence("first column 'SubmissionDate', columns 'KEY' and '\(other)'")
    }
    guard let last = start.names.last, start.same(last, "KEY") else { return nil }
    return Evidence("first column 'SubmissionDate', last column 'KEY'")
  }
}

extension [String] {
  /// `q/option` is an option of `q` where a column `q` stands as well; otherwise the slash may be a
  /// group's or the text's own, and the column is a question of its own.
  func pathParts() -> [ColumnParts] {
    let all = Set(self)
    return map { name in
      for slash in name.indices.reversed() where name[slash] == "/" {
        let question = String(name[..<slash])
        if all.contains(question) {
          let option = String(name[name.index(after: slash)...])
          return ColumnParts(question: question, key: question, option: option)
        }
      }
      return ColumnParts(name)
    }
  }
}
