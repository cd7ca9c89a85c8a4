import Aggregate
import Statistics

extension ResultTables {
  private var base: Sample { tally.everybody.base }

  /// Nil where it was not asked for.
  var sensitivity: Table? {
    guard let sensitivity = tally.sensitivity else { return nil }
    return table(.sensitivity) { body in
      for way in RuleWay.all(sensitivity) {
        for stage in stages {
          let here = way.count(at: stage...stage)
          let above = way.count(at: stage...stages.count - 1)
          let base = way.count(at: 0...stages.count - 1)
          try body([
            .text(way.rules.reading.rawValue), .text(way.policy.rawValue), .text(way.teamSize),
            .integer(stage), .text(stageName(stage)), .integer(here.count), .weight(here.weight),
            .integer(base.count), .weight(base.weight),
            .ratio(ExactRatio(here.weight, over: base.weight)), .integer(above.count),
            .weight(above.weight), .ratio(ExactRatio(above.weight, over: base.weight)),
          ])
        }
      }
    }
  }

  /// Nil where it was not asked for.
  var sensitivityRange: Table? {
    guard let sensitivity = tally.sensitivity else { return nil }
    return table(.sensitivityRange) { body in
      let ways = RuleWay.all(sensitivity)
      for row in stageRows {
        let here = tally.everybody.count(at: row.stages)
        let unchanged = row.stages.reduce(into: (count: UInt64(0), weight: WeightSum())) {
          $0.count += sensitivity.unchanged[$1].count
          $0.weight.merge(sensitivity.unchanged[$1].weight)
        }
        let counts: [Cell] = [
          row.label, .text(row.name), .integer(here.count), .integer(unchanged.count),
          .ratio(ExactRatio(unchanged.weight, over: here.weight)),
        ]
        let range =
          row.stages.count == 1
          ? rangeCells(atLeast: row.stages[0], ways) : Array(repeating: Cell.null, count: 5)
        try body(counts + range)
      }
    }
  }

  /// The published share at a stage or above, the lowest and the highest, each with the first way
  /// that brings it about.
  private func rangeCells(atLeast stage: Int, _ ways: [RuleWay]) -> [Cell] {
    let shares = ways.compactMap { way in
      way.share(atLeast: stage).map { (name: way.name, share: $0) }
    }
    let published = tally.everybody.count(at: stages[stage...])
    let own = Cell.ratio(ExactRatio(published.weight, over: base.weight))
    // The first of equal ones, whichever end is looked for.
    guard let first = shares.first else { return [own, .null, .null, .null, .null] }
    let lowest = shares.reduce(first) { $1.share < $0.share ? $1 : $0 }
    let highest = shares.reduce(first) { $0.share < $1.share ? $1 : $0 }
    return [
      own, .ratio(lowest.share), .text(lowest.name), .ratio(highest.share), .text(highest.name),
    ]
  }
}

/// A set of rules with what becomes of unknown answers.
struct RuleWay {
  let rules: RuleSet
  let policy: UnknownPolicy
  private let index: Int
  private let tally: SensitivityTally
  private let stages: Int

  static func all(_ tally: SensitivityTally) -> [RuleWay] {
    tally.rules.enumerated().flatMap { index, rules in
      UnknownPolicy.allCases.map { policy in
        RuleWay(
          rules: rules, policy: policy, index: index, tally: tally, stages: tally.unchanged.count)
      }
    }
  }

  var teamSize: String { rules.teamSize.map { "\($0)" } ?? "model" }
  /// As the columns of `sensitivity.csv` name it.
  var name: String { "\(rules.reading.rawValue)|\(policy.rawValue)|\(teamSize)" }

  func count(at range: ClosedRange<Int>) -> (count: UInt64, weight: WeightSum) {
    range.reduce(into: (UInt64(0), WeightSum())) { sum, stage in
      let here = tally.count(index, policy, stage: stage)
      sum.0 += here.count
      sum.1.merge(here.weight)
    }
  }

  func share(atLeast stage: Int) -> ExactRatio? {
    ExactRatio(
      count(at: stage...stages - 1).weight, over: count(at: 0...stages - 1).weight)
  }
}
