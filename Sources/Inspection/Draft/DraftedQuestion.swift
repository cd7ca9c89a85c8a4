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
  var asks: [Int] = []
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
    for answer in options where answer.term == nil {
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
    if intent == .use, style == .options || style == .list { asks = provable(model) }
  }

  /// What the printed options prove; an answer without them denies it.
  private func provable(_ model: MaturityModel) -> [Int] {
    let criteria = options.filter(\.isPrinted).compactMap(\.term)
      .flatMap { model.terms[$0].proves + model.terms[$0].provesOneOf }
    return Set(criteria).filter { model.criteria[$0].mirrors == nil }.sorted()
  }
}

/// Texts of grids that say which rows are in use.
enum UseWords {
  static func isUse(_ folded: String) -> Bool {
    ["using in production", "in production", "use in production", "currently using", "in use",
     "using", "used in production", "we use it", "use", "i use it", "daily", "use it", "deployed",
    ].contains(folded) || folded.hasPrefix("using in production")
  }
}
