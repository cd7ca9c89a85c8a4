import Aggregate
import MaturityModel
import Statistics

/// The tables of `--analyses leverage`: what would move whom.
extension ResultTables {
  var leverage: [Table] {
    guard let leverage = tally.leverage else { return [] }
    return [
      nearMisses, unlockSets(leverage), unlockRanks(leverage), loadBearing(leverage), gapPriority,
    ]
  }

  private var assessableStages: [Stage] {
    tally.shape.observability.assessableStages.map { model.stages[$0] }
  }

  private var nearMisses: Table {
    table(.nearMisses) { body in
      for stage in assessableStages {
        let held = tally.unlock.held(below: stage.number)
        for missing in 0...4 {
          let here = tally.unlock.held(
            below: stage.number, byBlockers: missing < 4 ? missing...missing : 4...64)
          try body([
            .integer(stage.number), .text(stageName(stage.number)),
            .text(missing < 4 ? "\(missing)" : "4+"), .integer(here.count),
            .weight(here.weight), .ratio(ExactRatio(here.weight, over: held.weight)),
          ])
        }
      }
    }
  }

  private func unlockSets(_ leverage: LeverageTally) -> Table {
    table(.unlockSets) { body in
      for stage in assessableStages {
        let held = tally.unlock.held(below: stage.number)
        for size in 1...BlockingSets.largest {
          for set in best(size, of: stage, leverage.sets) {
            try body(cells(of: set, size, stage, leverage.sets, held: held))
          }
        }
      }
    }
  }

  private typealias UnlockSet = (key: BlockingSets.Key, count: BlockingSets.Count)

  /// The sets that free the most weight, at most a hundred, equal ones in the model's order.
  private func best(_ size: Int, of stage: Stage, _ sets: BlockingSets) -> [UnlockSet] {
    var found: [UnlockSet] = []
    for requirements in choices(size, of: stage.requires.count) {
      let key = BlockingSets.Key(stage: stage.number, requirements: requirements)
      let count = sets.within(key)
      if count.responses.count > 0 { found.append((key, count)) }
    }
    let ordered = found.enumerated().sorted { first, second in
      let (one, other) = (
        first.element.count.responses.weight.billionths,
        second.element.count.responses.weight.billionths
      )
      return one != other ? one > other : first.offset < second.offset
    }
    return ordered.prefix(100).map(\.element)
  }

  /// All sets of so many among `count`, as bits, in the order of their members.
  private func choices(_ size: Int, of count: Int, from first: Int = 0) -> [UInt64] {
    if size == 0 { return [0] }
    return (first..<max(first, count)).flatMap { member in
      choices(size - 1, of: count, from: member + 1).map { $0 | 1 << UInt64(member) }
    }
  }

  private func cells(
    of set: UnlockSet, _ size: Int, _ stage: Stage, _ sets: BlockingSets, held: WeightedCount
  ) -> [Cell] {
    let names = stage.requires.enumerated().filter {
      set.key.requirements >> UInt64($0.offset) & 1 == 1
    }
    .map(\.element.id)
    let count = set.count
    return [
      .integer(stage.number), .integer(size), .text(names.joined(separator: "|")),
      .integer(count.responses.count), .weight(count.responses.weight),
      .ratio(ExactRatio(count.responses.weight, over: held.weight)),
      .integer(sets.exactly(set.key).responses.count), .integer(count.advances.count),
      .weight(count.rise), .ratio(ExactRatio(count.rise, over: count.advances.weight)),
      .integer(count.largestRise),
    ]
  }

  /// All requirements of assessable stages, by credit, and how sure their ranks are.
  private func unlockRanks(_ leverage: LeverageTally) -> Table {
    table(.unlockRanks) { body in
      let first = model.firstRequirements
      let rows = assessableStages.flatMap { stage in
        stage.requires.indices.map { index in
          (
            stage: stage, index: index, place: first[stage.number] + index,
            shapley: tally.unlock.requirement(index, of: stage.number).shapley
          )
        }
      }
      let places = rows.map(\.place)
      for row in rows {
        let ranks = leverage.credits.ranks(of: row.place, among: places)
        let tops = UInt64(ranks.count { $0 <= 3 })
        try body([
          .integer(row.stage.number), .text(row.stage.requires[row.index].id),
          .ratio(row.shapley), .integer(1 + rows.count { row.shapley < $0.shapley }),
          .integer(ranks[ranks.count / 40 - 1]),
          .integer(ranks[ranks.count - ranks.count / 40 - 1]),
          .ratio(ExactRatio(.unweighted(tops), over: .unweighted(UInt64(ranks.count)))),
          .integer(ranks.count),
        ])
      }
    }
  }

  private func loadBearing(_ leverage: LeverageTally) -> Table {
    table(.loadBearing) { body in
      let everybody = tally.everybody.base.weight
      for (place, index) in leverage.loads.criteria.enumerated() {
        let criterion = model.criteria[index]
        let have = tally.everybody.evidence(of: index, at: stages)
        let count = leverage.loads.count(place)
        try body([
          .text(criterion.id), .text(criterion.label), .text(criterion.kind.rawValue),
          .integer(criterion.stage), .integer(have.yes), .integer(count.falling.count),
          .weight(count.falling.weight),
          .ratio(ExactRatio(count.falling.weight, over: have.yesWeight)), .weight(count.fall),
          .ratio(ExactRatio(count.fall, over: everybody)), .integer(count.largestFall),
        ])
      }
    }
  }
}

extension ResultTables {
  /// Who lacks it × what it weighs × the credit of the requirements it stands in.
  private struct Priority {
    let criterion: Criterion
    let known: UInt64
    let lacking: ExactRatio?
    let credit: ExactRatio
    var product: ExactRatio? {
      let weight = ExactRatio(WeightSum(billionths: UInt128(criterion.weight.count.magnitude)))
      return lacking.map { $0 * weight * credit }
    }
  }

  private var priorities: [Priority] {
    let observability = tally.shape.observability
    let counted = model.criteria.indices.filter {
      model.criteria[$0].isCounted && observability.deniable[$0]
        && observability.assessable[model.criteria[$0].stage]
    }
    return counted.map { index in
      let evidence = tally.everybody.evidence(of: index, at: stages)
      var credit = ExactRatio(WeightSum())
      for stage in assessableStages {
        for (place, requirement) in stage.requires.enumerated()
        where requirement.anyOf.contains(index) {
          credit = credit + tally.unlock.requirement(place, of: stage.number).shapley
        }
      }
      return Priority(
        criterion: model.criteria[index], known: evidence.known.count,
        lacking: ExactRatio(evidence.lackingWeight, over: evidence.known.weight), credit: credit)
    }
  }

  private var gapPriority: Table {
    table(.gapPriority) { body in
      let zero = ExactRatio(WeightSum())
      let rows = priorities.map { ($0, $0.product) }.enumerated().sorted { first, second in
        let one = first.element.1 ?? zero
        let other = second.element.1 ?? zero
        return other < one || (!(one < other) && first.offset < second.offset)
      }
      for (rank, row) in rows.enumerated() {
        let (priority, product) = row.element
        let criterion = priority.criterion
        let weight = WeightSum(billionths: UInt128(criterion.weight.count.magnitude))
        try body([
          .integer(rank + 1), .text(criterion.id), .text(criterion.label),
          .text(criterion.kind.rawValue), .integer(criterion.stage), .text(criterion.need.rawValue),
          .integer(priority.known), .ratio(priority.lacking), .weight(weight),
          .ratio(priority.credit), .ratio(product),
        ])
      }
    }
  }
}
