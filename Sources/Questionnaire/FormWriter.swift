import MaturityModel
import Statistics
import TextFolding

/// Writes the questions of a form.
struct FormWriter {
  let model: MaturityModel
  /// Per criterion: the terms that prove it and nothing else, and how many spellings prove it.
  private let singleTerms: [[Int]]
  private let spellings: [Int]

  /// A criterion with more spellings than this has names of its own, and can be ticked; one with
  /// fewer is a sentence (its label and a variant or two), and is asked as a statement.
  private static let mostSpellingsOfStatement = 3

  init(model: MaturityModel) {
    self.model = model
    var singleTerms = Array(repeating: [Int](), count: model.criteria.count)
    var spellings = Array(repeating: 0, count: model.criteria.count)
    for (place, term) in model.terms.enumerated() {
      for criterion in term.proves { spellings[criterion] += 1 + term.aliases.count }
      if let only = term.proves.first, term.proves.count == 1, term.provesOneOf.isEmpty {
        singleTerms[only].append(place)
      }
    }
    self.singleTerms = singleTerms
    self.spellings = spellings
  }

  var opening: QuestionnaireForm.Page {
    QuestionnaireForm.Page(
      title: "About your team",
      text: "Please answer for the team that works with data where you are, as it is today.",
      questions: [industry, companySize] + metrics + [selfAssessed])
  }

  var closing: QuestionnaireForm.Page {
    QuestionnaireForm.Page(
      title: "Anything else", text: nil,
      questions: [
        FormQuestion(
          subject: .comment, text: "Is there anything else you would like to say?", content: .text)
      ])
  }

  /// - Returns: what a stage asks for. Its name is not shown: people should not answer by it.
  func page(of stage: Stage) -> QuestionnaireForm.Page {
    let number = stage.number
    let asked = model.criteria.indices.filter {
      model.criteria[$0].stage == number && model.criteria[$0].mirrors == nil
    }
    let triggers = asked.filter { model.criteria[$0].kind == .trigger }
    let present = asked.filter { model.criteria[$0].kind != .trigger }
    let named = present.filter { term(for: $0) != nil }
    let questions = [
      options(
        .roles(stage: number), "Which of these are there in or beside your team?",
        named.filter { model.criteria[$0].kind == .role }),
      options(
        .tools(stage: number), "Which of these are in use?",
        named.filter { model.criteria[$0].kind == .tool }),
      agreement(
        .statements(stage: number), "How far do you agree that this describes your team?",
        present.filter { term(for: $0) == nil }),
      agreement(
        .triggers(stage: number), "How far do you agree that this is what you see at present?",
        triggers),
    ]
    return QuestionnaireForm.Page(
      title: "Part \(number)", text: nil, questions: questions.compactMap(\.self))
  }

  // MARK: Criteria

  private func options(
    _ subject: FormQuestion.Subject, _ text: String, _ criteria: [Int]
  ) -> FormQuestion? {
    if criteria.isEmpty { return nil }
    let items = criteria.map { criterion in
      FormItem(
        criterion: criterion, text: model.criteria[criterion].label + examples(of: criterion),
        term: term(for: criterion))
    }
    return FormQuestion(
      subject: subject, text: text + " Tick all that apply.", content: .options(items))
  }

  private func agreement(
    _ subject: FormQuestion.Subject, _ text: String, _ criteria: [Int]
  ) -> FormQuestion? {
    if criteria.isEmpty { return nil }
    let items = criteria.map {
      FormItem(criterion: $0, text: model.criteria[$0].label, term: nil)
    }
    return FormQuestion(subject: subject, text: text, content: .agreement(items))
  }

  /// The term that a tick of the criterion stands for; nil where it has to be a statement.
  ///
  /// First of all the term that says what the criterion says, so that a tick of "Data lake" is not
  /// counted as the use of some product.
  private func term(for criterion: Int) -> Int? {
    if spellings[criterion] <= FormWriter.mostSpellingsOfStatement { return nil }
    let single = singleTerms[criterion]
    let (id, label) = (model.criteria[criterion].id, folded(model.criteria[criterion].label))
    return single.first { folded(model.terms[$0].label) == label }
      ?? single.first { model.terms[$0].id == id } ?? single.first
  }

  /// Three products that count as the criterion, where some do.
  private func examples(of criterion: Int) -> String {
    if model.criteria[criterion].kind != .tool { return "" }
    let own = term(for: criterion)
    let names = singleTerms[criterion].filter { $0 != own }.prefix(3)
    if names.isEmpty { return "" }
    return " (such as \(names.map { model.terms[$0].label }.joined(separator: ", ")))"
  }

  private func folded(_ text: String) -> String { TextFolding.fold(text) }
}
