import Foundation
import MaturityModel
import Questionnaire
import StagecraftTestSupport
import Testing

struct FormTests {
  private let model: MaturityModel
  private let form: QuestionnaireForm

  init() throws {
    model = try #require(try MaturityModel.builtIn("mlops-maturity"))
    form = QuestionnaireForm(model: model)
  }

  @Test func everyCriterionThatIsNoMirrorIsAskedOnce() {
    let asked = form.questions.flatMap(\.items).map(\.criterion).sorted()
    #expect(asked == model.criteria.indices.filter { model.criteria[$0].mirrors == nil })
  }

  @Test func aTickStandsForATermThatProvesItsCriterionAndNoOther() {
    for item in form.questions.flatMap(\.items) {
      guard let term = item.term else { continue }
      #expect(model.terms[term].proves == [item.criterion])
    }
  }

  @Test func whatIsASentenceIsAskedAsAStatement() {
    let terms = Dictionary(
      uniqueKeysWithValues: form.questions.flatMap(\.items).map { ($0.criterion, $0.term) })
    let term = { (id: String) in model.criterion(id).flatMap { terms[$0] ?? nil } }
    #expect(term("champion_communicates") == nil)
    #expect(term("leader_buy_in") == nil)
    #expect(term("data_engineer") == model.term("data_engineer"))
    #expect(term("data_mart") == model.term("data_mart_generic"))
  }

  @Test func noBandIsCutByAThreshold() throws {
    let team = form.questions.compactMap { question -> [FormAnswer]? in
      guard case .metric(_, "team_size") = question.subject,
        case .single(let answers) = question.content
      else { return nil }
      return answers
    }
    let texts = try #require(team.first).map(\.text)
    #expect(texts == ["1", "2 to 4", "5 to 9", "10 to 19", "20 to 49", "50 or more"])
  }

  @Test func limeSurveyCodesKeepItsLimits() {
    for question in PrintedForm(limeSurvey: LimeSurveyForm(form).text).questions {
      #expect(question.code.wholeMatch(of: /[A-Za-z][A-Za-z0-9]{0,19}/) != nil)
      let inner = question.parts.map(\.code) + question.answers.map(\.code)
      for code in inner { #expect(code.wholeMatch(of: /[A-Za-z0-9]{1,5}/) != nil) }
      #expect(Set(inner).count == inner.count)
    }
  }

  @Test func codesAreStable() throws {
    let lines = LimeSurveyForm(form).text.split(separator: "\n")
    #expect(lines.contains { $0.hasPrefix("Q\tM\tSCR1\t1\tWhich of these are there in") })
    #expect(lines.contains { $0.hasPrefix("SQ\t0\tR01\t1\tAnalytics champion\t") })
    #expect(lines.contains { $0.hasPrefix("SQ\t0\tNONE\t1\tNone of these\t") })
    #expect(lines.contains { $0.hasPrefix("Q\t*\tSCV\(form.mark)\t") })
    let qualtrics = QualtricsForm(form).text
    #expect(qualtrics.hasPrefix("[[AdvancedFormat]]\n\n[[ED:SC_V\(form.mark):mlops-maturity]]\n"))
    #expect(qualtrics.contains("[[Question:MC:MultipleAnswer]]\n[[ID:SC_roles_1]]\n"))
    #expect(qualtrics.contains("[[AdvancedChoices]]\n[[Choice:1]]\nAnalytics champion\n"))
    #expect(qualtrics.contains("[[Question:Matrix]]\n[[ID:SC_practice_1]]\n"))
  }

  @Test func theMarkFollowsTheOrderOfTheCriteriaAndNotTheirWords() throws {
    let mark = { (yaml: String) in
      QuestionnaireForm(model: try MaturityModel(yaml: Array(yaml.utf8), source: "m")).mark
    }
    let yaml = Ladder([.any("a"), .any("b")]).yaml
    let (own, reworded) = (try mark(yaml), try mark(yaml.replacing("About a", with: "On a")))
    let reordered = try mark(Ladder([.any("b"), .any("a")]).yaml)
    #expect(own == reworded)
    #expect(own != reordered)
  }

  @Test func markdownHasEveryItemAndEscapesWhatItWouldRead() throws {
    let text = MarkdownForm(form).text
    for item in form.questions.flatMap(\.items) {
      let plain = item.text.split(whereSeparator: { "|*_`\\[]#<>".contains($0) }).first ?? ""
      #expect(text.contains(plain))
    }
    var ladder = Ladder([.any("a"), .any("b")])
    ladder.edit("a") { $0.need = "gate" }
    let yaml = ladder.yaml.replacing("label: About a", with: "label: \"a | b\"")
    let small = try MaturityModel(yaml: Array(yaml.utf8), source: "m")
    #expect(MarkdownForm(QuestionnaireForm(model: small)).text.contains("a \\| b"))
  }
}
