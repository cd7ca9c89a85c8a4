import MaturityModel
import SurveyMapping
import TextFolding

/// What some chosen answers of one question say, before the question's own rules are applied.
package struct AnswerEffect: Sendable {
  /// Something was answered; when false, everything else is empty.
  package var isAnswer = false
  /// Something unnamed or unmapped was chosen: what is not proved stays unknown.
  package var holdsSomethingElse = false
  package var proved: [Int] = []
  /// Criteria of merged options ("one of these").
  package var maybe: [Int] = []
  package var terms: [Int] = []
  /// Terms among `terms` that prove one of several criteria.
  package var merged: [Int] = []
  package var unmapped: [String] = []
}

/// The exact path from the texts of a cell to what they say, for one question.
///
/// Slow and plain: the normalizer remembers its results by raw bytes. It is also the reference the
/// fast paths are tested against.
package struct AnswerInterpreter: Sendable {
  package let question: Question
  package let model: MaturityModel
  package let missing: Set<String>
  private let explicit: Set<String>
  private let splitter: ListSplitter

  /// - Parameter missing: whole fields that mean "no answer".
  package init(question: Question, model: MaturityModel, missing: Set<String>) {
    self.question = question
    self.model = model
    self.missing = missing
    explicit = question.explicit
    // Only lists are split, and the look through all aliases is not worth making for nothing.
    let known =
      question.style == .list
      ? Array(model.termByAlias.keys) + Array(explicit) + Array(question.other) : []
    splitter = ListSplitter(separator: question.separator, known: known)
  }

  /// Separators can be looked for in raw ASCII bytes: no known answer and no missing text holds one.
  var plainSeparator: UInt8? {
    guard let byte = splitter.plainSeparator else { return nil }
    return missing.contains { $0.utf8.contains(byte) } ? nil : byte
  }

  /// - Parameter label: the folded label of the cell's column; only `options` questions read it.
  package func effect(ofCell cell: String, label: String) -> AnswerEffect {
    effect(ofGiven: given(cell, label: label))
  }

  /// The effect of one token of a list, already split off.
  func effect(ofToken token: String) -> AnswerEffect {
    let folded = TextFolding.fold(token)
    return effect(ofGiven: folded.isEmpty ? [] : [folded])
  }

  /// The folded texts of the answers chosen in a cell.
  package func given(_ cell: String, label: String) -> [String] {
    let folded = TextFolding.fold(cell)
    switch question.style {
    case .options: return givenOption(cell, folded: folded, label: label)
    case .list:
      if isMissing(cell, folded: folded) { return [] }
      return folded.isEmpty ? [folded] : splitter.split(folded)
    case .choice, .scale: return isMissing(cell, folded: folded) ? [] : [folded]
    }
  }

  private func givenOption(_ cell: String, folded: String, label: String) -> [String] {
    if !question.ticked.isEmpty { return question.ticked.contains(folded) ? [label] : [] }
    if isMissing(cell, folded: folded) || AnswerInterpreter.unticked.contains(folded) { return [] }
    return [AnswerInterpreter.isTick(folded) ? label : folded]
  }

  private static let unticked: Set = ["0", "no", "n", "false", "unchecked", "not selected"]
  private static let ticks: Set = ["1", "yes", "y", "true", "checked", "x", "selected"]

  /// A tick or a bare integer (a code, a rank) says nothing itself: the column's label does.
  private static func isTick(_ folded: String) -> Bool {
    if ticks.contains(folded) { return true }
    let digits = folded.first == "-" || folded.first == "+" ? folded.dropFirst() : folded[...]
    return !digits.isEmpty && digits.utf8.allSatisfy { (0x30...0x39).contains($0) }
  }

  private func isMissing(_ cell: String, folded: String) -> Bool {
    missing.contains(TextFolding.trim(cell)) && !explicit.contains(folded)
  }

  private func effect(ofGiven texts: [String]) -> AnswerEffect {
    var effect = AnswerEffect()
    for text in texts {
      let meaning = meaning(of: text)
      if meaning == .ignored { continue }
      effect.isAnswer = true
      add(meaning, text, to: &effect)
    }
    return effect
  }

  private func add(_ meaning: AnswerMeaning, _ text: String, to effect: inout AnswerEffect) {
    switch meaning {
    case .ignored, .nothing: return
    case .declared(let terms): for term in terms { choose(term, &effect) }
    case .alias(let term): choose(term, &effect)
    case .other: effect.holdsSomethingElse = true
    case .unmapped:
      effect.holdsSomethingElse = true
      effect.unmapped.append(text)
    }
  }

  private func choose(_ index: Int, _ effect: inout AnswerEffect) {
    let term = model.terms[index]
    effect.terms.append(index)
    effect.proved += term.proves
    effect.maybe += term.provesOneOf
    if !term.provesOneOf.isEmpty { effect.merged.append(index) }
  }
}
