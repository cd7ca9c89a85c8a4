import Ingest

/// Tables of which a record of the input is a row; written while the run goes on. Their key holds
/// where each input is given once.
extension TableSchema {
  package static let rejects = TableSchema(
    "rejects", title: "Every record that was refused, where and why",
    key: .primary(["source", "record"]),
    columns: position + [
      .text("column", "Name or number of the column at fault; empty where it is the record"),
      .words("reason", RejectReason.allCases.map(\.rawValue), "Why it was refused"),
      .text("detail", "What is wrong, without anything the respondent wrote"),
    ], kind: .record)

  package static let rawRejects = TableSchema(
    "rejects_raw", title: "Every record that was refused, as it stands in the input",
    key: .primary(["source", "record"]),
    columns: position + [
      .text("raw", "At most the first 8 KiB; bytes that are no text as \\x and two digits")
    ], kind: .record, presence: .option("--rejects-raw"))

  private static let position: [Column] = [
    source, record,
    .count("line", "Line of its first byte, from 1", unit: nil),
    .count("byte_offset", "Offset of its first byte, decompressed", unit: .bytes),
  ]

  private static let source = Column.text("source", "Short name of the input")
  private static let record = Column.count(
    "record", "Number of the record, from 1 behind the header", unit: nil)

  package static let respondents = TableSchema(
    "respondents", title: "Every scored or unscored response; all is empty behind an unscored fate",
    key: .primary(["source", "record"]),
    columns: [
      source, record,
      .text("respondent", "The respondent's id, where the survey file names its column"),
      .init(
        "<segment>", .string, "For each segment of the survey file: the response's value",
        repetition: .segments),
      .words("fate", ["scored", "unscored"], "Whether enough was answered"),
      .init("stage", .integer, "The stage: stage_low", values: .stages),
      .init("stage_low", .integer, "The stage with unknown read as no", values: .stages),
      .init("stage_high", .integer, "The stage with unknown read as yes", values: .stages),
      .flag("determined", "Whether the two are equal"),
      .init(
        "highest", .integer, "The highest stage that holds by itself, read low", values: .stages),
      .number("compensatory", "Highest assessable stage times mean coverage", unit: .stages),
      .share("progress", "Coverage of the next assessable stage; 1 at the top"),
      .share("readiness", "Share of the next stage's known triggers that are yes"),
      .text("blocking", "Requirements of the next stage that are not met, separated by |"),
    ], kind: .record, presence: .option("--respondents"))
}
