import StagecraftTestSupport
import Testing

/// Which stages can be told, which of them hold, and when a response can be scored at all.
@Suite struct StageTests {
  /// Four requirements of one criterion each.
  private func wide() -> Ladder { Ladder([.any("a"), .any("b"), .any("c"), .any("d")]) }

  @Test(arguments: [
    (["a", "b"], "0.5", 1), (["a", "b"], "0.500000001", 0), (["a"], "0", 0), ([], "0", 0),
    (["a", "b", "c", "d"], "1", 1), (["a", "b", "c"], "1", 0),
  ])
  func aStageNeedsTwoObservableRequirementsAndTheirShare(
    _ deniable: [String], _ minimum: String, _ stage: Int
  ) throws {
    var questionnaire = SmallQuestionnaire(deniable: deniable)
    questionnaire.minObservable = minimum
    let scoring = try Scoring(wide(), questionnaire)
    #expect(scoring.outcome(Answers(yes: ["a", "b", "c", "d"])).low == stage)
  }

  @Test func theOnlyRequirementOfAStageIsEnough() throws {
    #expect(try Scoring(Ladder([.any("a")])).outcome(Answers(yes: ["a"])).low == 1)
  }

  @Test func aRequirementForTwoIsObservableOnlyWhenTwoAre() throws {
    let ladder = Ladder([.any("a", "b", "c", atLeast: 2)])
    for (deniable, stage) in [(["a"], 0), (["a", "b"], 1)] {
      let scoring = try Scoring(ladder, SmallQuestionnaire(deniable: deniable))
      #expect(scoring.outcome(Answers(yes: ["a", "b", "c"])).low == stage)
    }
  }

  @Test func aStageThatCannotBeToldDoesNotBlockHigherOnes() throws {
    let ladder = Ladder([.any("a")], [.any("b")], [.any("c")])
    let scoring = try Scoring(ladder, SmallQuestionnaire(deniable: ["a", "c"]))
    let outcome = scoring.outcome(Answers(yes: ["a", "c"]))
    #expect((outcome.low, outcome.high) == (3, 3))
    #expect(scoring.outcome(Answers(yes: ["a"], no: ["c"])).next == 3)
  }

  @Test func aStageThatCannotBeToldCannotBeReached() throws {
    let ladder = Ladder([.any("a")], [.any("b")])
    let outcome = try Scoring(ladder, SmallQuestionnaire(deniable: ["a"])).outcome(
      Answers(yes: ["a", "b"]))
    #expect((outcome.low, outcome.high, outcome.highest) == (1, 1, 1))
    #expect(outcome.next == nil)
  }

  @Test func stagesAreClimbedInOrderAndHighestIsNot() throws {
    let ladder = Ladder([.any("a")], [.any("b")], [.any("c")])
    let outcome = try Scoring(ladder).outcome(Answers(yes: ["a", "c"], no: ["b"]))
    #expect((outcome.low, outcome.high, outcome.highest) == (1, 1, 3))
  }

  @Test func unknownIsReadAsNoAtLowAndAsYesAtHigh() throws {
    let ladder = Ladder([.any("a")], [.any("b")], [.any("c")])
    let outcome = try Scoring(ladder).outcome(Answers(yes: ["a"], no: ["c"]))
    #expect((outcome.low, outcome.high, outcome.highest) == (1, 2, 1))
  }

  @Test(arguments: [
    (["a", "b"], true), (["a"], false), (["a", "b", "c"], true), ([], false),
  ])
  func exactlyHalfOfTheRequirementsKnownIsEnoughToScore(
    _ known: [String], _ isScored: Bool
  ) throws {
    #expect(try Scoring(wide()).outcome(Answers(yes: known)).isScored == isScored)
  }

  @Test func aResponseWithADeterminedStageIsScoredHoweverLittleIsKnown() throws {
    let ladder = Ladder([.any("a")], [.any("b"), .any("c"), .any("d")])
    let outcome = try Scoring(ladder).outcome(Answers(no: ["a"]))
    #expect((outcome.low, outcome.high, outcome.isScored) == (0, 0, true))
  }

  @Test func aRequirementThatDoesNotApplyIsKnown() throws {
    var ladder = Ladder([.any("a"), .any("m", when: "large")])
    ladder.when("large", ("team", above: 9, unlessKnown: nil))
    let answers = Answers(metrics: ["team": .exactly(3)])
    #expect(try Scoring(ladder).outcome(answers).isScored)
    #expect(try !Scoring(ladder).outcome(Answers()).isScored)
  }

  @Test func unobservableRequirementsAreNotAmongThoseThatMustBeKnown() throws {
    var questionnaire = SmallQuestionnaire(deniable: ["a", "b"])
    questionnaire.waivesUnobservable = false
    let outcome = try Scoring(wide(), questionnaire).outcome(Answers(yes: ["a"]))
    #expect((outcome.low, outcome.high, outcome.isScored) == (0, 1, true))
  }

  @Test func unobservableRequirementsKeepTheStageOpenUnlessWaived() throws {
    var questionnaire = SmallQuestionnaire(deniable: ["a", "b"])
    let answers = Answers(yes: ["a", "b"])
    #expect(try Scoring(wide(), questionnaire).outcome(answers).low == 1)
    questionnaire.waivesUnobservable = false
    let outcome = try Scoring(wide(), questionnaire).outcome(answers)
    #expect((outcome.low, outcome.high) == (0, 1))
    #expect(outcome.blockingUnknown == ["c", "d"])
  }
}
