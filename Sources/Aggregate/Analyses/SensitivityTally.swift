import MaturityModel
import Normalize
import Score
import Statistics
import SurveyMapping

/// One set of rules that responses are scored by.
package struct RuleSet: Hashable, Sendable {
  package let reading: StageReading
  /// From how many people on a team counts as large; nil: as the model says.
  package let teamSize: Int64?

  /// Every reading with every size of team; sizes only where model and survey know of them.
  static func all(_ shape: TallyShape) -> [RuleSet] {
    let isAsked = shape.survey.metrics.contains { $0.id == MaturityModel.teamSizeMetric }
    let sizes: [Int64?] = isAsked && shape.model.dependsOnTeamSize ? [nil, 5, 10, 15] : [nil]
    return StageReading.allCases.flatMap { reading in
      sizes.map { RuleSet(reading: reading, teamSize: $0) }
    }
  }

  var isPublished: Bool { reading == .standard && teamSize == nil }
}

/// What becomes of a response whose stage its unknown answers leave open.
package enum UnknownPolicy: String, CaseIterable, Sendable {
  /// Unknown read as no, and as yes.
  case low, high
  /// Only responses whose stage is the same either way.
  case determinedOnly = "determined_only"
}

/// The scored responses' stages under other rules.
package struct SensitivityTally: Sendable {
  package let rules: [RuleSet]
  private let stages: Int
  /// Per set of rules and policy, by stage.
  private var counts: [Grid<WeightedCount>]
  /// By stage, those that are at it under all rules and policies.
  package private(set) var unchanged: [WeightedCount]

  init(_ shape: TallyShape) {
    rules = RuleSet.all(shape)
    stages = shape.stages
    let grid = Grid(rows: UnknownPolicy.allCases.count, columns: stages, WeightedCount())
    counts = Array(repeating: grid, count: rules.count)
    unchanged = Array(repeating: WeightedCount(), count: stages)
  }

  /// Responses at a stage.
  package func count(_ rules: Int, _ policy: UnknownPolicy, stage: Int) -> WeightedCount {
    counts[rules][UnknownPolicy.allCases.firstIndex(of: policy) ?? 0, stage]
  }

  mutating func merge(_ other: SensitivityTally) {
    for index in counts.indices { counts[index].merge(other.counts[index]) { $0.merge($1) } }
    for stage in unchanged.indices { unchanged[stage].merge(other.unchanged[stage]) }
  }

  mutating func scale(by factor: WeightFactor) {
    for index in counts.indices { counts[index].forEach { $0.scale(by: factor) } }
    for stage in unchanged.indices { unchanged[stage].scale(by: factor) }
  }

  /// Counts a block under one set of rules.
  ///
  /// - Parameters:
  ///   - scored: the responses that the published rules score.
  ///   - same: by stage, those that were at it under all rules so far; reduced.
  mutating func add(
    _ block: ScoredBlock, rules: Int, scored: UInt64, _ weights: BlockWeights,
    same: UnsafeMutableBufferPointer<UInt64>
  ) {
    for stage in 0..<stages {
      let (low, high) = (scored & block.low[stage], scored & block.high[stage])
      counts[rules][0, stage].add(low, weights)
      counts[rules][1, stage].add(high, weights)
      counts[rules][2, stage].add(low & high, weights)
      same[stage] &= low & high
    }
  }

  mutating func addUnchanged(
    _ same: UnsafeMutableBufferPointer<UInt64>, _ weights: BlockWeights
  ) {
    for stage in 0..<stages { unchanged[stage].add(same[stage], weights) }
  }
}

/// One worker's way of scoring its responses again under other rules.
final class SensitivityCounter {
  private let stages: Int
  /// Per set of rules; nil where they are the published ones.
  private let scorers: [(scorer: Scorer, scores: ScoreBatch)?]

  init(_ shape: TallyShape) {
    stages = shape.stages
    scorers = RuleSet.all(shape).map { rules in
      if rules.isPublished { return nil }
      let model = shape.model.read(rules.reading, teamSize: rules.teamSize)
      let plan = ScoringPlan(
        survey: shape.survey, model: model, observability: shape.observability)
      return (Scorer(plan: plan), ScoreBatch())
    }
  }

  /// - Parameter published: the responses' scores under the published rules.
  func add(
    _ responses: ResponseBatch, _ published: ScoreBatch, weights: UnsafePointer<UInt64>?,
    to portions: [BatchPortion]
  ) {
    for again in scorers { again?.scorer.score(responses, into: again?.scores ?? published) }
    for portion in portions {
      portion.forEachBlock(of: published) { index, block in
        let weights = BlockWeights(weights: weights.map { $0 + 64 * index })
        add(block.scored[0], of: index, published, weights, to: &portion.counter.sensitivity)
      }
    }
  }

  private func add(
    _ scored: UInt64, of block: Int, _ published: ScoreBatch, _ weights: BlockWeights,
    to tally: inout SensitivityTally?
  ) {
    withUnsafeTemporaryAllocation(of: UInt64.self, capacity: stages) { same in
      same.initialize(repeating: scored)
      for (rules, again) in scorers.enumerated() {
        let scores = again?.scores ?? published
        tally?.add(scores.block(block), rules: rules, scored: scored, weights, same: same)
      }
      tally?.addUnchanged(same, weights)
    }
  }
}
