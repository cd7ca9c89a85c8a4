extension VendorProfile {
  /// An export of none of the known products: nothing is assumed but a header.
  package static let generic = VendorProfile(
    vendor: .generic, title: "unknown", multiSelect: .joined(separator: ";"), keysAreTexts: true,
    rule: { _ in nil }, parts: Generic.parts)
}

private enum Generic {
  /// Under two or more header records the last one holds the options of the columns that share a
  /// name.
  @Sendable static func parts(_ table: ColumnTable) -> [ColumnParts] {
    let names = table.names.map(HeaderText.singleSpaced)
    guard table.records.count > 1 else { return names.map(ColumnParts.init) }
    return names.indices.map { column in
      let isBlock =
        table.isUnnamed(column)
        || (column + 1 < names.count && table.isUnnamed(column + 1) && !names[column].isEmpty)
      let label = HeaderText.singleSpaced(table.text(table.records.count - 1, column))
      return ColumnParts(
        question: names[column], key: names[column],
        option: isBlock && !label.isEmpty ? label : nil)
    }
  }
}
