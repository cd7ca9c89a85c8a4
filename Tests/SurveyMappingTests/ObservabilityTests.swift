import MaturityModel
import SurveyMapping
import Testing

@Suite struct ObservabilityTests {
  private func observability(_ questions: String, thresholds: String = "{}") throws -> Observability
  {
    let text =
      "schema: stagecraft/survey/1\nid: x\nthresholds: \(thresholds)\nquestions:\n" + questions
    return Observability(survey: try survey(text), model: try smallModel())
  }

  private let options = "- {id: a, columns: [A], style: options, asks: [git, lead]}\n"
  private let choice = "- {id: b, columns: [B], style: choice, asks: [engineer]}\n"
  private let scale = "- {id: c, column: C, style: scale, criterion: pipeline, yes: [x], no: [y]}\n"

  @Test func askedCriteriaAreDeniableInOptionsAndLists() throws {
    let seen = try observability(options)
    #expect(seen.deniable == [true, false, true, false, true, false])
    #expect(seen.questionsAbout == [[0], [], [0], [], [0], []])
  }

  @Test func everyTermCanConfirmInAnyQuestionThatLooksUp() throws {
    let seen = try observability(choice)
    #expect(seen.deniable == Array(repeating: false, count: 6))
    #expect(seen.confirmable == [true, false, true, false, true, false])
    #expect(seen.questionsAbout == [[], [0], [], [], [], []])
  }

  @Test func deniableInOneAndConfirmableInAnotherQuestionIsBoth() throws {
    let seen = try observability(options + choice)
    #expect(seen.deniable[0] && seen.confirmable[0])
    #expect(try !observability(options).confirmable[0])
  }

  @Test(arguments: [
    ("yes: [x], no: [y]", true, false), ("yes: [x]", false, true), ("no: [y]", true, false),
  ])
  func scaleDeniesWithNoAndConfirmsWithYesAlone(
    _ keys: String, _ deniable: Bool, _ confirmable: Bool
  ) throws {
    let seen = try observability("- {id: c, column: C, style: scale, criterion: engineer, \(keys)}")
    #expect(seen.deniable[1] == deniable)
    #expect(seen.confirmable[1] == confirmable)
  }

  @Test func mirrorIsWhatItMirrors() throws {
    let seen = try observability("- {id: a, columns: [A], style: list, asks: [lead]}")
    #expect(seen.deniable[4] == seen.deniable[2])
    #expect(seen.questionsAbout[4] == [0])
  }

  @Test func oneRequirementIsEnoughOnlyWhereThereIsOne() throws {
    let seen = try observability(options + scale)
    #expect(seen.observableRequirements == [[], [true], [false, false, true]])
    #expect(seen.assessable == [true, true, false])
    #expect(seen.assessableStages == [1])
    #expect(seen.nextStage(after: 0) == 1)
    #expect(seen.nextStage(after: 1) == nil)
  }

  @Test func shareOfObservableRequirementsIsCompared() throws {
    let asks = "- {id: a, columns: [A], style: list, asks: [engineer, pipeline]}"
    #expect(try observability(asks).assessableStages == [2])
    #expect(try observability(asks, thresholds: "{min_observable: 0.666666666}").assessable[2])
    #expect(try !observability(asks, thresholds: "{min_observable: 0.666666667}").assessable[2])
  }

  @Test func stageZeroIsNamedAfterTheLowestAssessableStage() throws {
    let model = try smallModel()
    let second = try observability(
      "- {id: a, columns: [A], style: list, asks: [engineer, pipeline]}")
    #expect(second.stageName(0, model: model) == "Below Second")
    #expect(second.stageName(2, model: model) == "Second")
    #expect(try observability(options).stageName(0, model: model) == "Start")
    #expect(try observability("").stageName(0, model: model) == "Start", "nothing is assessable")
  }
}
