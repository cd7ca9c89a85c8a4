import MaturityModel
import Normalize
import Statistics

/// Scores responses: a function from batch to batch. Belongs to one worker.
///
/// The rules are those of the README's "What is computed"; the words here are the same. Responses
/// are scored 64 at a time by ``BlockScorer``; ``Evaluation`` says the same of one response.
package final class Scorer {
  private let plan: ScoringPlan
  private let wantsDetails: Bool
  private let absorption: AbsorptionTable
  private let blockScorer: BlockScorer

  /// - Parameter wantsDetails: whether to fill in `ScoreBatch.details`, one response at a time, which
  ///   takes longer than all the rest.
  package init(plan: ScoringPlan, wantsDetails: Bool = false) {
    self.plan = plan
    self.wantsDetails = wantsDetails
    absorption = AbsorptionTable(plan)
    blockScorer = BlockScorer(plan)
  }

  /// Fills `scores` with what is known of each of the responses.
  package func score(_ responses: ResponseBatch, into scores: ScoreBatch) {
    scores.reset(count: responses.count, for: plan)
    guard let rows = ResponseRows(responses) else { return }
    for block in 0..<scores.blocks {
      let range = 64 * block..<min(64 * block + 64, responses.count)
      fillRows(range, from: rows, responses.shape, scores)
      score(block, range, scores)
    }
  }

  private func score(
    _ index: Int, _ range: Range<Int>, _ scores: ScoreBatch
  ) {
    let block = scores.block(index)
    let first = scores.rows + range.lowerBound * plan.words
    for word in 0..<plan.words {
      BitSquare.transpose(first + word, stride: plan.words, into: block.evidence + 64 * word)
    }
    blockScorer.score(block, responses: scores.responses(of: index))
    if !blockScorer.makesCompensatoryFloors { fillCompensatoryFloors(block, range.count) }
    ByteSpread.fill(
      scores.low + range.lowerBound, with: block.low, stages: plan.stages.count)
    if wantsDetails {
      scores.details += range.map { response in
        let next = plan.nextStages[Int(scores.low[response])]
        return blockScorer.details(of: response % 64, in: block, next: next)
      }
    }
  }

  private func fillCompensatoryFloors(_ block: ScoredBlock, _ count: Int) {
    block.compensatoryFloor.update(repeating: 0, count: plan.stages.count)
    for response in 0..<count {
      let floor = blockScorer.compensatoryFloor(of: response)
      block.compensatoryFloor[floor] |= 1 << UInt64(response)
    }
  }
}

extension Scorer {
  /// Fills in the rows of a block, and what the block scorer has to know besides.
  private func fillRows(
    _ range: Range<Int>, from rows: ResponseRows, _ shape: ResponseBatch.Shape,
    _ scores: ScoreBatch
  ) {
    let start = range.lowerBound * plan.words
    absorption.fill(
      scores.rows + start, count: range.count, yes: rows.yes + start, no: rows.no + start)
    if !plan.conditions.isEmpty {
      fillConditions(range, rows, metrics: shape.metrics, scores)
    }
    if !shape.mergedTerms.isEmpty {
      fillMergedOptions(range, rows.merged, words: shape.mergedWords)
    }
  }

  private func fillConditions(
    _ range: Range<Int>, _ rows: ResponseRows, metrics: Int, _ scores: ScoreBatch
  ) {
    blockScorer.conditions.update(repeating: .zero, count: plan.conditions.count)
    for response in range {
      let bit = UInt64(1) << UInt64(response % 64)
      let own = rows.metrics(of: response, count: metrics)
      var falseConditions = 0
      for index in plan.conditions.indices {
        switch plan.conditions[index].value(own) {
        case .yes: blockScorer.conditions[index].x |= bit
        case .no:
          blockScorer.conditions[index].y |= bit
          falseConditions |= 1 << index
        case .unknown: break
        }
      }
      scores.falseConditions[response] = UInt8(falseConditions)
      if falseConditions != 0 {
        let absent = plan.notApplicable(falseConditions: falseConditions)
        for word in 0..<plan.words {
          scores.rows[response * plan.words + word] &= WordPair(repeating: ~absent[word])
        }
      }
    }
  }

  private func fillMergedOptions(
    _ range: Range<Int>, _ merged: UnsafeBufferPointer<UInt64>, words: Int
  ) {
    blockScorer.chosen.update(repeating: 0, count: 64 * words)
    for response in range {
      for word in 0..<words {
        var rest = merged[response * words + word]
        while rest != 0 {
          blockScorer.chosen[64 * word + rest.trailingZeroBitCount] |= 1 << UInt64(response % 64)
          rest &= rest &- 1
        }
      }
    }
  }

  /// Holds one of the responses against the rules, one after the other.
  func evaluate(_ responses: ResponseBatch, _ response: Int) -> Evaluation {
    guard let rows = ResponseRows(responses) else { preconditionFailure("it is among them") }
    let (words, start) = (plan.words, response * plan.words)
    var row = [WordPair](repeating: .zero, count: words)
    row.withUnsafeMutableBufferPointer { row in
      guard let row = row.baseAddress else { return }
      absorption.fill(row, count: 1, yes: rows.yes + start, no: rows.no + start)
    }
    let merged = responses.shape.mergedWords
    let metrics = rows.metrics(of: response, count: responses.shape.metrics)
    return Evaluation(
      plan: plan, evidence: CriterionEvidence(yes: row.map(\.x), no: row.map(\.y)),
      merged: Array(rows.merged[response * merged..<(response + 1) * merged]),
      conditions: plan.conditions.map { $0.value(metrics) })
  }
}
