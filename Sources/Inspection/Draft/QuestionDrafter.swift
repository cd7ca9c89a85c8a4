import MaturityModel
import SurveyMapping
import TextFolding

/// Decides which questions of an export a draft maps, and why others are left out.
struct QuestionDrafter {
  let inspection: Inspection
  private let patterns: ColumnPatterns
  private let matcher: CriterionMatcher
  private(set) var drafted: [DraftedQuestion] = []
  /// Scales whose criterion is a guess at best.
  private(set) var scales: [InspectedQuestion] = []
  /// Questions whose answers match terms, and why they are not mapped.
  private(set) var leftOut: [(question: InspectedQuestion, why: String)] = []
  /// Other questions that could be mapped by hand.
  private(set) var unmapped: [InspectedQuestion] = []
  private var taken: Set<String> = []

  /// - Parameter context: places of the questions that are segments, metrics and the like.
  init(_ inspection: Inspection, context: Set<Int>) {
    self.inspection = inspection
    patterns = ColumnPatterns(names: inspection.columns.map(\.name))
    matcher = CriterionMatcher(model: inspection.model)
    var merged: Set<Int> = []
    for (place, question) in inspection.questions.enumerated()
    where question.kind.hasOptions && !context.contains(place) && !merged.contains(place) {
      let twins = twins(of: question, after: place)
      merged.formUnion(twins)
      sort(twins.reduce(question) { $0.merged(with: inspection.questions[$1]) })
    }
  }

  /// Questions that were asked twice under the same name: a survey file can only mean both.
  private func twins(of question: InspectedQuestion, after place: Int) -> [Int] {
    guard question.layout == .options, question.kind == .multiByOption else { return [] }
    let names = Set(question.columns.map { inspection.columns[$0].name })
    guard names.count == 1 else { return [] }
    return inspection.questions.indices.dropFirst(place + 1).filter { other in
      let twin = inspection.questions[other]
      return twin.layout == .options && twin.kind == .multiByOption
        && Set(twin.columns.map { inspection.columns[$0].name }) == names
    }
  }

  private mutating func sort(_ question: InspectedQuestion) {
    let column = inspection.columns[question.columns[0]]
    let words = QuestionWords(column.name, question.text)
    let intent = intent(of: question, words)
    if question.kind == .scale, question.layout == .field { return sortScale(question, words) }
    if let rows = agreementRows(of: question) { return sortRows(rows, question) }
    guard isRecognised(question) else { return unmapped.append(question) }
    if let reason = intent.reason { return leftOut.append((question, reason)) }
    guard let naming = naming(question) else {
      return leftOut.append((question, "other columns have the same name, or these have none"))
    }
    let isGrid = question.layout == .rows
    if isGrid && !isUseGrid(question) {
      return leftOut.append((question, "a grid whose answers do not say what is in use"))
    }
    var draft = DraftedQuestion(question, naming, style: style(question), intent: intent)
    if isGrid {
      draft.ticked = question.answers.filter { UseWords.isUse($0.folded) }.map(\.text)
      draft.options = rows(of: question)
    }
    draft.sortAnswers(inspection.model)
    drafted.append(draft)
  }

  /// Where all that is known of the answers are roles, the question is after the respondent's own,
  /// unless it says whose roles are meant.
  private func intent(of question: InspectedQuestion, _ words: QuestionWords) -> QuestionIntent {
    let intent = words.intent
    guard intent == .use, !words.containsAny(QuestionDrafter.groups) else { return intent }
    let terms = question.answers.compactMap(\.draftedTerm).map { inspection.model.terms[$0] }
    return !terms.isEmpty && terms.allSatisfy { $0.kind == .role } ? .ownTitle : .use
  }

  private static let groups = [
    "roles", "team*", "organization*", "organisation*", "company", "companies", "employer*",
    "department*", "staff", "people", "who",
    "rollen", "unternehmen*", "firma", "abteilung*", "mitarbeiter*",
    "rôles", "équipe*", "entreprise*", "equipo*", "empresa*", "organización*", "departamento*",
    "equipe*", "papéis", "organização*",
  ]

  private func style(_ question: InspectedQuestion) -> Question.Style {
    if question.layout != .field { return .options }
    return question.kind == .multiBySeparator ? .list : .choice
  }

  /// At least one answer in twenty, or three printed options, name something of the model: what a
  /// few people wrote by themselves does not tell what a question is about. The rows of a grid are
  /// its answers.
  private func isRecognised(_ question: InspectedQuestion) -> Bool {
    if question.layout == .rows { return rows(of: question).count { $0.term != nil } > 1 }
    let known = question.answers.filter { $0.draftedTerm != nil }
    let count = known.reduce(0) { $0 + $1.count }
    let options = Set(known.filter(\.isPrinted).compactMap(\.draftedTerm))
    return !known.isEmpty && (20 * count >= question.occurrences || options.count > 2)
  }

  /// What a run takes for the options of a grid: the labels of its rows, with how often each is in
  /// use.
  private func rows(of question: InspectedQuestion) -> [InspectedAnswer] {
    question.columns.map { index in
      let label = inspection.columns[index].label
      let folded = TextFolding.fold(label)
      let used = inspection.profiles[index].texts.filter { UseWords.isUse($0.folded) }
      return InspectedAnswer(
        text: label, folded: folded, count: used.reduce(0) { $0 + $1.count },
        term: inspection.model.termByAlias[folded], isPrinted: true, column: index)
    }
  }

  private func isUseGrid(_ question: InspectedQuestion) -> Bool {
    question.answers.contains { UseWords.isUse($0.folded) }
  }

  /// The columns by name. Where no option stands for "other", its words do.
  private mutating func naming(_ question: InspectedQuestion) -> ColumnPatterns.Naming? {
    var words: [Int] = []
    let hasOther = question.answers.contains { AnswerWords.isOther($0.folded) }
    if question.layout == .options, !hasOther {
      words = question.otherTexts.filter { !inspection.columns[$0].name.hasSuffix("_TEXT") }
    }
    let twins = question.otherTexts + [question.joinedTwin].compactMap { $0 }
    let whole = patterns.naming(of: (question.columns + words).sorted(), mayExclude: twins)
    guard let naming = whole ?? patterns.naming(of: question.columns, mayExclude: twins),
      naming.columns.allSatisfy({ !taken.contains($0) })
    else { return nil }
    taken.formUnion(naming.columns)
    return naming
  }

  // MARK: Scales

  /// The rows of a grid of agreement, each as a question of its own; nil for other questions, and
  /// where names cannot tell the rows apart.
  private func agreementRows(of question: InspectedQuestion) -> [InspectedQuestion]? {
    let names = question.columns.map { inspection.columns[$0].name }
    guard question.kind == .scale, question.layout == .rows, Set(names).count == names.count,
      ScaleWords.affirmsAndDenies(question.answers.map(\.folded))
    else { return nil }
    return question.columns.map { index in
      let column = inspection.columns[index]
      let answers = inspection.profiles[index].texts.map {
        InspectedAnswer(
          text: $0.text, folded: $0.folded, count: $0.count, term: nil, isPrinted: true)
      }
      return InspectedQuestion(
        columns: [index], otherTexts: [], joinedTwin: nil, name: column.name,
        text: column.option ?? column.label, layout: .field, kind: .scale, why: question.why,
        separator: nil, answered: inspection.profiles[index].answered,
        distinct: answers.count, answers: answers, withheld: 0)
    }
  }

  /// What the question above the rows is after, the rows are after as well.
  private mutating func sortRows(_ rows: [InspectedQuestion], _ question: InspectedQuestion) {
    guard QuestionWords(question.text).intent == .use else { return unmapped.append(question) }
    for row in rows { sortScale(row, QuestionWords(row.text)) }
  }

  private mutating func sortScale(_ question: InspectedQuestion, _ words: QuestionWords) {
    guard ScaleWords.affirmsAndDenies(question.answers.map(\.folded)) else {
      return unmapped.append(question)
    }
    if words.intent != .use { return unmapped.append(question) }
    guard let criterion = matcher.criterion(for: words), let naming = naming(question) else {
      return scales.append(question)
    }
    var draft = DraftedQuestion(question, naming, style: .scale, intent: .use)
    draft.criterion = criterion
    draft.yes = question.answers.filter { ScaleWords.direction($0.folded) == .yes }
    draft.no = question.answers.filter { ScaleWords.direction($0.folded) == .no }
    drafted.append(draft)
  }
}
