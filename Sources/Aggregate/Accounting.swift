import Normalize

/// What became of every record of one input. Every record has exactly one fate.
package struct Accounting: Hashable, Sendable {
  package private(set) var read: UInt64 = 0
  package private(set) var scored: UInt64 = 0
  package private(set) var unscored: UInt64 = 0
  /// Per filter of the survey: keep rules, then checks of quality.
  package private(set) var filtered: [UInt64]
  package private(set) var duplicate: UInt64 = 0
  package private(set) var rejected: UInt64 = 0

  package init(keepRules: Int) { filtered = Array(repeating: 0, count: keepRules) }

  /// - Parameter filtered: per keep rule.
  package init(
    read: UInt64, scored: UInt64, unscored: UInt64, filtered: [UInt64], duplicate: UInt64,
    rejected: UInt64
  ) {
    (self.read, self.scored, self.unscored) = (read, scored, unscored)
    (self.filtered, self.duplicate, self.rejected) = (filtered, duplicate, rejected)
  }

  package var filteredInTotal: UInt64 { filtered.reduce(0, +) }

  /// The law of the product: `read = scored + unscored + filtered + duplicate + rejected`.
  package var isBalanced: Bool { read == withFate }

  /// Records that met a fate, each counted as often as it met one.
  package var withFate: UInt64 { scored + unscored + filteredInTotal + duplicate + rejected }

  mutating func add(_ normalized: NormalizeAccounting, scored: Int, unscored: Int) {
    read += normalized.read
    for rule in filtered.indices { filtered[rule] += normalized.filtered[rule] }
    duplicate += normalized.duplicate
    rejected += normalized.rejected
    self.scored += UInt64(scored)
    self.unscored += UInt64(unscored)
  }

  package mutating func merge(_ other: Accounting) {
    read += other.read
    scored += other.scored
    unscored += other.unscored
    for rule in filtered.indices { filtered[rule] += other.filtered[rule] }
    duplicate += other.duplicate
    rejected += other.rejected
  }
}
