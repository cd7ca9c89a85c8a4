import MaturityModel
import Normalize
import Score
import SurveyMapping
import TextFolding

/// Why a question neither proves nor denies what it asks for.
package enum OpenReason: String, Sendable {
  case unanswered
  /// A scale answer that is neither a yes nor a no.
  case neither
  case unmapped
  case other
  /// A merged option: one of several, nobody knows which.
  case merged
  /// The survey file counts what is not selected as unknown.
  case unselected

  var words: String {
    switch self {
    case .unanswered: "not answered"
    case .neither: "the answer is neither yes nor no"
    case .unmapped: "an answer matches nothing"
    case .other: "something unnamed was chosen"
    case .merged: "an answer means one of several"
    case .unselected: "what is not selected says nothing here"
    }
  }
}

extension ResponseTrace.Question {
  /// The criteria that the question asks for and leaves unknown.
  func open(in question: Question) -> [Int] {
    let asked = question.criterion.map { [$0] } ?? question.asks
    return asked.filter { !proved.contains($0) && !denied.contains($0) }
  }

  func reasonForOpen(in question: Question) -> OpenReason {
    if question.style == .scale {
      return cells.contains { $0.scale == .saysNeither } ? .neither : .unanswered
    }
    if !isAnswered { return .unanswered }
    if !question.deniesUnselected { return .unselected }
    if cells.contains(where: { $0.tokens.contains { $0.meaning == .unmapped } }) {
      return .unmapped
    }
    return holdsSomethingElse ? .other : .merged
  }
}

extension Term {
  /// The label or alias that a folded text matched, as the model spells it.
  func spelling(of folded: String) -> String {
    ([label] + aliases).first { TextFolding.fold($0) == folded } ?? label
  }
}

extension Truth {
  var word: String {
    switch self {
    case .yes: "yes"
    case .no: "no"
    case .unknown: "unknown"
    }
  }
}

extension RequirementValue {
  /// As printed and in JSON.
  var word: String {
    switch self {
    case .yes: "yes"
    case .no: "no"
    case .unknown: "unknown"
    case .notApplicable: "not_applicable"
    case .dropped: "waived"
    }
  }
}
