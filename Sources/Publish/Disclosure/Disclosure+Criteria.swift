import Aggregate

extension Disclosure {
  /// What is hidden of a criterion.
  struct CriterionPools: Sendable {
    /// How many of the first stages are pooled; nil where nothing may be said of it.
    let stages: Int?
    let segments: [Breakdown]

    /// A criterion by the values of a segment.
    struct Breakdown: Sendable {
      /// How many of the first values are pooled.
      let groups: Int
      /// The same for its stages within a value; nil where no value shows them.
      let groupsByStage: Int?
    }
  }

  /// Those at some stages who have it, lack it, are not known to, and need not have it.
  private func evidence(_ group: GroupTally, _ criterion: Int, _ stages: [Int]) -> [UInt64] {
    let evidence = group.evidence(of: criterion, at: stages)
    return [evidence.yes, evidence.lacking, evidence.unknown, evidence.notApplicable]
  }

  func pools(ofCriterion criterion: Int) -> CriterionPools {
    let byStage = stageOrder.map { evidence(tally.everybody, criterion, [$0]) }
    guard let stages = rule.pool(byStage, from: pooledStages) else {
      return CriterionPools(stages: nil, segments: [])
    }
    return CriterionPools(
      stages: stages, segments: segments.map { breakdown(criterion, $0, pooledStages: stages) })
  }

  private func breakdown(
    _ criterion: Int, _ segment: SegmentPools, pooledStages: Int
  ) -> CriterionPools.Breakdown {
    let nothing = CriterionPools.Breakdown(groups: segment.groups.count, groupsByStage: nil)
    let whole = segment.groups.map { evidence($0, criterion, stageOrder) }
    guard let groups = rule.pool(whole, from: segment.hidden) else { return nothing }
    let cells = segment.groups.map { group in
      stageOrder.map { evidence(group, criterion, [$0]) }
    }
    let byStage = max(groups, segment.withoutStages)
    if mayShow(cells, pooledGroups: byStage, pooledStages: pooledStages) {
      return CriterionPools.Breakdown(groups: groups, groupsByStage: byStage)
    }
    let merged =
      segment.hidden == 0
      ? cells
      : [stageOrder.indices.map { stage in cells[..<segment.hidden].map { $0[stage] }.sums }]
        + cells[segment.hidden...]
    if !isOpen(merged) { return nothing }
    return CriterionPools.Breakdown(groups: groups, groupsByStage: nil)
  }

  /// Whether a table of values by stages, with its pools as one, has no count that is too small.
  private func mayShow(_ cells: [[[UInt64]]], pooledGroups: Int, pooledStages: Int) -> Bool {
    var rows = Array(cells[pooledGroups...])
    if pooledGroups > 0 {
      rows.append(stageOrder.indices.map { stage in cells[..<pooledGroups].map { $0[stage] }.sums })
    }
    return rows.allSatisfy { row in
      rule.allows(Array(row[..<pooledStages]).sums) && row[pooledStages...].allSatisfy(rule.allows)
    }
  }

  /// Whether each small count of a hidden table (values by stages by evidence) stays open although
  /// all sums along each of the three are known: whether there is another table with the same sums.
  private func isOpen(_ cells: [[[UInt64]]]) -> Bool {
    // The largest values have most to exchange.
    let partners = Array(cells.suffix(Disclosure.mostPartners).reversed())
    for row in cells {
      for stage in row.indices {
        for kind in row[stage].indices where !rule.allows(row[stage][kind]) {
          if !partners.contains(where: { canExchange(row, $0, stage, kind) }) { return false }
        }
      }
    }
    return true
  }

  private static let mostPartners = 64

  /// Whether one response can be moved between two values, two stages and two kinds of evidence, so
  /// that all sums stay and the count does not.
  private func canExchange(
    _ row: [[UInt64]], _ other: [[UInt64]], _ stage: Int, _ kind: Int
  ) -> Bool {
    if row == other { return false }
    for stage2 in row.indices where stage2 != stage {
      for kind2 in row[stage].indices where kind2 != kind {
        let canFall =
          row[stage][kind] > 0 && row[stage2][kind2] > 0 && other[stage][kind2] > 0
          && other[stage2][kind] > 0
        let canRise =
          row[stage2][kind] > 0 && row[stage][kind2] > 0 && other[stage][kind] > 0
          && other[stage2][kind2] > 0
        if canFall || canRise { return true }
      }
    }
    return false
  }

  /// Whether what is known of a criterion over all responses may be said.
  func shows(criterion: Int) -> Bool { !hidesEverybody && criteria[criterion].stages != nil }

  /// Whether a pair of a role and a tool may be shown: it may, where neither its counts nor what they
  /// leave of the two criteria's own are small.
  func showsPair(role: Int, tool: Int) -> Bool {
    let (roleCriterion, toolCriterion) = (tally.shape.roles[role], tally.shape.tools[tool])
    guard shows(criterion: roleCriterion), shows(criterion: toolCriterion) else { return false }
    let count = { (pair: RoleToolTally.Pair) in
      self.tally.roleTools.count(pair, role: role, tool: tool)
    }
    let (both, roleOnly) = (count(.both), count(.roleOnly))
    let roles = evidence(tally.everybody, roleCriterion, stageOrder)
    let tools = evidence(tally.everybody, toolCriterion, stageOrder)
    var parts = [both, roleOnly, rest(roles[0], both + roleOnly)]
    if tally.shape.observability.deniable[roleCriterion] {
      let (toolOnly, neither) = (count(.toolOnly), count(.neither))
      parts += [
        toolOnly, neither, rest(roles[1], toolOnly + neither), rest(tools[0], both + toolOnly),
        rest(tools[1], roleOnly + neither),
      ]
    } else {
      parts += [rest(tools[0], both), rest(tools[1], roleOnly)]
    }
    return rule.allows(parts)
  }

  /// Whether an anti-pattern may be shown: it may, where what it leaves of each of its criteria is
  /// not small either.
  func showsAntiPattern(_ index: Int) -> Bool {
    let pattern = tally.shape.model.antiPatterns[index]
    let criteria = pattern.whenPresent + pattern.whenAbsent
    guard criteria.allSatisfy(shows(criterion:)) else { return false }
    let hits = tally.antiPatterns.hits(of: index).count
    let base = tally.antiPatterns.base(of: index).count
    let present = pattern.whenPresent.map {
      rest(evidence(tally.everybody, $0, stageOrder)[0], hits)
    }
    let absent = pattern.whenAbsent.map {
      rest(evidence(tally.everybody, $0, stageOrder)[1], hits)
    }
    return rule.allows(
      [hits, rest(base, hits), rest(tally.everybody.base.count, base)] + present + absent)
  }

  private func rest(_ whole: UInt64, _ part: UInt64) -> UInt64 { whole - min(whole, part) }
}
