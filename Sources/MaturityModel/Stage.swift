import Statistics

/// One step of the ladder.
package struct Stage: Hashable, Sendable {
  /// Counted from 0, where everybody starts.
  package let number: Int
  /// A snake_case name.
  package let id: String
  /// For people.
  package let name: String
  /// Why an organisation would want to get here.
  package let why: String?
  /// What to beware of at this stage.
  package let cautions: [String]
  /// Other names by which respondents call the stage.
  package let aliases: [String]
  /// The share of the weight of this stage's criteria that must be present.
  package let coverage: Billionths
  /// All of them must hold; none at stage 0, at most `MaturityModel.requirementLimit`.
  package let requires: [Requirement]
  /// The stage holds although one of its requirements fails; no model file says so.
  package var mayMissOne = false
}

/// A group of criteria of which some must be present.
package struct Requirement: Hashable, Sendable {
  /// A snake_case name, unique within the stage.
  package let id: String
  /// Indexes of criteria, in file order; never a mirror or a trigger, never one twice.
  package let anyOf: [Int]
  /// How many of them; from 1 to all.
  package let atLeast: Int
  /// The index of the condition under which the requirement applies; nil: always.
  package let appliesIf: Int?
}
