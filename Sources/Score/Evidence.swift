/// Three-valued truth (Kleene's strong logic), and what a requirement can be besides.
package enum Truth: UInt8, Sendable {
  case no, unknown, yes
}

/// What a requirement is for one response.
package enum RequirementValue: UInt8, Sendable {
  case no, unknown, yes
  /// Its condition does not hold.
  case notApplicable
  /// The questionnaire cannot observe it, and the survey waives it.
  case dropped

  /// Whether a stage may rest on it, reading unknown as no or as yes.
  func holds(readingHigh: Bool) -> Bool {
    switch self {
    case .yes, .notApplicable, .dropped: true
    case .unknown: readingHigh
    case .no: false
    }
  }
}

/// A set of criteria as a row of bits.
typealias CriterionSet = [UInt64]

extension CriterionSet {
  init(_ members: some Sequence<Int>, words: Int) {
    self.init(repeating: 0, count: words)
    for member in members { self[member / 64] |= 1 << UInt64(member % 64) }
  }
}

/// One response's criteria: those that are yes and those that are no, after absorption.
struct CriterionEvidence {
  let yes: UnsafePointer<UInt64>
  let no: UnsafePointer<UInt64>

  @inline(__always)
  func unknown(_ word: Int) -> UInt64 { ~(yes[word] | no[word]) }
}
