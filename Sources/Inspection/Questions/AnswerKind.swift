/// What a question's answers are like, as far as an export shows.
package enum AnswerKind: String, CaseIterable, Sendable {
  /// About the response rather than of it.
  case metadata
  /// One answer of several.
  case single
  /// Several answers, one column per option.
  case multiByOption = "multi_by_option"
  /// Several answers in one field.
  case multiBySeparator = "multi_by_separator"
  /// One answer on an ordered scale: agreement, frequency, yes and no, a few whole numbers.
  case scale
  case number
  case date
  /// In the respondents' own words. These are never shown.
  case freeText = "free_text"
  case empty

  /// For people.
  package var title: String {
    switch self {
    case .metadata: "metadata"
    case .single: "single choice"
    case .multiByOption: "multi, by option"
    case .multiBySeparator: "multi, separated"
    case .scale: "scale"
    case .number: "number"
    case .date: "date"
    case .freeText: "free text"
    case .empty: "empty"
    }
  }

  /// Whether its answers are options, which may be shown.
  package var hasOptions: Bool {
    switch self {
    case .single, .multiByOption, .multiBySeparator, .scale: true
    case .metadata, .number, .date, .freeText, .empty: false
    }
  }
}

/// A kind, and the fact that decided it.
struct KindVerdict: Hashable, Sendable {
  let kind: AnswerKind
  let why: String
  var separator: Separator?

  init(_ kind: AnswerKind, _ why: String, separator: Separator? = nil) {
    self.kind = kind
    self.why = why
    self.separator = separator
  }
}
