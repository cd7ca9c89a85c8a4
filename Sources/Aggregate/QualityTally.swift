import Normalize
import Statistics
import SurveyMapping

/// How carefully responses were filled in. A commutative monoid, as ``Tally`` is.
package struct QualityTally: Sendable {
  package let rules: QualityRules
  /// Per grid and per question with contradictions.
  package private(set) var grids: [QualityFlags]
  package private(set) var contradictions: [QualityFlags]
  /// Responses by whole seconds. No more of them than a day has.
  private var durations: [Int32: UInt64] = [:]

  init(_ rules: QualityRules) {
    self.rules = rules
    grids = rules.grids.map { _ in QualityFlags() }
    contradictions = rules.contradictions.map { _ in QualityFlags() }
  }

  mutating func add(_ counts: QualityCounts) {
    add(counts.grids, counts.contradictions)
    for seconds in counts.durations { durations[seconds, default: 0] += 1 }
  }

  mutating func merge(_ other: QualityTally) {
    add(other.grids, other.contradictions)
    durations.merge(other.durations, uniquingKeysWith: +)
  }

  private mutating func add(_ grids: [QualityFlags], _ contradictions: [QualityFlags]) {
    for (place, flags) in grids.enumerated() { self.grids[place].merge(flags) }
    for (place, flags) in contradictions.enumerated() { self.contradictions[place].merge(flags) }
  }

  /// How fast responses were, and how many were too fast.
  package struct Speed: Sendable {
    package let base: UInt64
    package let flagged: UInt64
    /// In seconds; nil where nobody's time is known.
    package let median: ExactRatio?
    /// Who was faster is flagged.
    package let limit: ExactRatio?
  }

  /// Nil where nobody's time is looked at.
  package var speed: Speed? {
    guard let speeders = rules.speeders else { return nil }
    let base = durations.values.reduce(0, +)
    if base == 0 { return Speed(base: 0, flagged: 0, median: nil, limit: nil) }
    // Twice the median, and the limit in two billionths of a second, are whole numbers.
    let twice = UInt64(seconds(at: (base - 1) / 2) + seconds(at: base / 2))
    let unit = UInt64(Billionths.perUnit)
    let limit =
      switch speeders.limit {
      case .shareOfMedian(let share): UInt64(share.count) * twice
      case .seconds(let seconds): UInt64(seconds) * 2 * unit
      }
    let flagged = durations.lazy.filter { UInt64($0.key) * 2 * unit < limit }.map(\.value)
    return Speed(
      base: base, flagged: flagged.reduce(0, +),
      median: ExactRatio(narrow: UInt128(twice), over: 2),
      limit: ExactRatio(narrow: UInt128(limit), over: UInt128(2 * unit)))
  }

  /// The seconds of the response at a place, from 0, in their order.
  private func seconds(at place: UInt64) -> Int {
    var before: UInt64 = 0
    for (seconds, count) in durations.sorted(by: { $0.key < $1.key }) {
      before += count
      if place < before { return Int(seconds) }
    }
    return 0
  }
}
