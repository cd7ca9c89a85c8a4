import Fingerprint
import MaturityModel

/// A maturity model as a questionnaire, before any vendor's format: pages of questions, every
/// criterion that is no mirror asked exactly once.
package struct QuestionnaireForm: Sendable {
  package struct Page: Sendable {
    package let title: String
    package let text: String?
    package let questions: [FormQuestion]
  }

  package let model: MaturityModel
  package let pages: [Page]

  package init(model: MaturityModel) {
    self.model = model
    let writer = FormWriter(model: model)
    pages = [writer.opening] + model.stages.dropFirst().map(writer.page) + [writer.closing]
  }

  package var questions: [FormQuestion] { pages.flatMap(\.questions) }

  /// How many columns about criteria an export of the whole form has.
  var columnsOfCriteria: Int {
    questions.filter { !$0.items.isEmpty }.reduce(0) { $0 + $1.parts.count }
  }

  /// Eight hexadecimal digits that say which criterion each code stands for. Codes count criteria,
  /// so an export must be read with the order it was printed with.
  package var mark: String {
    var hash = SHA256()
    for question in questions {
      let line = LimeSurveyCodes.code(of: question.subject) + "=" + subject(question) + "\n"
      Array(line.utf8).withUnsafeBytes { hash.update($0) }
    }
    return String(hash.hexadecimal().prefix(8))
  }

  private func subject(_ question: FormQuestion) -> String {
    switch (question.content, question.subject) {
    case (.options(let items), _), (.agreement(let items), _):
      items.map { model.criteria[$0.criterion].id }.joined(separator: ",")
    case (.single(let answers), _): answers.map(\.code).joined(separator: ",")
    case (_, .metric(_, let id)): id
    case (.number, _), (.text, _): ""
    }
  }
}

/// One question of the form.
package struct FormQuestion: Sendable {
  /// What it is about; a question's code follows from this alone.
  package enum Subject: Hashable, Sendable {
    /// People and skills that have names, of a stage.
    case roles(stage: Int)
    /// Tools and practices that have names.
    case tools(stage: Int)
    /// What is better asked as a statement.
    case statements(stage: Int)
    case triggers(stage: Int)
    /// Counted from 1.
    case metric(number: Int, id: String)
    case selfAssessed
    case industry
    case companySize
    case comment
  }

  package enum Content: Sendable {
    /// Several may be ticked; "none of these" and "don't know" follow the items.
    case options([FormItem])
    /// One row an item, five degrees of agreement and "don't know".
    case agreement([FormItem])
    /// One answer.
    case single([FormAnswer])
    /// A number; nil: no upper limit.
    case number(most: Int?)
    case text
  }

  package let subject: Subject
  package let text: String
  package let content: Content

  /// The criteria asked, in order.
  package var items: [FormItem] {
    switch content {
    case .options(let items), .agreement(let items): items
    case .single, .number, .text: []
    }
  }
}

/// One criterion as it is asked.
package struct FormItem: Hashable, Sendable {
  package let criterion: Int
  package let text: String
  /// The term that a tick stands for: it proves this criterion and no other.
  package let term: Int?
}

/// One answer of a single choice.
package struct FormAnswer: Hashable, Sendable {
  /// Letters and digits, five at most, as LimeSurvey wants it.
  package let code: String
  package let text: String
  package let means: Meaning

  package enum Meaning: Hashable, Sendable {
    case segment(String)
    /// From one number to another; nil: open.
    case band(Int, Int?)
    /// Nil: no self-assessment.
    case stage(Int?)
  }
}

/// The words that every printed questionnaire shares.
package enum FormWords {
  package static let none = "None of these"
  package static let unsure = "Don't know"
  /// From strong disagreement to strong agreement.
  package static let degrees = [
    "Strongly disagree", "Disagree", "Neither agree nor disagree", "Agree", "Strongly agree",
  ]
}
