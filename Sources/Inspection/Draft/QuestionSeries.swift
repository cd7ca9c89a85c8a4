/// Questions that a list names in one line: the same words under several codes, or names that begin
/// alike and have the same answers.
struct QuestionSeries {
  /// Never empty.
  private(set) var questions: [InspectedQuestion]
  private let key: Key

  private enum Key: Hashable {
    case text(String, AnswerKind)
    case names(String, answers: Set<String>)
    case alone(Int)
  }

  /// In the order of their first questions.
  static func series(of questions: [InspectedQuestion]) -> [QuestionSeries] {
    var places: [Key: Int] = [:]
    var series: [QuestionSeries] = []
    for (place, question) in questions.enumerated() {
      let key = key(of: question) ?? .alone(place)
      if let known = places[key] {
        series[known].questions.append(question)
      } else {
        places[key] = series.count
        series.append(QuestionSeries(questions: [question], key: key))
      }
    }
    return series
  }

  /// For several questions; nil where the question's own title does.
  var title: String? {
    guard questions.count > 1 else { return nil }
    switch key {
    case .text(let text, _):
      return "\(QuestionSeries.code(questions[0])) … \(QuestionSeries.code(questions.last)), "
        + YAMLText.comment(text)
    case .names(let prefix, _): return prefix + "*"
    case .alone: return nil
    }
  }

  /// Whether the title says little, so that answers help.
  var isTerse: Bool { questions[0].isTerse }

  /// The part of a name that stands before the question's words.
  static func code(_ question: InspectedQuestion?) -> String {
    let name = question?.name ?? ""
    return YAMLText.comment(String(name.prefix { !" ._[".contains($0) }), limit: 30)
  }

  private static func key(of question: InspectedQuestion) -> Key? {
    if !question.isTerse {
      return question.name == question.text ? nil : .text(question.text, question.kind)
    }
    guard question.layout == .field,
      let mark = question.name.lastIndex(where: { "-_./".contains($0) }),
      question.name.distance(from: question.name.startIndex, to: mark) > 1
    else { return nil }
    return .names(
      String(question.name[...mark]), answers: Set(question.answers.prefix(8).map(\.folded)))
  }
}

extension InspectedQuestion {
  /// The header holds a name instead of a question: at most three words, and the column's name
  /// begins with them.
  var isTerse: Bool {
    name.hasPrefix(text) && text.split(separator: " ").count <= 3 && !text.hasSuffix("?")
  }

  /// The most frequent answers.
  var examples: String {
    answers.prefix(3).map { YAMLText.comment($0.text, limit: 30) }.joined(separator: ", ")
  }
}
