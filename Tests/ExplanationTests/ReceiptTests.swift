import Foundation
import Pipeline
import Publish
import StagecraftTestSupport
import Testing

@testable import Explanation

struct ReceiptTests {
  @Test func theRecordThatCountsIsExplainedAndTheOthersAreMentioned() throws {
    let receipt = try explain("r1", "id,has\nr1,a\nr2,b\nr1,a;b\n", duplicates: "last")
    #expect(receipt.contains("input.csv, record 3 (line 4, byte "))
    #expect(receipt.contains("the same id stands in input.csv, record 1"))
    #expect(receipt.contains("record 1 (line 2, byte 7): a duplicate"))
  }

  @Test func theFirstOfSeveralCountsWhereTheSurveySaysSo() throws {
    let receipt = try explain("r1", "id,has\nr1,a\nr1,a;b\n", duplicates: "first")
    #expect(receipt.hasPrefix("input.csv, record 1 "))
  }

  @Test func aDuplicateNamedByItsPlaceSaysWhichRecordCounts() throws {
    let receipt = try explain("input.csv#1", "id,has\nr1,a\nr1,a;b\n", duplicates: "last")
    #expect(receipt.contains("duplicate: input.csv, record 2 (line 3, byte 12) counts"))
  }

  @Test func aFilteredRecordNamesItsRuleAndItsField() throws {
    let receipt = try explain(
      "r2", "id,has,kept\nr1,a,yes\nr2,a,no\n", more: ReceiptTests.keep)
    #expect(receipt.contains(#"filtered: rule kept: kept must be one of "yes""#))
    #expect(receipt.contains(#"kept: "no""#))
  }

  private static let keep = "keep: [{id: kept, column: kept, in: [\"yes\"]}]\n"

  @Test func aCarelessRecordNamesTheCheckThatFiltersIt() throws {
    let quality = "quality: {contradictions: [nothing], exclude: [contradictions]}\n"
    let receipt = try explain(
      "r1", "id,has,kept\nr1,nothing;a,yes\n", more: ReceiptTests.keep + quality)
    #expect(receipt.contains("filtered: rule quality_contradictions"))
  }

  @Test func aRejectedRecordSaysWhy() throws {
    let receipt = try explain("input.csv#2", "id,has\nr1,a\nr2,a,x,y\n")
    #expect(receipt.contains("rejected: field_count: 4 fields where the header has 2"))
  }

  @Test func anUnscoredResponseSaysHowMuchIsKnown() throws {
    let receipt = try explain("r1", "id,has\nr1,\n")
    #expect(receipt.contains("unscored: 0 of 2 observable requirements are known"))
    #expect(receipt.contains("leaves unknown: a, b: not answered"))
  }

  @Test func everyTokenSaysWhatItWasTakenFor() throws {
    let receipt = try explain("r1", "id,has\nr1,A ;zzz;other;nothing\n")
    #expect(receipt.contains(#""a" -> Has a [term_a], spelt "a", proves a"#))
    #expect(receipt.contains(#""zzz" -> matches nothing"#))
    #expect(receipt.contains(#""other" -> something unnamed"#))
    #expect(receipt.contains(#""nothing" -> an answer that proves nothing"#))
    #expect(receipt.contains("leaves unknown: b: an answer matches nothing"))
    #expect(receipt.contains("b unknown"))
  }

  @Test func whatIsMissingIsNamed() throws {
    let receipt = try explain("r1", "id,has\nr1,a\n")
    #expect(receipt.contains("scored: stage 1 Step 1"))
    #expect(receipt.contains("Missing for stage 2 Step 2 (progress 0.000000)"))
    #expect(receipt.contains("- About b [b]"))
  }

  @Test func aCellCannotPassForALineOfOurs() throws {
    let receipt = try explain("r1", "id,has\nr1,\"a\nResult\"\n")
    #expect(receipt.contains(#"has: "a\nResult""#))
  }

  @Test func anIdThatDoesNotOccurIsNotRepeated() throws {
    let failure = #expect(throws: ExplanationFailure.self) {
      try explain("secret", "id,has\nr1,a\nr2,b\n")
    }
    guard case .notFound(byID: true, read: 2)? = failure else {
      Issue.record("another failure")
      return
    }
  }

  @Test func anIdMayHoldANumberSign() throws {
    let receipt = try explain("team#7", "id,has\nteam#7,a\n")
    #expect(receipt.contains(#"respondent "team#7""#))
  }

  @Test func absorptionNamesWhereItComesFrom() throws {
    var ladder = Ladder([.any("a")], [.any("b")])
    ladder.edit("a") { $0.absorbedBy = ["b"] }
    let receipt = try explain("r1", "id,has\nr1,b\n", ladder: ladder)
    #expect(receipt.contains("  a: absorbed by b"))
    #expect(receipt.contains("a yes (absorbed by b)"))
  }

  @Test func theDocumentSaysWhatTheTextSays() throws {
    let explanation = try explanation(of: "r1", "id,has\nr1,A;zzz\n")
    let bytes = Data(ExplanationDocument(explanation).document.document.utf8)
    let document = try #require(JSONSerialization.jsonObject(with: bytes) as? [String: Any])
    #expect(document["schema"] as? String == "stagecraft/explanation/1")
    let result = try #require(document["result"] as? [String: Any])
    #expect(result["stage"] as? Int == 1)
    #expect(result["stage_high"] as? Int == 2)
    #expect(result["blocking"] as? [String] == ["b"])
    let questions = try #require(document["questions"] as? [[String: Any]])
    #expect(questions[0]["leaves_unknown"] as? [String] == ["b"])
    #expect(questions[0]["because"] as? String == "unmapped")
  }

  private func explain(
    _ name: String, _ csv: String, ladder: Ladder = Ladder([.any("a")], [.any("b")]),
    duplicates: String = "keep", more: String = ""
  ) throws -> String {
    ExplanationText(
      try explanation(of: name, csv, ladder: ladder, duplicates: duplicates, more: more)
    ).text
  }

  /// The receipt of one record of a small export.
  private func explanation(
    of name: String, _ csv: String, ladder: Ladder = Ladder([.any("a")], [.any("b")]),
    duplicates: String = "keep", more: String = ""
  ) throws -> Explanation {
    let scratch = try ScratchDirectory()
    try scratch.write(ladder.yaml, as: "model.yaml")
    let survey = SmallQuestionnaire(of: ladder).yaml()
      .replacing("{id: id}", with: "{id: id, duplicates: \(duplicates)}")
    let surveyFile = try scratch.write(survey + more, as: "survey.yaml")
    let configuration = RunConfiguration(
      inputs: [try scratch.write(csv, as: "input.csv")], surveyFile: surveyFile,
      outputDirectory: "", jobs: 1, command: [])
    let definitions = try Definitions(surveyFile: surveyFile, model: nil)
    return try Explainer(configuration, definitions: definitions).explain(name)
  }
}
