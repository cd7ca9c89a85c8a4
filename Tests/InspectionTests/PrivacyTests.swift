import Foundation
import Inspection
import Publish
import StagecraftTestSupport
import SurveyMapping
import Testing

/// What people wrote in their own words is counted and never shown.
struct PrivacyTests {
  private let scratch: ScratchDirectory
  private let inspection: Inspection

  init() throws {
    scratch = try ScratchDirectory()
    inspection = try inspect(Everything.csv(), scratch: scratch)
  }

  @Test func freeTextIsInNoReport() throws {
    let text = InspectionText(inspection, width: 100, isVerbose: true).text
    let document = InspectionDocument(inspection).document.document
    let draft = try SurveyDraft(inspection, modelReference: "mlops-maturity").yaml
    for report in [text, document, draft] { #expect(!report.contains("Zebulon")) }
  }

  @Test func anAnswerOfOneResponseIsCountedOnly() throws {
    var csv = "Tools\n"
    for _ in 0..<9 { csv += "Python;Git;Slide rule\n" }
    csv += "Python;my own Zebulon script\nGit;Jenkins\n"
    let inspection = try inspect(csv, scratch: scratch)
    let question = inspection.questions[0]
    #expect(question.answers.map(\.text) == ["Git", "Python", "Slide rule", "Jenkins"])
    #expect(question.withheld == 1)
    let draft = try SurveyDraft(inspection, modelReference: "mlops-maturity").yaml
    #expect(!draft.contains("Zebulon"))
    #expect(draft.contains("Slide rule"))
  }

  @Test func aCheckShowsNoFreeTextEither() throws {
    let survey = """
      schema: stagecraft/survey/1
      id: remarks
      questions: [{id: remarks, column: Remarks, style: choice}]
      """
    // One text comes twice, and is still somebody's own.
    let csv = Everything.csv(copies: 9).replacing("number 8", with: "number 7")
    let path = try scratch.write(csv, as: "twice.csv")
    let model = try builtInModel()
    let check = try SurveyCheck(
      ExportRequest(path: path),
      survey: try Survey(yaml: Array(survey.utf8), source: "remarks", model: model), model: model)
    #expect(check.questions[0].unmatchedInTotal == 9)
    let text = CheckText(check, width: 100, isVerbose: true).text
    #expect(!text.contains("zebulon"))
    #expect(!CheckDocument(check).document.document.contains("zebulon"))
  }
}
