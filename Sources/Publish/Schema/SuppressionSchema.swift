/// What is not published, and why.
extension TableSchema {
  package static let suppression = TableSchema(
    "suppression", title: "Numbers that are not published, for they would tell of too few",
    key: .none,
    columns: [
      .text("table", "Name of the table"), .text("key", "The row's key columns, joined by |"),
      .text("columns", "The empty columns, joined by |"),
      .words(
        "reason", SuppressionReason.allCases.map(\.rawValue),
        "Too few, or pooled with too few; or it would tell what is small"),
    ], presence: .option("--min-cell"))
}
