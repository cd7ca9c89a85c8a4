import MaturityModel
import Normalize
import Statistics

/// Scores responses: a function from batch to batch. Belongs to one worker.
///
/// The rules are those of the README's "What is computed"; the words here are the same.
package final class Scorer {
  private let plan: ScoringPlan
  private var yes: [UInt64]
  private var no: [UInt64]
  private var coveragesLow: [Coverage]

  package init(plan: ScoringPlan) {
    self.plan = plan
    yes = Array(repeating: 0, count: plan.words)
    no = yes
    coveragesLow = Array(repeating: .met, count: plan.stages.count)
  }

  /// Fills `scores` with one entry for each of the responses.
  package func score(_ responses: ResponseBatch, into scores: ScoreBatch) {
    scores.reset()
    scores.count = responses.count
    for response in 0..<responses.count {
      evaluate(responses, response) { append($0, to: scores) }
    }
  }

  /// Holds one response against the rules.
  ///
  /// - Parameter body: given an evaluation that must not outlive the call.
  @discardableResult
  func evaluate<Result>(
    _ responses: ResponseBatch, _ response: Int, _ body: (Evaluation) -> Result
  ) -> Result? {
    absorb(responses, response)
    let conditions = conditionValues(responses, response)
    return yes.withUnsafeBufferPointer { yes in
      no.withUnsafeBufferPointer { no in
        guard let yesStart = yes.baseAddress, let noStart = no.baseAddress else { return nil }
        let merged = Array(responses.merged[mergedRange(responses, response)])[...]
        return body(
          Evaluation(
            plan: plan, evidence: CriterionEvidence(yes: yesStart, no: noStart), merged: merged,
            conditions: conditions))
      }
    }
  }

  private func mergedRange(_ responses: ResponseBatch, _ response: Int) -> Range<Int> {
    let words = responses.shape.mergedWords
    return response * words..<(response + 1) * words
  }

  /// A criterion that is not yes becomes yes when one of its absorbers is. The absorbers are
  /// already transitive, so what was proved is all that is looked at.
  private func absorb(_ responses: ResponseBatch, _ response: Int) {
    let start = response * plan.words
    for word in 0..<plan.words {
      yes[word] = responses.yes[start + word]
      no[word] = responses.no[start + word]
    }
    for (criterion, absorbers) in plan.absorptions {
      for word in 0..<plan.words where absorbers[word] & responses.yes[start + word] != 0 {
        yes[criterion / 64] |= 1 << UInt64(criterion % 64)
      }
    }
    for word in 0..<plan.words { no[word] &= ~yes[word] }
  }

  private func conditionValues(_ responses: ResponseBatch, _ response: Int) -> [Truth] {
    let count = responses.shape.metrics
    let metrics = Array(responses.metrics[response * count..<(response + 1) * count])[...]
    return plan.conditions.map { $0.value(metrics) }
  }

  private func append(_ evaluation: Evaluation, to scores: ScoreBatch) {
    for stage in plan.assessableStages {
      coveragesLow[stage] = evaluation.coverageLow(stage)
    }
    let low = evaluation.climb(readingHigh: false)
    let high = evaluation.climb(readingHigh: true)
    let next = plan.nextStages[low]
    scores.isScored.append(low == high || evaluation.knowsEnough)
    scores.low.append(UInt8(low))
    scores.high.append(UInt8(high))
    scores.highest.append(UInt8(evaluation.highest))
    scores.next.append(UInt8(next ?? 0))
    appendCompensatory(to: scores)
    let progress = next.map { coveragesLow[$0] } ?? .met
    scores.progress.append(progress.millionths)
    scores.isNextCovered.append(next.map { progress.reaches(plan.stages[$0].threshold) } ?? false)
    let blocking = next.map { evaluation.blocking($0) } ?? (all: 0, unknown: 0)
    scores.blocking.append(blocking.all)
    scores.blockingUnknown.append(blocking.unknown)
    appendShownEvidence(evaluation, next: next, to: scores)
  }

  private func appendCompensatory(to scores: ScoreBatch) {
    let coverages = plan.assessableStages.map { coveragesLow[$0] }
    let score = compensatoryScore(top: plan.assessableStages.last ?? 0, coverages)
    scores.compensatory.append(score.millionths)
    scores.compensatoryFloor.append(score.floor)
  }

  /// Under an unknown condition a criterion keeps its evidence; only a condition known to be false
  /// makes it not applicable.
  private func appendShownEvidence(_ evaluation: Evaluation, next: Int?, to scores: ScoreBatch) {
    var yes = self.yes
    var no = self.no
    var notApplicable = evaluation.notApplicableAsKnown
    for word in 0..<plan.words {
      yes[word] &= ~notApplicable[word]
      no[word] &= ~notApplicable[word]
    }
    for (copy, original) in plan.mirrors {
      mirror(&yes, copy, original)
      mirror(&no, copy, original)
      mirror(&notApplicable, copy, original)
    }
    scores.readiness.append(readiness(next: next, yes: yes, no: no))
    scores.yes += yes
    scores.no += no
    scores.notApplicable += notApplicable
  }

  private func mirror(_ row: inout [UInt64], _ copy: Int, _ original: Int) {
    let bit = row[original / 64] >> UInt64(original % 64) & 1
    row[copy / 64] = row[copy / 64] & ~(1 << UInt64(copy % 64)) | bit << UInt64(copy % 64)
  }

  /// The share of the next stage's known triggers that are yes.
  private func readiness(next: Int?, yes: [UInt64], no: [UInt64]) -> UInt64 {
    guard let next else { return .max }
    let triggers = plan.stages[next].triggers
    var holding = 0
    var known = 0
    for word in 0..<plan.words {
      holding += (triggers[word] & yes[word]).nonzeroBitCount
      known += (triggers[word] & (yes[word] | no[word])).nonzeroBitCount
    }
    return known == 0 ? .max : Coverage(part: UInt64(holding), whole: UInt64(known)).millionths
  }
}
