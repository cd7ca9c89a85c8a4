/// The form as LimeSurvey's tab-separated survey structure ("Import survey", file type `.txt`).
///
/// Columns and classes (S survey, SL its texts, G group, Q question, SQ subquestion, A answer) as
/// `TSVImportSurvey` in LimeSurvey's import helper reads them; columns after `same_default` are
/// question attributes.
package struct LimeSurveyForm {
  private let form: QuestionnaireForm

  package init(_ form: QuestionnaireForm) { self.form = form }

  private static let columns = [
    "class", "type/scale", "name", "relevance", "text", "help", "language", "validation",
    "mandatory", "other", "default", "same_default", "exclude_all_others", "hidden",
    "min_num_value_n", "max_num_value_n", "num_value_int_only",
  ]

  package var text: String {
    var rows: [[String: String]] = survey
    for (number, page) in form.pages.enumerated() {
      rows.append([
        "class": "G", "type/scale": "\(number + 1)", "name": page.title, "relevance": "1",
        "text": words(page.text ?? ""), "language": "en",
      ])
      rows += page.questions.flatMap(rows(of:))
      // In the first group, so that the code is there however far a respondent gets.
      if number == 0 { rows.append(mark) }
    }
    let records =
      [LimeSurveyForm.columns]
      + rows.map { row in
        LimeSurveyForm.columns.map { row[$0] ?? "" }
      }
    return records.map { $0.map(LimeSurveyForm.field).joined(separator: "\t") + "\n" }.joined()
  }

  private var survey: [[String: String]] {
    [
      ["class": "S", "name": "language", "text": "en"],
      ["class": "S", "name": "format", "text": "G"],
      [
        "class": "SL", "name": "surveyls_title", "language": "en",
        "text": words("\(form.model.title): questionnaire"),
      ],
    ]
  }

  /// A hidden equation, whose code is in every export.
  private var mark: [String: String] {
    [
      "class": "Q", "type/scale": "*", "name": LimeSurveyCodes.markPrefix + form.mark,
      "relevance": "1", "text": "{1}", "language": "en", "mandatory": "N", "other": "N",
      "same_default": "0", "hidden": "1",
    ]
  }

  private func rows(of question: FormQuestion) -> [[String: String]] {
    var head = [
      "class": "Q", "name": LimeSurveyCodes.code(of: question.subject), "relevance": "1",
      "text": words(question.text), "language": "en", "mandatory": "N", "other": "N",
      "same_default": "0",
    ]
    switch question.content {
    case .options:
      head["type/scale"] = "M"
      head["exclude_all_others"] = "NONE;DK"
      return [head] + question.parts.map { subquestion(question, $0) }
    case .agreement:
      head["type/scale"] = "F"
      return [head] + question.parts.map { subquestion(question, $0) }
        + LimeSurveyForm.degrees.map { answer($0.code, $0.text) }
    case .single(let answers):
      head["type/scale"] = "L"
      return [head] + answers.map { answer($0.code, $0.text) }
    case .number(let most):
      head["type/scale"] = "N"
      head["min_num_value_n"] = "0"
      if let most { head["max_num_value_n"] = "\(most)" }
      return [head]
    case .text:
      head["type/scale"] = "T"
      return [head]
    }
  }

  /// What an array's cells hold where answer codes are exported.
  static let degrees: [(code: String, text: String)] =
    FormWords.degrees.enumerated().map { ("\($0 + 1)", $1) } + [("DK", FormWords.unsure)]

  private func subquestion(_ question: FormQuestion, _ part: ColumnPart) -> [String: String] {
    [
      "class": "SQ", "type/scale": "0", "name": LimeSurveyCodes.code(of: part, question.subject),
      "relevance": "1", "text": words(question.text(of: part)),
      "language": "en",
    ]
  }

  private func answer(_ code: String, _ text: String) -> [String: String] {
    ["class": "A", "type/scale": "0", "name": code, "text": words(text), "language": "en"]
  }

  /// Texts are HTML, and a brace that no space follows begins an expression.
  private func words(_ text: String) -> String {
    text.replacingScalars(["<": "&lt;", "{": "{ "])
  }

  private static func field(_ text: String) -> String {
    let wantsQuotes = text.unicodeScalars.contains {
      $0 == "\"" || $0 == "\t" || $0.properties.isPatternWhitespace && $0 != " "
    }
    return wantsQuotes ? "\"" + text.replacingScalars(["\"": "\"\""]) + "\"" : text
  }
}
