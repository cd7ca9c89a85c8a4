import Statistics

/// One question of the questionnaire, and what its answers prove and deny.
package struct Question: Hashable, Sendable {
  /// A snake_case name, unique among the questions.
  package let id: String
  /// Names of columns, at least one; a trailing `*` stands for any ending.
  package let columns: [String]
  /// Names of columns that do not belong to the question after all.
  package let except: [String]
  /// How the export writes the answer.
  package let style: Style
  /// Style list: what stands between answers, folded. White space alone is one space.
  package let separator: String
  /// Indexes of the criteria that an answer without them denies or leaves open, in file order,
  /// none twice.
  package let asks: [Int]
  /// True when an answer without a criterion of `asks` denies it (`unselected: absent`).
  package let deniesUnselected: Bool
  /// Style options: folded; if not empty, only these texts count as ticked.
  package let ticked: Set<String>
  /// Folded; answers that prove nothing.
  package let none: Set<String>
  /// Folded; answered with something unnamed.
  package let other: Set<String>
  /// Folded; as if it were not there.
  package let ignore: Set<String>
  /// Folded text → indexes of the terms it means; wins over the aliases of terms.
  package let answers: [String: [Int]]
  /// Style scale: the index of the criterion that the answer is about.
  package let criterion: Int?
  /// Style scale: folded; answers that affirm the criterion.
  package let yes: Set<String>
  /// Style scale: folded; answers that deny the criterion.
  package let no: Set<String>
  /// Style scale: folded text → how far the criterion holds, from 0 to 1, where several respondents
  /// of an organisation are put together. What affirms counts 1, what denies 0.
  package let grades: [String: Billionths]

  /// Folded texts that are answers even where `missing` lists them.
  package var explicit: Set<String> { none.union(ignore).union(answers.keys) }

  /// The ways in which exports write answers.
  package enum Style: String, CaseIterable, Hashable, Sendable {
    /// One column per option.
    case options
    /// Several answers in one field.
    case list
    /// One answer in one field.
    case choice
    /// One field that affirms or denies one criterion.
    case scale

    /// Whether all columns of the question are read, not only the first.
    package var readsAllColumns: Bool { self == .options }
  }
}

/// A column by which results are broken down.
package struct Segment: Hashable, Sendable {
  /// A snake_case name, no column of the results.
  package let id: String
  /// The name of a column; one trailing `*` stands for any ending. The first match is read.
  package let column: String
  /// Folded text → the value it counts as; other texts stay as they are.
  package let values: [String: String]
}

/// A column with a number that conditions of the model ask for.
package struct Metric: Hashable, Sendable {
  /// The name by which conditions of the model ask for it.
  package let id: String
  /// As in `Segment`.
  package let column: String
  /// Folded text → the number or band it means; nil is "unknown", and wins over reading the text.
  package let values: [String: MetricBand?]
}

/// A column in which respondents place themselves on the ladder.
package struct SelfAssessed: Hashable, Sendable {
  /// As in `Segment`.
  package let column: String
  /// Folded text → stage number; nil is "no self-assessment". What the survey file does not list
  /// is completed with the names and aliases of the model's stages.
  package let values: [String: Int?]
}
