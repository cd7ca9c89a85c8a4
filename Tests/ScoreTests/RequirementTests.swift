import StagecraftTestSupport
import Testing

/// What a requirement is worth in Kleene's three-valued logic.
@Suite struct RequirementTests {
  enum State { case holds, fails, open }

  /// The state of a requirement of stage 1.
  private func state(
    _ requirement: Ladder.Requirement, _ answers: Answers, deniable: [String]? = nil,
    merged: [Ladder.Merged] = [], waives: Bool = true
  ) throws -> State {
    // Beside two that never hold, so that the stage can be told and stays the next one.
    var ladder = Ladder([requirement, .any("never"), .any("nor_this")], coverage: "0")
    ladder.merged = merged
    var questionnaire = SmallQuestionnaire(of: ladder)
    if let deniable { questionnaire.deniable = deniable + ["never", "nor_this"] }
    questionnaire.minObservable = "0"
    questionnaire.waivesUnobservable = waives
    let outcome = try Scoring(ladder, questionnaire).outcome(answers)
    if outcome.blockingUnknown.contains(requirement.id) { return .open }
    return outcome.blocking.contains(requirement.id) ? .fails : .holds
  }

  @Test(arguments: [
    (["a", "b"], [], 1, State.holds), (["a"], ["b"], 1, .holds), (["a"], [], 1, .holds),
    ([], ["a", "b"], 1, .fails), ([], ["a"], 1, .open), ([], [], 1, .open),
    (["a", "b"], [], 2, .holds), (["a"], ["b"], 2, .fails), (["a"], [], 2, .open),
    ([], ["a"], 2, .fails), ([], [], 2, .open),
  ])
  func anyOfIsThreeValued(
    _ yes: [String], _ no: [String], _ atLeast: Int, _ expected: State
  ) throws {
    let requirement = Ladder.Requirement.any("a", "b", atLeast: atLeast)
    #expect(try state(requirement, Answers(yes: yes, no: no)) == expected)
  }

  @Test func whatCannotBeObservedCannotSaveARequirement() throws {
    let answers = Answers(no: ["a"])
    #expect(try state(.any("a", "b"), answers, deniable: ["a"]) == .fails)
    #expect(try state(.any("a", "b"), answers, deniable: ["a", "b"]) == .open)
  }

  @Test func whatCannotBeObservedHelpsWhenItIsThere() throws {
    let answers = Answers(yes: ["b"], no: ["a"])
    #expect(try state(.any("a", "b"), answers, deniable: ["a"]) == .holds)
  }

  private static let merged = [Ladder.Merged(id: "a_or_b", oneOf: ["a", "b"])]

  @Test(arguments: [(1, State.holds), (2, .open)])
  func aMergedOptionSatisfiesWhatHoldsAllOfItsCriteria(_ atLeast: Int, _ expected: State) throws {
    let requirement = Ladder.Requirement.any("a", "b", "c", atLeast: atLeast)
    let answers = Answers(merged: ["a_or_b"])
    #expect(try state(requirement, answers, merged: RequirementTests.merged) == expected)
  }

  @Test func aMergedOptionIsNothingToWhatHoldsOnlyOneOfItsCriteria() throws {
    let options = [Ladder.Merged(id: "a_or_never", oneOf: ["a", "never"])]
    let answers = Answers(merged: ["a_or_never"])
    #expect(try state(.any("a", "c"), answers, merged: options) == .open)
  }

  @Test(arguments: [
    (["c"], [], State.holds), ([], ["c"], .open), (["a"], ["c"], .open),
    (["a"], ["b", "c"], .fails),
  ])
  func aMergedOptionIsOneMoreUnlessOneOfItsCriteriaIsThereAnyway(
    _ yes: [String], _ no: [String], _ expected: State
  ) throws {
    let answers = Answers(yes: yes, no: no, merged: ["a_or_b"])
    let found = try state(
      .any("a", "b", "c", atLeast: 2), answers, merged: RequirementTests.merged)
    #expect(found == expected)
  }

  @Test func twoMergedOptionsLeaveOpenWhatAnUnknownCriterionCouldDecide() throws {
    // If a is there, the second option still stands for one of c and d: two of four.
    let options = RequirementTests.merged + [.init(id: "c_or_d", oneOf: ["c", "d"])]
    let answers = Answers(no: ["b", "c", "d"], merged: ["a_or_b", "c_or_d"])
    let found = try state(.any("a", "b", "c", "d", atLeast: 2), answers, merged: options)
    #expect(found == .open)
  }

  @Test func anUnobservableRequirementIsDroppedWhereTheSurveyWaives() throws {
    let requirement = Ladder.Requirement.any("a", "b", atLeast: 2)
    let answers = Answers(no: ["a"])
    #expect(try state(requirement, answers, deniable: ["a"]) == .holds)
    #expect(try state(requirement, answers, deniable: ["a"], waives: false) == .open)
  }

  @Test func anUnobservableRequirementCanStillBeTrue() throws {
    let answers = Answers(yes: ["a"])
    #expect(try state(.any("a"), answers, deniable: [], waives: false) == .holds)
  }
}
