import MaturityModel

/// One question of an export: its columns, what its answers are like, and the answers themselves.
package struct InspectedQuestion: Sendable {
  /// How the answers stand in the columns.
  package enum Layout: String, Sendable {
    /// One column.
    case field
    /// One column per option.
    case options
    /// One column per row of a grid, all with the same answers.
    case rows
  }

  /// The columns that hold the answers, ascending.
  package let columns: [Int]
  /// Columns with the words of those who chose "other".
  package let otherTexts: [Int]
  /// A column that repeats the option columns in one field.
  package let joinedTwin: Int?
  /// The columns' name, or a pattern, for people.
  package let name: String
  package let text: String
  package let layout: Layout
  package let kind: AnswerKind
  /// The fact that decided the kind.
  package let why: String
  package let separator: Separator?
  /// Responses with an answer.
  package let answered: UInt64
  /// Different answers; nil where there are too many to count.
  package let distinct: Int?
  /// Answers that may be shown: printed options, those known to the model, and those given more
  /// than once. Most frequent first; none for kinds without options.
  package let answers: [InspectedAnswer]
  /// Occurrences of answers that one response alone gave: perhaps a person's own words.
  package let withheld: UInt64

  /// How often any answer was given.
  package var occurrences: UInt64 { answers.reduce(withheld) { $0 + $1.count } }
  /// How often an answer was given that the model knows.
  package var recognised: UInt64 {
    answers.reduce(0) { $0 + ($1.term == nil ? 0 : $1.count) }
  }
}

extension InspectedQuestion {
  /// Occurrences of answers that a draft takes for a term, and of all that name something: not
  /// "none", "other" and the like.
  var drafted: (matched: UInt64, naming: UInt64) {
    let matched = answers.reduce(0) { $0 + ($1.draftedTerm == nil ? 0 : $1.count) }
    let usual = answers.filter { $0.draftedTerm == nil && AnswerWords.isUsual($0.folded) }
      .reduce(0) { $0 + $1.count }
    return (matched, occurrences - usual)
  }

  /// Both as one question; their options are told apart by text.
  func merged(with other: InspectedQuestion) -> InspectedQuestion {
    InspectedQuestion(
      columns: (columns + other.columns).sorted(),
      otherTexts: (otherTexts + other.otherTexts).sorted(), joinedTwin: joinedTwin, name: name,
      text: text, layout: layout, kind: kind, why: why, separator: separator,
      answered: max(answered, other.answered), distinct: distinct,
      answers: answers + other.answers, withheld: withheld + other.withheld)
  }
}

extension InspectedAnswer {
  /// What a draft takes the answer for.
  var draftedTerm: Int? { term ?? likelyTerm }
}

/// One answer of a question.
package struct InspectedAnswer: Hashable, Sendable {
  /// As the export writes it.
  package let text: String
  package let folded: String
  package let count: UInt64
  /// The model's term that the text is an alias of.
  package let term: Int?
  /// The term that is meant by all appearance, where only punctuation at the end is in the way.
  package var likelyTerm: Int?
  /// An option of the questionnaire, as far as can be told, rather than somebody's own words.
  package let isPrinted: Bool
  /// Style options: the column, and what a run takes for the option's name where that is not
  /// `text`.
  package var column: Int?
  package var runLabel: String?
}
