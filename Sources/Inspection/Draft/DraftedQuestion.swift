import MaturityModel
import SurveyMapping
import TextFolding

/// A question as the draft of a survey file has it.
struct DraftedQuestion {
  let question: InspectedQuestion
  let naming: ColumnPatterns.Naming
  let style: Question.Style
  let intent: QuestionIntent
  /// The options: the rows of a grid, the answers of anything else.
  var options: [InspectedAnswer]
  /// Criteria that an answer without them denies.
  var asks: [Int] = []
  /// Criteria that a few options prove, which is too little to deny them.
  var mayAsk: [Int] = []
  /// Style scale.
  var criterion: Int?
  /// Texts that count as ticked, where a grid also lists plans.
  var ticked: [String] = []
  /// Answer → what it is, where the answer has no term.
  var none: [InspectedAnswer] = []
  var other: [InspectedAnswer] = []
  var ignore: [InspectedAnswer] = []
  var yes: [InspectedAnswer] = []
  var no: [InspectedAnswer] = []
  /// Answers that match nothing and may be somebody's own words.
  var unmatched: [InspectedAnswer] = []

  init(
    _ question: InspectedQuestion, _ naming: ColumnPatterns.Naming, style: Question.Style,
    intent: QuestionIntent
  ) {
    self.question = question
    self.naming = naming
    self.style = style
    self.intent = intent
    options = question.answers
  }

  /// Sorts the answers into what a survey file calls them.
  mutating func sortAnswers(_ model: MaturityModel) {
    for answer in options where answer.draftedTerm == nil {
      if AnswerWords.isOther(answer.folded) {
        other.append(answer)
      } else if AnswerWords.isNone(answer.folded), style != .scale {
        none.append(answer)
      } else if AnswerWords.isNoise(answer.folded) {
        ignore.append(answer)
      } else if answer.isPrinted {
        none.append(answer)
      } else if let separator = question.separator, answer.text.contains(separator.rawValue) {
        // Listed, or a run would take it apart and find names in the pieces.
        other.append(answer)
      } else {
        unmatched.append(answer)
      }
    }
    if intent == .use, style == .options || style == .list { sortCriteria(model) }
    let meant = none.filter { !AnswerWords.isNone($0.folded) && mayMean(asks, $0.folded, model) }
    none.removeAll(where: meant.contains)
    other += meant
  }

  /// Whether a known name that proves one of the criteria stands in an answer among other words:
  /// `GitHub, GitLab` where nobody splits at commas, `Source control (Git etc.)`. Filed under `none`
  /// it would deny what it says.
  private func mayMean(_ criteria: [Int], _ folded: String, _ model: MaturityModel) -> Bool {
    let words = folded.split { " ,;:/()&|".contains($0) }.map(String.init)
    return words.indices.contains { start in
      (start..<min(words.count, start + 4)).contains { end in
        let name = words[start...end].joined(separator: " ")
        guard name.count > 2, let term = model.termByAlias[name] else { return false }
        return model.terms[term].proves.contains(where: criteria.contains)
      }
    }
  }

  /// An answer without a criterion that is asked for denies it, so a criterion is asked for only
  /// where the question is about it: two printed options prove it, a quarter of those that prove
  /// anything, and the model knows a third of the answers; or the question names its subject, or an
  /// option is called like it.
  private mutating func sortCriteria(_ model: MaturityModel) {
    let terms = options.filter(\.isPrinted).compactMap(\.draftedTerm)
    let proofs = terms.map { Set(model.terms[$0].proves + model.terms[$0].provesOneOf) }
      .filter { !$0.isEmpty }
    let labels = Set(terms.map { TextFolding.fold(model.terms[$0].label) })
    let words = QuestionWords(question.name, question.text)
    let (matched, naming) = question.drafted
    let isFamiliar = question.layout == .rows || 3 * matched >= naming
    for criterion in proofs.reduce(into: Set<Int>(), { $0.formUnion($1) }).sorted()
    where model.criteria[criterion].mirrors == nil {
      let subject = CriterionMatcher.contentWords(model.criteria[criterion].label)
      let isNamed = subject.contains { words.text.contains(" " + $0) }
      let share = proofs.count { $0.contains(criterion) }
      let isOption = labels.contains(TextFolding.fold(model.criteria[criterion].label))
      let isSubject = share > 1 && isFamiliar || isNamed || isOption
      if 4 * share >= proofs.count, isSubject {
        asks.append(criterion)
      } else {
        mayAsk.append(criterion)
      }
    }
  }
}

/// Texts of grids that say which rows are in use.
enum UseWords {
  static func isUse(_ folded: String) -> Bool {
    [
      "using in production", "in production", "use in production", "currently using", "in use",
      "using", "used in production", "we use it", "use", "i use it", "daily", "use it", "deployed",
    ].contains(folded) || folded.hasPrefix("using in production")
  }
}
