/// The form in Qualtrics' Advanced Format ("Import survey", file type `.txt`).
///
/// `[[ID:…]]` becomes the export tag: the name in the first header record. `[[Choice:n]]` and
/// `[[Answer:n]]` fix the numbers that an export with numeric values holds.
package struct QualtricsForm {
  private let form: QuestionnaireForm

  package init(_ form: QuestionnaireForm) { self.form = form }

  package var text: String {
    var lines = [
      "[[AdvancedFormat]]", "",
      // Embedded data: its name is in every export.
      "[[ED:\(QualtricsCodes.markPrefix)\(form.mark):\(plain(form.model.id))]]", "",
    ]
    for page in form.pages {
      // A block begins a page by itself; a long table gets one of its own.
      lines += ["[[Block:\(plain(page.title))]]", ""]
      if let text = page.text { lines += ["[[Question:DB]]", plain(text), ""] }
      for (number, question) in page.questions.enumerated() {
        if number > 0, case .agreement = question.content { lines += ["[[PageBreak]]", ""] }
        lines += self.lines(of: question)
      }
    }
    return lines.joined(separator: "\n")
  }

  private func lines(of question: FormQuestion) -> [String] {
    let head = [
      "[[ID:\(QualtricsCodes.code(of: question.subject))]]", plain(question.text),
    ]
    switch question.content {
    case .options:
      return ["[[Question:MC:MultipleAnswer]]"] + head + choices(question.parts.map(question.text))
        + [""]
    case .agreement:
      return ["[[Question:Matrix]]"] + head + choices(question.parts.map(question.text))
        + ["[[AdvancedAnswers]]"]
        + numbered(FormWords.degrees + [FormWords.unsure], "Answer") + [""]
    case .single(let answers):
      return ["[[Question:MC:SingleAnswer]]"] + head + choices(answers.map(\.text)) + [""]
    case .number: return ["[[Question:TE:SingleLine]]"] + head + [""]
    case .text: return ["[[Question:TE:Essay]]"] + head + [""]
    }
  }

  private func choices(_ texts: [String]) -> [String] {
    ["[[AdvancedChoices]]"] + numbered(texts, "Choice")
  }

  private func numbered(_ texts: [String], _ tag: String) -> [String] {
    texts.enumerated().flatMap { ["[[\(tag):\($0 + 1)]]", plain($1)] }
  }

  /// One line, without what would be taken for a tag of the format or of HTML.
  private func plain(_ text: String) -> String {
    text.replacing("[[", with: "[ [").replacingScalars(["<": "&lt;"])
      .split(whereSeparator: \.isNewline).joined(separator: " ")
  }
}
