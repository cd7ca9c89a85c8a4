import MaturityModel
import Normalize
import Score
import Statistics
import SurveyMapping

/// How far responses fall when a criterion is lost.
package struct LoadTally: Sendable {
  /// The criteria that some assessable stage can rest on.
  package let criteria: [Int]
  private var counts: [Count]

  package struct Count: Sendable {
    /// Those whose stage falls.
    package fileprivate(set) var falling = WeightedCount()
    /// Σ w × stages that they fall.
    package fileprivate(set) var fall = WeightSum()
    package fileprivate(set) var largestFall = 0
  }

  init(_ shape: TallyShape) {
    let (model, observability) = (shape.model, shape.observability)
    var bearing: Set<Int> = []
    for stage in observability.assessableStages {
      bearing.formUnion(model.stages[stage].requires.flatMap(\.anyOf))
      bearing.formUnion(
        model.criteria.indices.filter {
          model.criteria[$0].isCounted && model.criteria[$0].stage == stage
            && observability.deniable[$0]
        })
    }
    criteria = bearing.union(bearing.flatMap { model.absorbers[$0] }).sorted()
    counts = Array(repeating: Count(), count: criteria.count)
  }

  /// - Parameter place: among `criteria`.
  package func count(_ place: Int) -> Count { counts[place] }

  mutating func merge(_ other: LoadTally) {
    for place in counts.indices {
      counts[place].falling.merge(other.counts[place].falling)
      counts[place].fall.merge(other.counts[place].fall)
      counts[place].largestFall = max(counts[place].largestFall, other.counts[place].largestFall)
    }
  }

  mutating func scale(by factor: WeightFactor) {
    for place in counts.indices {
      counts[place].falling.scale(by: factor)
      counts[place].fall.scale(by: factor)
    }
  }

  mutating func add(_ responses: WeightedCount, fall: Int, of place: Int) {
    counts[place].falling.merge(responses)
    counts[place].fall.merge(
      WeightSum(billionths: responses.weight.billionths * UInt128(fall)))
    counts[place].largestFall = max(counts[place].largestFall, fall)
  }
}

/// One worker's way of scoring its responses again, each time without a criterion.
final class LoadCounter {
  private let criteria: [Int]
  private let stages: Int
  private let scorer: Scorer
  private let scores = ScoreBatch()

  init(_ shape: TallyShape) {
    criteria = LoadTally(shape).criteria
    stages = shape.stages
    scorer = Scorer(
      plan: ScoringPlan(
        survey: shape.survey, model: shape.model, observability: shape.observability))
  }

  func add(
    _ responses: ResponseBatch, _ published: ScoreBatch, weights: UnsafePointer<UInt64>?,
    to portions: [BatchPortion]
  ) {
    for (place, criterion) in criteria.enumerated() {
      scorer.score(responses, into: scores, without: criterion)
      for portion in portions {
        portion.forEachBlock(of: published) { block, before in
          let weights = BlockWeights(weights: weights.map { $0 + 64 * block })
          compare(before, scores.block(block), weights, place, &portion.counter.loads)
        }
      }
    }
  }

  private func compare(
    _ before: ScoredBlock, _ after: ScoredBlock, _ weights: BlockWeights, _ place: Int,
    _ tally: inout LoadTally?
  ) {
    for stage in 1..<max(1, stages) {
      let here = before.scored[0] & before.low[stage]
      if here & ~after.low[stage] == 0 { continue }
      for lower in 0..<stage {
        let falling = here & after.low[lower]
        if falling == 0 { continue }
        var count = WeightedCount()
        count.add(falling, weights)
        tally?.add(count, fall: stage - lower, of: place)
      }
    }
  }
}
