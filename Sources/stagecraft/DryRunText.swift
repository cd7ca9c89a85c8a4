import Inspection
import Pipeline
import Publish

/// What a run would do, for people and for programs.
struct DryRunText {
  let plan: RunPlan
  let screen: Screen

  var text: String {
    let inputs = plan.inputs.flatMap(lines)
    let target = TerminalText.line(plan.target)
    let outputs =
      (plan.replacesTarget ? "Would replace \(target)/: " : "Would create \(target)/: ")
      + plan.outputs.joined(separator: ", ")
    return (inputs + screen.wrapped(outputs, indent: 2) + ["Nothing was written."])
      .joined(separator: "\n") + "\n"
  }

  private func lines(_ input: RunPlan.Input) -> [String] {
    let dialect = input.detection.dialect
    let columns = Set(input.mapped.flatMap(\.columns)).count
    let facts =
      "\(dialect.encoding.rawValue), \(DetectionWords.delimiter(dialect.delimiter)), header records: "
      + "\(dialect.headerRecords), columns: \(input.columns), of which \(columns) are read"
    var table = ScreenTable(
      columns: [
        .init(title: "reads", alignment: .left), .init(title: "as", alignment: .left),
        .init(title: "from", alignment: .left, isFlexible: true),
      ], indent: 2)
    table.rows = input.mapped.map { mapped in
      let more = mapped.columns.count > 3 ? " and \(mapped.columns.count - 3) more" : ""
      return [
        .init(mapped.kind), .init(mapped.id),
        .init(mapped.columns.prefix(3).joined(separator: ", ") + more),
      ]
    }
    let doubts = input.detection.doubts.map { "note: " + DetectionWords.doubt($0) }
    return [screen.paint(TerminalText.line(input.source), .heading)]
      + ([TerminalText.line(input.detection.rule), facts] + doubts).flatMap { text in
        screen.wrapped(text, indent: 2).enumerated().map { $0 == 0 ? "  " + $1 : $1 }
      } + table.lines(on: screen) + [""]
  }

  var document: JSONValue {
    .object([
      ("schema", .string("stagecraft/dry-run/1")),
      ("inputs", .array(plan.inputs.map(document))),
      ("out", .string(plan.target)), ("replaces", .bool(plan.replacesTarget)),
      ("outputs", .strings(plan.outputs)),
    ])
  }

  private func document(_ input: RunPlan.Input) -> JSONValue {
    let dialect = input.detection.dialect
    return .object([
      ("path", .string(input.path)), ("source", .string(input.source)),
      ("vendor", .string(input.detection.vendor.rawValue)),
      ("detection", .string(input.detection.rule)),
      ("encoding", .string(dialect.encoding.rawValue)),
      ("delimiter", .string(String(UnicodeScalar(dialect.delimiter)))),
      ("header_records", .integer(dialect.headerRecords)),
      ("columns", .integer(input.columns)),
      (
        "mapped",
        .array(
          input.mapped.map { mapped in
            .object([
              ("kind", .string(mapped.kind)), ("id", .string(mapped.id)),
              ("columns", .strings(mapped.columns)),
            ])
          })
      ),
    ])
  }
}
