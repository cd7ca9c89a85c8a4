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
  ///
  /// - Parameter criterion: one that everybody is taken to deny; what absorbs it still stands in.
  package func score(
    _ responses: ResponseBatch, into scores: ScoreBatch, without criterion: Int? = nil
  ) {
    scores.reset(count: responses.count, for: plan)
    guard let rows = ResponseRows(responses) else { return }
    for block in 0..<scores.blocks {
      let range = 64 * block..<min(64 * block + 64, responses.count)
      fillRows(range, from: rows, responses.shape, scores, without: criterion)
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
    _ scores: ScoreBatch, without criterion: Int?
  ) {
    let start = range.lowerBound * plan.words
    let (yes, no) = (rows.yes + start, rows.no + start)
    if let criterion {
      fill(scores.rows + start, count: range.count, yes: yes, no: no, without: criterion)
    } else {
      absorption.fill(scores.rows + start, count: range.count, yes: yes, no: no)
    }
    if !plan.conditions.isEmpty {
      fillConditions(range, rows, metrics: shape.metrics, scores)
    }
    if !shape.mergedTerms.isEmpty {
      fillMergedOptions(range, rows.merged, words: shape.mergedWords)
    }
  }

  /// Fills rows from copies in which a criterion is denied.
  private func fill(
    _ target: UnsafeMutablePointer<WordPair>, count: Int, yes: UnsafePointer<UInt64>,
    no: UnsafePointer<UInt64>, without criterion: Int
  ) {
    let size = count * plan.words
    withUnsafeTemporaryAllocation(of: UInt64.self, capacity: max(1, 2 * size)) { copies in
      guard let copy = copies.baseAddress else { return }
      copy.initialize(from: yes, count: size)
      (copy + size).initialize(from: no, count: size)
      let bit = UInt64(1) << UInt64(criterion % 64)
      for word in stride(from: criterion / 64, to: size, by: plan.words) {
        copy[word] &= ~bit
        copy[size + word] |= bit
      }
      absorption.fill(target, count: count, yes: copy, no: copy + size)
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
