import Inspection
import MaturityModel
import StagecraftTestSupport
import SurveyMapping
import Testing

/// What a check finds.
struct CheckTests {
  private let scratch: ScratchDirectory
  private static let csv =
    "Tools,Role,Status,More\n"
    + String(repeating: "Git;Gti,Data Engineer,done,Python\nPython,Gardener,done,Git\n", count: 3)
    + "Git,Data Engineer,test,Git\nGit,too,many,fields,here\n"

  init() throws { scratch = try ScratchDirectory() }

  private func check(_ questions: String, _ rest: String = "") throws -> SurveyCheck {
    let model = try builtInModel()
    let yaml = """
      schema: stagecraft/survey/1
      id: s
      \(rest)
      questions:
        - \(questions)
      """
    let survey = try Survey(yaml: Array(yaml.utf8), source: "s.yaml", model: model)
    let path = try scratch.write(CheckTests.csv, as: "export.csv")
    return try SurveyCheck(ExportRequest(path: path), survey: survey, model: model)
  }

  @Test func recordsAreCountedByWhatBecomesOfThem() throws {
    let check = try check(
      "{id: t, column: Tools, style: list}", "keep: [{id: real, column: Status, in: [done]}]")
    #expect(check.fates.read == 8)
    #expect(check.fates.kept == 6)
    #expect(check.fates.filtered == [1])
    #expect(check.fates.rejects.byReason == [.fieldCount: 1])
  }

  @Test func answersThatMatchNothingComeWithTheirCounts() throws {
    let check = try check("{id: t, column: Tools, style: list}")
    #expect(check.questions[0].answered == 7)
    #expect(check.questions[0].unmatched.map(\.text) == ["gti"])
    #expect(check.questions[0].unmatched.map(\.count) == [3])
    #expect(check.questions[0].matched == 7)
  }

  @Test func aTextThatTheExportDoesNotHoldIsNamedWithWhatItMayBeNow() throws {
    let check = try check("{id: t, column: Tools, style: list, none: [Gtii], other: [Other]}")
    #expect(check.questions[0].unseen.map(\.text) == ["gtii", "other"])
    #expect(check.questions[0].unseen[0].closest == "gti")
  }

  @Test func keysOfValuesThatNeverOccurAreNamed() throws {
    let check = try check(
      "{id: t, column: Tools, style: list}",
      "segments: [{id: role, column: Role, values: {Gardner: x, Data Engineer: y}}]")
    #expect(check.unseenValues.map(\.text) == ["gardner"])
    #expect(check.unseenValues[0].closest == "gardener")
  }

  @Test func aMissingColumnComesWithItsNeighbours() throws {
    let check = try check("{id: t, column: Tool, style: list}")
    let fault = try #require(check.faults?.faults.first)
    #expect(fault.kind == .unknownColumn("Tool", closest: ["Tools"]))
  }

  @Test func questionsThatNobodyUsesAreListed() throws {
    let check = try check("{id: t, column: Tools, style: list}")
    #expect(check.unused.map(\.name).contains("More"))
    #expect(!check.unused.map(\.name).contains("Tools"))
  }

  @Test func questionsThatNobodyAnsweredAreSaid() throws {
    let check = try check("{id: t, column: Tools, style: options, ticked: [yes]}")
    #expect(check.questions[0].answered == 0)
    #expect(CheckText(check, width: 80, isVerbose: false).text.contains("nobody answered it"))
  }
}
