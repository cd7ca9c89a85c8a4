import Statistics

/// One response's scores. For an unscored response only `isScored` means anything.
package struct ResponseScore: Hashable, Sendable {
  package var isScored: Bool
  /// The stage with unknown read as no (the published one), and as yes.
  package var low: Int
  package var high: Int
  /// The largest assessable stage that holds by itself.
  package var highest: Int
  package var compensatoryFloor: Int
  /// The next assessable stage; nil at the top.
  package var next: Int?
  /// The next stage's requirements that are not true, by bit; and those of them that are unknown.
  package var blocking: UInt64 = 0
  package var blockingUnknown: UInt64 = 0
  /// The next stage's coverage is met as it is.
  package var isNextCovered = false
}

/// What is published of a response alone, and counted nowhere. In millionths, rounded half to even.
package struct ScoreDetails: Hashable, Sendable {
  package let compensatory: UInt64
  package let progress: UInt64
  /// Nil where none of the next stage's triggers is known, or there is no next stage.
  package let readiness: UInt64?
}

/// One criterion's evidence as the gap tables show it.
package enum ShownEvidence: Sendable {
  case yes, no, unknown, notApplicable
}

extension Evaluation {
  /// The scores, as they are read out of the rules one response at a time.
  var score: ResponseScore {
    let low = climb(readingHigh: false)
    let high = climb(readingHigh: true)
    var score = ResponseScore(
      isScored: low == high || knowsEnough, low: low, high: high, highest: highest,
      compensatoryFloor: Int(compensatory.floor), next: plan.nextStages[low])
    guard let next = score.next else { return score }
    score.isNextCovered = coverageLow(next).reaches(plan.stages[next].threshold)
    (score.blocking, score.blockingUnknown) = blocking(next)
    return score
  }

  var details: ScoreDetails {
    let next = plan.nextStages[climb(readingHigh: false)]
    return ScoreDetails(
      compensatory: compensatory.millionths, progress: (next.map(coverageLow) ?? .met).millionths,
      readiness: next.flatMap(readiness))
  }

  var compensatory: (millionths: UInt64, floor: UInt8) {
    compensatoryScore(
      top: plan.assessableStages.last ?? 0, plan.assessableStages.map(coverageLow))
  }

  /// Under an unknown condition a criterion keeps its evidence; only a condition known to be false
  /// makes it not applicable. A mirror shows its original's.
  func shown(_ criterion: Int) -> ShownEvidence {
    let original = plan.model.criteria[criterion].mirrors ?? criterion
    if notApplicableAsKnown.holds(original) { return .notApplicable }
    if evidence.yes.holds(original) { return .yes }
    return evidence.no.holds(original) ? .no : .unknown
  }

  /// The share of a stage's known triggers that are yes, in millionths.
  private func readiness(_ stage: Int) -> UInt64? {
    let values = plan.stages[stage].triggers.map(shown)
    let holding = UInt64(values.count { $0 == .yes })
    let known = holding + UInt64(values.count { $0 == .no })
    return known == 0 ? nil : Coverage(part: holding, whole: known).millionths
  }
}
