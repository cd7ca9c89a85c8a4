import Statistics

/// What makes a response look careless, and whether it is left out for that.
package struct QualityRules: Hashable, Sendable {
  /// Nil where nobody's time was taken.
  package let speeders: Speeders?
  /// In file order.
  package let grids: [Grid]
  /// In the order of the questions; only those with an answer that excludes all others.
  package let contradictions: [Contradiction]
  /// The checks that filter what they flag, in the order in which they are made.
  package let excluded: [Check]

  /// The checks, in the order in which they are made.
  package enum Check: String, CaseIterable, Hashable, Sendable {
    case speeders
    case straightLiners = "straight_liners"
    case contradictions

    /// What such a response is filtered by.
    package var filterID: String { "quality_" + rawValue }
  }

  /// Who was too fast to have read the questions.
  package struct Speeders: Hashable, Sendable {
    /// Whole seconds, or more: what lies behind the point is cut off.
    package let column: String
    package let limit: Limit

    package enum Limit: Hashable, Sendable {
      /// A share of the median of all responses.
      case shareOfMedian(Billionths)
      case seconds(Int)
    }

    /// A day: whoever took longer counts as having taken so long.
    package static let mostSeconds = 86_400
  }

  /// Columns with the same answers to choose from.
  package struct Grid: Hashable, Sendable {
    package let id: String
    /// Names of columns, at least one; a trailing `*` stands for any ending.
    package let columns: [String]
    package let except: [String]
    /// Who gave fewer answers is not looked at.
    package let atLeast: Int
  }

  /// Answers that exclude all other answers to their question.
  package struct Contradiction: Hashable, Sendable {
    /// Its place among the survey's questions.
    package let question: Int
    /// Folded.
    package let answers: Set<String>
  }

  /// The place of a check among those that filter; nil: it only counts.
  package func filter(_ check: Check) -> Int? { excluded.firstIndex(of: check) }
}

extension Survey {
  /// What a record can be filtered by: the keep rules, then the checks of its quality.
  package var filterIDs: [String] {
    keep.map(\.id) + (quality?.excluded.map(\.filterID) ?? [])
  }
}
