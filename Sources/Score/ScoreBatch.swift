/// Scored responses: what Score hands to Aggregate, next to the responses themselves.
///
/// Structure of arrays, one entry a response, in the order of the response batch. For an unscored
/// response only `isScored` means anything. A worker owns one batch and fills it again.
package final class ScoreBatch {
  package internal(set) var count = 0
  package internal(set) var isScored: [Bool] = []
  /// The stage with unknown read as no: the published one.
  package internal(set) var low: [UInt8] = []
  package internal(set) var high: [UInt8] = []
  /// The largest assessable stage that holds by itself.
  package internal(set) var highest: [UInt8] = []
  /// The next assessable stage, or 0 at the top.
  package internal(set) var next: [UInt8] = []
  /// Compensatory score and its floor; progress; readiness. In millionths, rounded half to even.
  package internal(set) var compensatory: [UInt64] = []
  package internal(set) var compensatoryFloor: [UInt8] = []
  package internal(set) var progress: [UInt64] = []
  /// `UInt64.max` where none of the next stage's triggers is known.
  package internal(set) var readiness: [UInt64] = []
  /// The next stage's requirements that are not true, by bit; and those of them that are unknown.
  package internal(set) var blocking: [UInt64] = []
  package internal(set) var blockingUnknown: [UInt64] = []
  /// The next stage's coverage is met as it is.
  package internal(set) var isNextCovered: [Bool] = []
  /// Evidence as the gap tables show it: after absorption, mirrors filled in. A criterion in none
  /// of the three is unknown; one in `notApplicable` is in no other.
  package internal(set) var yes: [UInt64] = []
  package internal(set) var no: [UInt64] = []
  package internal(set) var notApplicable: [UInt64] = []

  package init() {}

  func reset() {
    count = 0
    isScored.removeAll(keepingCapacity: true)
    low.removeAll(keepingCapacity: true)
    high.removeAll(keepingCapacity: true)
    highest.removeAll(keepingCapacity: true)
    next.removeAll(keepingCapacity: true)
    compensatory.removeAll(keepingCapacity: true)
    compensatoryFloor.removeAll(keepingCapacity: true)
    progress.removeAll(keepingCapacity: true)
    readiness.removeAll(keepingCapacity: true)
    blocking.removeAll(keepingCapacity: true)
    blockingUnknown.removeAll(keepingCapacity: true)
    isNextCovered.removeAll(keepingCapacity: true)
    yes.removeAll(keepingCapacity: true)
    no.removeAll(keepingCapacity: true)
    notApplicable.removeAll(keepingCapacity: true)
  }
}
