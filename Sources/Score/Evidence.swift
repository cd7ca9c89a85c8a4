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

  func holds(_ member: Int) -> Bool { self[member / 64] >> UInt64(member % 64) & 1 == 1 }

  /// The members, ascending.
  var numbers: [Int] { (0..<count * 64).filter(holds) }

  static func & (left: CriterionSet, right: CriterionSet) -> CriterionSet {
    zip(left, right).map { $0 & $1 }
  }
}

/// One response's criteria: those that are yes and those that are no, after absorption.
struct CriterionEvidence {
  let yes: CriterionSet
  let no: CriterionSet

  func unknown(_ word: Int) -> UInt64 { ~(yes[word] | no[word]) }
}
