/// The form as Markdown, to read, to discuss, or to field by hand. Codes are LimeSurvey's.
package struct MarkdownForm {
  private let form: QuestionnaireForm

  package init(_ form: QuestionnaireForm) { self.form = form }

  package var text: String {
    let model = form.model
    var lines = [
      "# \(model.title): questionnaire", "",
      "Printed by stagecraft from the model `\(model.id)` \(model.version). The codes in front are "
        + "those of the export: `stagecraft run` reads an export with these codes without a survey "
        + "file.", "",
    ]
    for page in form.pages {
      lines += ["## \(escaped(page.title))", ""]
      if let text = page.text { lines += [escaped(text), ""] }
      lines += page.questions.flatMap(lines(of:))
    }
    return lines.joined(separator: "\n")
  }

  private func lines(of question: FormQuestion) -> [String] {
    let code = LimeSurveyCodes.code(of: question.subject)
    return ["### `\(code)` \(escaped(question.text))", ""] + answers(question) + [""]
  }

  private func answers(_ question: FormQuestion) -> [String] {
    switch question.content {
    case .options:
      return question.parts.map { "- [ ] \(label(question, $0))" }
    case .agreement:
      let degrees = FormWords.degrees + [FormWords.unsure]
      return ["| | " + degrees.joined(separator: " | ") + " |"]
        + ["|---|" + degrees.map { _ in ":-:|" }.joined()]
        + question.parts.map { part in
          "| \(label(question, part)) |" + degrees.map { _ in " ○ |" }.joined()
        }
    case .single(let answers): return answers.map { "- ( ) \(escaped($0.text))" }
    case .number, .text: return ["____________________"]
    }
  }

  private func label(_ question: FormQuestion, _ part: ColumnPart) -> String {
    "`\(LimeSurveyCodes.code(of: part, question.subject))` \(escaped(question.text(of: part)))"
  }

  /// A model's words stay words.
  private func escaped(_ text: String) -> String {
    var result = ""
    for character in text {
      if "\\`*_[]<>|#".contains(character) { result.append("\\") }
      result.append(character.isNewline ? " " : character)
    }
    return result
  }
}
