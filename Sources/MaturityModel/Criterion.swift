import Statistics

/// One thing that the model asks for.
package struct Criterion: Hashable, Sendable {
  /// A snake_case name; also the name of its column in the matrices.
  package let id: String
  /// Its number in the description of the model.
  package let ref: String?
  /// What sort of thing it is.
  package let kind: Kind
  /// The number of the stage that asks for it, 1 or more.
  package let stage: Int
  /// For people.
  package let label: String
  /// How much the stage needs it.
  package let need: Need
  /// Above 0; its share of the stage's coverage.
  package let weight: Billionths
  /// Any of these present makes this one present. Indexes of criteria, one step only; see
  /// `MaturityModel.absorbers`.
  package let absorbedBy: [Int]
  /// What to do where it is lacking.
  package let advice: String?
  /// How the answers of several respondents of one organisation become one.
  package let combine: Combination
  /// The criterion that this one shows again in the other matrix; never a mirror itself.
  package let mirrors: Int?

  /// What sort of thing a criterion is.
  package enum Kind: String, CaseIterable, Hashable, Sendable {
    /// Who: a person or a skill.
    case role
    /// What: a tool, a technology or a practice.
    case tool
    /// When: a sign that it is time for the next stage. Never gates a stage.
    case trigger
  }

  /// How the answers of several respondents of one organisation become one.
  package enum Combination: String, CaseIterable, Hashable, Sendable {
    /// Somebody has seen it, so it is there; it is not where two deny it and nobody has.
    case existence
    /// It holds where more than half of the answers say so, ties down.
    case median
    /// It holds where the answers' mean is above one half.
    case mean

    /// Opinions are averaged; that something is there takes one witness.
    package static func usual(for kind: Kind) -> Combination {
      kind == .trigger ? .mean : .existence
    }
  }

  /// How much a stage needs a criterion.
  package enum Need: String, CaseIterable, Hashable, Sendable {
    case gate, soft, bonus, context
  }

  /// True when the criterion counts towards the coverage of its stage.
  package var isCounted: Bool {
    kind != .trigger && mirrors == nil && (need == .gate || need == .soft)
  }
}

/// A combination that should not be seen: some criteria present, others absent.
package struct AntiPattern: Hashable, Sendable {
  /// A snake_case name.
  package let id: String
  /// For people.
  package let label: String
  /// Indexes of criteria that are all present.
  package let whenPresent: [Int]
  /// Indexes of criteria that are all absent.
  package let whenAbsent: [Int]
}
