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
    return table(kind == .role ? .roleGapMatrix : .toolGapMatrix) { body in
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
    table(kind == .role ? .roleGaps : .toolGaps) { body in
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
    return table(.roleToolGapMatrix) { body in
      for (role, criterion) in tally.shape.roles.enumerated() {
        let gaps = tools.indices.map { Cell.ratio(tally.roleTools.gap(role: role, tool: $0)) }
        try body([.text(model.criteria[criterion].id)] + gaps)
      }
    }
  }

  var roleToolGaps: Table {
    table(.roleToolGaps) { body in
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
