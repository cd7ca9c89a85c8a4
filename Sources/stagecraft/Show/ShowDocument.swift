import Publish
import Report

/// A published run for programs: what `show` draws, with the numbers as they were published.
struct ShowDocument {
  let set: PublishedSet
  let numbers: RunNumbers
  let segment: String?
  let stage: Int?

  static let schema = "stagecraft/show/1"

  var text: String {
    let run = set.run
    return JSONValue.object([
      ("schema", .string(ShowDocument.schema)),
      ("title", .string(set.title)),
      ("survey", .string(run.survey.id)),
      (
        "model",
        .object([("id", .string(run.model.id)), ("version", .string(run.model.version))])
      ),
      ("finished_at", .string(run.finishedAt)),
      ("accounting", .object(run.accounting.fates.map { ($0.name, .optional($0.count)) })),
      ("highest_stage", numbers.highestStage.map { .integer($0.number) } ?? .null),
      ("groups", .array(groups.map(document))),
      ("gaps", .array(gaps("role", numbers.roleGaps) + gaps("tool", numbers.toolGaps))),
      ("unlock", .array(blockers.map(document))),
      ("tables", .strings(set.tableNames)),
    ]).document
  }

  private var groups: [RunNumbers.Group] {
    numbers.groups.filter { $0.segment == "all" || segment == nil || $0.segment == segment }
  }

  private func document(_ group: RunNumbers.Group) -> JSONValue {
    let shares = zip(numbers.stages, group.shares).filter { stage == nil || $0.0.number == stage }
    return .object([
      ("segment", .string(group.segment)), ("value", .string(group.value)),
      ("n", .optional(group.count)),
      (
        "stages",
        .array(
          shares.map { stage, share in
            .object([
              ("stage", .integer(stage.number)), ("name", .string(stage.name)),
              ("assessable", .bool(stage.isAssessable)), ("n", .optional(share.count)),
              ("share", ShowDocument.number(share.share)),
              ("share_low", ShowDocument.number(share.low)),
              ("share_high", ShowDocument.number(share.high)),
            ])
          })
      ),
    ])
  }

  private func gaps(_ kind: String, _ gaps: [RunNumbers.Gap]) -> [JSONValue] {
    gaps.map { gap in
      let criterion = numbers.criteria[gap.criterion]
      let stages = numbers.stages.filter { stage == nil || $0.number == stage }
      return .object([
        ("criterion", .string(criterion.id)), ("label", .string(criterion.label)),
        ("kind", .string(kind)), ("stage", .integer(criterion.stage)),
        (
          "share_lacking",
          .object(
            stages.filter { gap.shares.indices.contains($0.number) }.map {
              (String($0.number), ShowDocument.number(gap.shares[$0.number]))
            } + (stage == nil ? [("all", ShowDocument.number(gap.shares.last ?? nil))] : []))
        ),
      ])
    }
  }

  private var blockers: [RunNumbers.Blocker] {
    guard let stage else { return numbers.blockers }
    let next = numbers.stages.dropFirst(stage + 1).first { $0.isAssessable }?.number
    return numbers.blockers.filter { $0.stage == next }
  }

  private func document(_ blocker: RunNumbers.Blocker) -> JSONValue {
    .object([
      ("stage", .integer(blocker.stage)), ("any_of", .strings(blocker.labels)),
      ("held", .optional(blocker.held)), ("blocked", .optional(blocker.blocked)),
      ("sole", .optional(blocker.alone)), ("advances", .optional(blocker.advances)),
      ("share_of_held", ShowDocument.number(blocker.shareOfHeld)),
    ])
  }

  private static func number(_ value: Double?) -> JSONValue {
    value.map { .number(String($0)) } ?? .null
  }

  /// A table: an array with an object for each row, as in `results.json`.
  static func text(of table: TableRows) -> String {
    JSONValue.array(
      table.rows.map { row in
        .object(zip(table.columns, row).map { ($0, value($1)) })
      }
    ).document
  }

  private static func value(_ cell: Cell) -> JSONValue {
    switch cell {
    case .text(let text), .answer(let text): .string(text)
    case .integer(let number): .integer(number)
    case .decimal(let text): .number(text)
    case .boolean(let truth): .bool(truth)
    case .null: .null
    }
  }
}
