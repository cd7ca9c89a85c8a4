import Documents
import MaturityModel
import SurveyMapping
import TextFolding

extension DraftWriter {
  mutating func write(_ drafter: QuestionDrafter) {
    if drafter.drafted.isEmpty {
      addComment("No question's answers match the model's terms.")
      add("questions: []")
    } else {
      add("questions:")
    }
    for draft in drafter.drafted { write(draft) }
    writeLeftOut(drafter)
    writeScales(drafter.scales)
    writeUnmapped(drafter.unmapped)
  }

  private mutating func write(_ draft: DraftedQuestion) {
    let question = draft.question
    addComment(comment(draft), indent: 2)
    add("  - id: " + id(questionID(question)))
    let columns = draft.naming.columns
    if draft.style == .options || columns.count > 1 {
      add("    columns: " + YAMLScalar.list(columns))
    } else {
      add("    column: " + YAMLScalar.quoted(columns.first ?? ""))
    }
    if !draft.naming.except.isEmpty { add("    except: " + YAMLScalar.list(draft.naming.except)) }
    add("    style: " + draft.style.rawValue)
    if draft.style == .list, let separator = question.separator {
      add("    separator: " + YAMLScalar.quoted(separator.declaration))
    }
    if draft.style == .scale { writeScaleKeys(draft) } else { writeChoiceKeys(draft) }
  }

  private func comment(_ draft: DraftedQuestion) -> String {
    let question = draft.question
    let share =
      question.occurrences == 0
      ? ""
      : " (\(100 * question.drafted.matched / question.occurrences) % of the answers match a term)"
    let title = draft.intent == .ownTitle ? " The respondent's own: it denies nothing." : ""
    return subject(of: question) + (draft.style == .scale ? "" : share) + title
  }

  /// Where a header holds nothing but a short name, the answers say what is meant by it.
  private func subject(of question: InspectedQuestion) -> String {
    question.isTerse ? "\(question.text): \(question.examples)" : question.text
  }

  private func questionID(_ question: InspectedQuestion) -> String {
    let column = inspection.columns[question.columns[0]]
    let isCode = column.key.count <= 32 && !column.key.contains(" ")
    return isCode ? YAMLText.id(column.key, words: 6) : YAMLText.id(question.text, words: 5)
  }

  // MARK: Keys

  private mutating func writeScaleKeys(_ draft: DraftedQuestion) {
    add("    criterion: " + (draft.criterion.map { inspection.model.criteria[$0].id } ?? ""))
    if !draft.yes.isEmpty { add("    yes: " + YAMLScalar.list(draft.yes.map(\.text))) }
    if !draft.no.isEmpty { add("    no: " + YAMLScalar.list(draft.no.map(\.text))) }
  }

  private mutating func writeChoiceKeys(_ draft: DraftedQuestion) {
    if !draft.asks.isEmpty {
      add(
        "    asks: [" + draft.asks.map { inspection.model.criteria[$0].id }.joined(separator: ", ")
          + "]")
    }
    if !draft.mayAsk.isEmpty {
      let ids = draft.mayAsk.map { inspection.model.criteria[$0].id }.joined(separator: ", ")
      addComment("asks these as well? Few options prove them: " + ids, indent: 4)
    }
    if !draft.ticked.isEmpty { add("    ticked: " + YAMLScalar.list(draft.ticked)) }
    writeAnswers(draft)
    writeList("none", draft.none, withTerms: true)
    writeList("other", draft.other, withTerms: false)
    writeList("ignore", draft.ignore, withTerms: false)
    writeUnmatched(draft)
  }

  /// Options that a run would see under another name than their own, or with punctuation at the
  /// end.
  private mutating func writeAnswers(_ draft: DraftedQuestion) {
    var seen: Set<String> = []
    let named = draft.options.compactMap { answer in
      let label = answer.runLabel ?? answer.text
      guard answer.runLabel != nil || answer.likelyTerm != nil, let term = answer.draftedTerm,
        seen.insert(TextFolding.fold(label)).inserted
      else { return (String, Int)?.none }
      return (label, term)
    }
    if named.isEmpty { return }
    add("    answers:")
    for (label, term) in named {
      add("      \(YAMLScalar.quoted(label)): \(inspection.model.terms[term].id)")
    }
  }

  private mutating func writeList(_ key: String, _ answers: [InspectedAnswer], withTerms: Bool) {
    let answers = answers.filter { !TextFolding.fold($0.runLabel ?? $0.text).isEmpty }
    if answers.isEmpty { return }
    add("    \(key):")
    for answer in answers {
      add("      - " + YAMLScalar.quoted(answer.runLabel ?? answer.text), remark(answer, withTerms))
    }
  }

  private func remark(_ answer: InspectedAnswer, _ withTerms: Bool) -> String {
    let near =
      withTerms && !AnswerWords.isNone(answer.folded) ? closest.names(for: answer.text) : []
    return "\(answer.count)"
      + (near.isEmpty ? "" : "; close to " + near.joined(separator: ", "))
  }

  private mutating func writeUnmatched(_ draft: DraftedQuestion) {
    if draft.unmatched.isEmpty && draft.question.withheld == 0 { return }
    addComment("Matched by nothing, so what is not proved stays unknown:", indent: 4)
    for answer in draft.unmatched.prefix(40) {
      let near = closest.names(for: answer.text)
      let hint = near.isEmpty ? "" : " (close to \(near.joined(separator: ", ")))"
      let text = YAMLText.comment(answer.text, limit: 60)
      lines.append(
        "    #   " + TextLayout.leading("\(answer.count)", 6) + "  "
          + YAMLText.comment(text + hint, limit: 100))
    }
    let more = draft.unmatched.count - min(40, draft.unmatched.count)
    if more > 0 { addComment("and \(more) more", indent: 4, inner: 2) }
    if draft.question.withheld > 0 {
      addComment(
        "and \(draft.question.withheld) given once or in somebody's own words", indent: 4, inner: 2)
    }
  }

  // MARK: What is not mapped

  private func title(_ question: InspectedQuestion) -> String {
    let name = YAMLText.comment(question.name)
    let text = YAMLText.comment(question.text)
    if text.hasPrefix(name) { return text }
    if question.isTerse { return name }
    // Before the words of its question a name holds a code; said once is enough.
    let words = question.text.replacing(/\ \[[^\[\]]*\]$/, with: "")
    return question.name.contains(words)
      ? "\(QuestionSeries.code(question)), \(text)" : "\(name), \(text)"
  }

  private mutating func writeLeftOut(_ drafter: QuestionDrafter) {
    if drafter.leftOut.isEmpty { return }
    add("")
    addComment("Left out, although some answers match terms:")
    for (question, why) in drafter.leftOut {
      addComment(title(question) + ": " + why, inner: 2)
    }
  }

  private mutating func writeScales(_ questions: [InspectedQuestion]) {
    if questions.isEmpty { return }
    add("")
    addComment(
      "Agreement, or yes and no. Where one is about a criterion of the model, name the criterion "
        + "and take the marks away:"
    )
    for question in questions { writeScale(question) }
  }

  private mutating func writeScale(_ question: InspectedQuestion) {
    let directions = question.answers.map { ($0.text, ScaleWords.direction($0.folded)) }
    let column = inspection.columns[question.columns[0]]
    if !column.name.contains(question.text) {
      add("#  # " + YAMLText.comment(question.text))
    }
    add(
      "#  - {id: \(id(YAMLText.id(column.key, words: 5))), column: \(YAMLScalar.quoted(column.name)), "
        + "style: scale, criterion: …,"
    )
    add("#     yes: " + YAMLScalar.list(directions.filter { $0.1 == .yes }.map(\.0)) + ",")
    add("#     no: " + YAMLScalar.list(directions.filter { $0.1 == .no }.map(\.0)) + "}")
  }

  private mutating func writeUnmapped(_ questions: [InspectedQuestion]) {
    if questions.isEmpty { return }
    add("")
    addComment("Not mapped, since no answer matches a term:")
    let series = QuestionSeries.series(of: questions)
    for one in series.prefix(120) {
      let first = one.questions[0]
      let title = one.title ?? title(first)
      let many = one.questions.count > 1 ? "\(one.questions.count) questions, " : ""
      let answers = one.isTerse && !first.examples.isEmpty ? ": " + first.examples : ""
      addComment("\(title) (\(many)\(first.kind.title)\(answers))", inner: 2)
    }
    if series.count > 120 { addComment("and \(series.count - 120) more", inner: 2) }
  }
}
