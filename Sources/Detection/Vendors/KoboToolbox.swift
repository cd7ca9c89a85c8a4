extension VendorProfile {
  /// KoboToolbox: a joined column and one column per option.
  package static let koboToolbox = VendorProfile(
    vendor: .kobo, title: "KoboToolbox", delimiter: UInt8(ascii: ";"),
    metadata: KoboToolbox.ownNames + [
      "_tags", "_notes", "rootUuid", "_version_", "start", "end", "today", "deviceid", "username",
      "phonenumber", "meta/instanceID", "meta/instanceName",
    ],
    // Not `_index`: it counts within one export.
    idColumns: ["rootUuid", "_uuid", "_id"], dateColumns: ["_submission_time"],
    filters: [
      VendorFilter(
        "not_rejected", "_validation_status",
        .noneOf(["Not Approved", "validation_status_not_approved"]), "rejected submissions")
    ],
    // Labels joined by a space cannot be split again; the option columns can be read.
    multiSelect: .both(separator: " "), rule: KoboToolbox.rule,
    parts: { $0.names.pathParts() })
}

/// Sources: kobotoolbox/formpack (export.py, fields.py), kobotoolbox/docs.
private enum KoboToolbox {
  static let ownNames = [
    "_id", "_uuid", "_submission_time", "_validation_status", "_status", "_submitted_by",
    "__version__", "_index",
  ]

  @Sendable static func rule(_ start: ExportStart) -> Evidence? {
    let found = ownNames.filter(start.has)
    guard found.count >= 3 else { return nil }
    return Evidence("columns " + found.map { "'\($0)'" }.joined(separator: ", "))
  }
}
