import TextFolding

/// What one chosen answer of a question that looks answers up was taken for.
package enum AnswerMeaning: Hashable, Sendable {
  /// Noise: as if it were not there.
  case ignored
  /// The survey file says which terms it means.
  case declared(terms: [Int])
  /// A proper answer that proves nothing.
  case nothing
  /// Something unnamed: what is not proved stays unknown.
  case other
  /// The model knows the spelling.
  case alias(term: Int)
  /// Nobody knows it; acts like ``other``, and is counted.
  case unmapped

  /// The terms chosen.
  package var terms: [Int] {
    switch self {
    case .declared(let terms): terms
    case .alias(let term): [term]
    case .ignored, .nothing, .other, .unmapped: []
    }
  }
}

/// What the field of a scale question says about its criterion.
package enum ScaleMeaning: Hashable, Sendable {
  case affirms, denies
  /// Something that is neither in `yes` nor in `no`.
  case saysNeither
  case missing
}

extension AnswerInterpreter {
  /// What a chosen answer stands for. The survey file's own words come before the model's.
  ///
  /// - Parameter text: folded.
  func meaning(of text: String) -> AnswerMeaning {
    if question.ignore.contains(text) { return .ignored }
    if let terms = question.answers[text] { return .declared(terms: terms) }
    if question.none.contains(text) { return .nothing }
    if question.other.contains(text) { return .other }
    return model.termByAlias[text].map { .alias(term: $0) } ?? .unmapped
  }

  /// What the field of a scale question says.
  func scaleMeaning(of cell: String) -> ScaleMeaning {
    if missing.contains(TextFolding.trim(cell)) { return .missing }
    let text = TextFolding.fold(cell)
    if question.yes.contains(text) { return .affirms }
    return question.no.contains(text) ? .denies : .saysNeither
  }
}
