import SurveyMapping
import Testing

@testable import Normalize

@Suite struct AnswerInterpreterTests {
  private func effect(
    _ question: String, _ cell: String, label: String = "excel", missing: String? = nil
  ) throws -> AnswerEffect {
    let source = missing.map { "source: {missing: \($0)}\n" } ?? ""
    let survey = try SmallLadder.survey(
      source + "questions:\n  - {id: q, column: Q, \(question)}\n")
    let interpreter = AnswerInterpreter(
      question: survey.questions[0], model: try SmallLadder.model(),
      missing: survey.source.missing)
    return interpreter.effect(ofCell: cell, label: label)
  }

  private func terms(_ effect: AnswerEffect) throws -> [String] {
    let model = try SmallLadder.model()
    return effect.terms.map { model.terms[$0].id }
  }

  @Test(arguments: [
    "1", "yes", "YES", "y", "true", "True", "checked", "x", "X", "selected", " Selected ", "2",
    "-1", "+7", "007", "\u{FF11}",
  ])
  func tickMeansTheLabel(_ cell: String) throws {
    #expect(try terms(effect("style: options", cell)) == ["excel"])
  }

  @Test(arguments: [
    "", " ", "0", "no", "No", "n", "FALSE", "unchecked", "Not  Selected", "NA", " NaN ", "#N/A",
  ])
  func cellWithoutATickIsNoAnswer(_ cell: String) throws {
    #expect(try !effect("style: options", cell).isAnswer)
  }

  @Test(
    arguments: [
      ("Looker Studio", ["looker_studio"], []), ("LOOKER\u{A0}studio", ["looker_studio"], []),
      ("Something", [], ["something"]), ("1.5", [], ["1.5"]), ("-", [], ["-"]), ("on", [], ["on"]),
    ] as [(String, [String], [String])])
  func otherTextOfACellIsTheOption(
    _ cell: String, _ termIDs: [String], _ unmapped: [String]
  ) throws {
    let effect = try effect("style: options", cell)
    #expect(try terms(effect) == termIDs)
    #expect(effect.unmapped == unmapped)
    #expect(effect.holdsSomethingElse == !unmapped.isEmpty)
  }

  @Test(arguments: [
    ("In production", true), ("in  PRODUCTION", true), ("Evaluating", false), ("1", false),
    ("", false), ("Excel", false),
  ])
  func onlyTickedTextsCountWhereTheyAreGiven(_ cell: String, _ isTicked: Bool) throws {
    let effect = try effect("style: options, ticked: [In production]", cell)
    #expect(try terms(effect) == (isTicked ? ["excel"] : []))
    #expect(effect.isAnswer == isTicked)
  }

  @Test(arguments: [
    ("Excel", ["excel"]), (" microsoft   EXCEL ", ["excel"]),
    ("Caf\u{E9} Analyst", ["analyst_title"]),
    ("cafe\u{301} analyst", ["analyst_title"]), ("Lookers", []), ("Excel;Vim", []),
  ])
  func choiceIsOneWholeAnswer(_ cell: String, _ termIDs: [String]) throws {
    #expect(try terms(effect("style: choice", cell)) == termIDs)
  }

  @Test func listHoldsSeveralAnswers() throws {
    let effect = try effect("style: list", "Looker Studio; excel;;Spreadsheets ;Looker;")
    #expect(try terms(effect) == ["looker_studio", "excel", "looker"])
    #expect(effect.unmapped == ["spreadsheets"])
  }

  @Test func mergedOptionLeavesItsCriteriaOpen() throws {
    let effect = try effect("style: choice", "BI or store")
    #expect(effect.proved == [])
    #expect(effect.maybe.count == 2)
    #expect(effect.merged == effect.terms)
  }

  /// The order: ignore, then answers, then none, then other, then the model's terms.
  @Test func explicitKeysWinInTheirOrder() throws {
    let keys =
      "style: list, ignore: [a], answers: {a: excel, b: vim, excel: [looker, vim]}, "
      + "none: [a, b, c, looker], other: [c, d, vim]"
    #expect(try !effect(keys, "A").isAnswer)
    #expect(try terms(effect(keys, "B")) == ["vim"])
    #expect(try terms(effect(keys, "Excel")) == ["looker", "vim"])
    let nothing = try effect(keys, "C;Looker")
    #expect(nothing.isAnswer && !nothing.holdsSomethingElse && nothing.terms.isEmpty)
    let something = try effect(keys, "D;Vim")
    #expect(something.holdsSomethingElse && something.unmapped.isEmpty)
  }

  @Test(arguments: ["choice", "list", "options"])
  func missingTextsAreNoAnswer(_ style: String) throws {
    for cell in ["", " \t", "NA", " NA ", "N.A."] {
      #expect(try !effect("style: \(style)", cell, missing: "[NA, N.A.]").isAnswer)
    }
    #expect(try effect("style: \(style)", "na", missing: "[NA]").unmapped == ["na"])
  }

  @Test(arguments: ["choice", "list", "options"])
  func explicitKeyWinsOverMissing(_ style: String) throws {
    let none = try effect("style: \(style), none: [\"\", NA]", "NA")
    #expect(none.isAnswer && !none.holdsSomethingElse)
    #expect(try effect("style: \(style), none: [\"\"]", " ").isAnswer)
    #expect(try terms(effect("style: \(style), answers: {NA: vim}", "NA")) == ["vim"])
    #expect(try !effect("style: \(style), ignore: [NA]", "NA").isAnswer)
  }
}
