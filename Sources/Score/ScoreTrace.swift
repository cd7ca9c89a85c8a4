import MaturityModel
import Normalize
import Statistics

/// How one response got its stage: every rule with its value. Made one response at a time by
/// ``Evaluation``, which tests hold against the scores of whole batches.
package struct ScoreTrace: Sendable {
  package struct Stage: Sendable {
    package let number: Int
    package let isAssessable: Bool
    package let requirements: [Requirement]
    /// With unknown read as no, and as yes.
    package let coverageLow: Share
    package let coverageHigh: Share
    package let threshold: Billionths
    /// The criteria whose weight counts.
    package let counted: [Int]
    /// Whether the stage holds by itself.
    package let holdsLow: Bool
    package let holdsHigh: Bool
  }

  package struct Requirement: Sendable {
    package let value: RequirementValue
    package let isObservable: Bool
  }

  /// A share of a stage's weight, in billionths; over nothing it is met.
  package struct Share: Hashable, Sendable {
    package let part: UInt64
    package let whole: UInt64
    /// Rounded half to even.
    package let millionths: UInt64
    package let reachesThreshold: Bool
  }

  /// From stage 1 on.
  package let stages: [Stage]
  /// Per condition of the model.
  package let conditions: [Truth]
  /// Per criterion, after absorption.
  package let evidence: [Truth]
  /// Criteria that do not apply under the conditions known to be false.
  package let notApplicable: Set<Int>
  /// Observable requirements over assessable stages, and those of them that are known.
  package let observableRequirements: Int
  package let knownRequirements: Int
}

extension Scorer {
  /// Explains one of the responses.
  package func trace(_ responses: ResponseBatch, _ response: Int) -> ScoreTrace {
    evaluate(responses, response).trace
  }
}

extension Evaluation {
  /// Everything there is to say, for people.
  var trace: ScoreTrace {
    let criteria = plan.model.criteria.indices
    let absent = notApplicableAsKnown
    return ScoreTrace(
      stages: plan.stages.indices.dropFirst().map(stageTrace), conditions: conditions,
      evidence: criteria.map { criterion in
        if evidence.yes.holds(criterion) { return .yes }
        return evidence.no.holds(criterion) ? .no : .unknown
      },
      notApplicable: Set(criteria.filter(absent.holds)),
      observableRequirements: plan.observableRequirements, knownRequirements: knownRequirements)
  }

  private func stageTrace(_ stage: Int) -> ScoreTrace.Stage {
    let compiled = plan.stages[stage]
    return ScoreTrace.Stage(
      number: stage, isAssessable: plan.observability.assessable[stage],
      requirements: compiled.requirements.map {
        ScoreTrace.Requirement(value: value(of: $0), isObservable: $0.isObservable)
      },
      coverageLow: share(coverageLow(stage), compiled.threshold),
      coverageHigh: share(coverageHigh(stage), compiled.threshold), threshold: compiled.threshold,
      counted: compiled.counted.map(\.criterion),
      holdsLow: isSatisfied(stage, readingHigh: false),
      holdsHigh: isSatisfied(stage, readingHigh: true))
  }

  private func share(_ coverage: Coverage, _ threshold: Billionths) -> ScoreTrace.Share {
    ScoreTrace.Share(
      part: coverage.part, whole: coverage.whole, millionths: coverage.millionths,
      reachesThreshold: coverage.reaches(threshold))
  }
}
