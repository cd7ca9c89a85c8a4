import Aggregate
import MaturityModel
import Statistics

extension ResultTables {
  private func criteria(_ kind: Criterion.Kind) -> [Int] {
    kind == .role ? tally.shape.roles : tally.shape.tools
  }

  /// The share lacking a criterion; nil where the questionnaire cannot observe it, for "not
  /// observed" is not "lacking".
  private func shareLacking(
    _ evidence: GroupTally.Evidence, criterion: Int
  ) -> ShareEstimate? {
    guard tally.shape.observability.deniable[criterion] else { return nil }
    return ShareEstimate(evidence.lackingWeight, of: evidence.known)
  }

  func gapMatrix(_ kind: Criterion.Kind) -> Table {
    let criteria = criteria(kind)
    return Table(
      "\(kind.rawValue)_gap_matrix",
      title: "Share of responses at each stage that lack each \(kind.rawValue) criterion",
      columns: [.init("stage", .string), .init("stage_name", .string), .init("n", .integer)]
        + criteria.map { .init(model.criteria[$0].id, .number) }
    ) { body in
      for row in stageRows {
        let responses = tally.everybody.count(at: row.stages).count
        let shares = criteria.map { criterion in
          let evidence = tally.everybody.evidence(of: criterion, at: row.stages)
          return Cell.ratio(shareLacking(evidence, criterion: criterion)?.share)
        }
        try body([row.label, .text(row.name), .integer(responses)] + shares)
      }
    }
  }

  func gaps(_ kind: Criterion.Kind) -> Table {
    Table(
      "\(kind.rawValue)_gaps",
      title: "Who has, lacks or need not have each \(kind.rawValue) criterion",
      columns: [
        .init("segment", .string), .init("segment_value", .string), .init("stage", .string),
        .init("criterion", .string), .init("criterion_label", .string),
        .init("criterion_stage", .integer), .init("observable", .boolean),
        .init("is_next", .boolean), .init("n", .integer), .init("yes", .integer),
        .init("lacking", .integer), .init("unknown", .integer),
        .init("not_applicable", .integer), .init("share_lacking", .number),
        .init("share_low", .number), .init("share_high", .number),
        .init("share_confirmed", .number),
      ]
    ) { body in
      let criteria = criteria(kind)
      for group in groups {
        for row in stageRows {
          for criterion in criteria { try body(gapRow(group, row.label, row.stages, criterion)) }
        }
      }
    }
  }

  private func gapRow(
    _ group: Group, _ label: Cell, _ stages: [Int], _ index: Int
  ) -> [Cell] {
    let criterion = model.criteria[index]
    let evidence = group.tally.evidence(of: index, at: stages)
    let share = shareLacking(evidence, criterion: index)
    return [
      .text(group.segment), group.value, label, .text(criterion.id), .text(criterion.label),
      .integer(criterion.stage), .boolean(tally.shape.observability.deniable[index]),
      isNext(criterion, after: stages), .integer(evidence.responses), .integer(evidence.yes),
      .integer(evidence.lacking), .integer(evidence.unknown), .integer(evidence.notApplicable),
      .ratio(share?.share), .bound(share?.low), .bound(share?.high),
      .ratio(ExactRatio(evidence.yesWeight, over: evidence.responsesWeight)),
    ]
  }

  /// Whether the criterion belongs to the next assessable stage; empty for all stages together.
  private func isNext(_ criterion: Criterion, after stages: [Int]) -> Cell {
    guard stages.count == 1, let stage = stages.first else { return .null }
    return .boolean(tally.shape.observability.nextStage(after: stage) == criterion.stage)
  }

  var roleToolGapMatrix: Table {
    let tools = tally.shape.tools
    return Table(
      "role_tool_gap_matrix", title: "Of those who have a role, the share without a tool",
      columns: [.init("role", .string)] + tools.map { .init(model.criteria[$0].id, .number) }
    ) { body in
      for (role, criterion) in tally.shape.roles.enumerated() {
        let gaps = tools.indices.map { Cell.ratio(tally.roleTools.gap(role: role, tool: $0)) }
        try body([.text(model.criteria[criterion].id)] + gaps)
      }
    }
  }

  var roleToolGaps: Table {
    Table(
      "role_tool_gaps", title: "How each role and each tool go together",
      columns: [
        .init("role", .string), .init("tool", .string), .init("known", .integer),
        .init("both", .integer), .init("role_only", .integer), .init("tool_only", .integer),
        .init("neither", .integer), .init("gap", .number),
      ]
    ) { body in
      for role in tally.shape.roles.indices {
        for tool in tally.shape.tools.indices { try body(roleToolRow(role, tool)) }
      }
    }
  }

  /// Without the role nobody is known to lack it unless the questionnaire can deny it.
  private func roleToolRow(_ role: Int, _ tool: Int) -> [Cell] {
    let count = { (pair: RoleToolTally.Pair) in
      self.tally.roleTools.count(pair, role: role, tool: tool)
    }
    let roleCriterion = tally.shape.roles[role]
    let isDeniable = tally.shape.observability.deniable[roleCriterion]
    let withRole = count(.both) + count(.roleOnly)
    let withoutRole = count(.toolOnly) + count(.neither)
    return [
      .text(model.criteria[roleCriterion].id),
      .text(model.criteria[tally.shape.tools[tool]].id),
      .integer(withRole + (isDeniable ? withoutRole : 0)), .integer(count(.both)),
      .integer(count(.roleOnly)), isDeniable ? .integer(count(.toolOnly)) : .null,
      isDeniable ? .integer(count(.neither)) : .null,
      .ratio(tally.roleTools.gap(role: role, tool: tool)),
    ]
  }
}
