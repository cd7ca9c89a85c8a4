import StagecraftTestSupport
import Testing

/// Requirements that apply only under a condition.
@Suite struct ConditionTests {
  /// Stage 1 asks for `a`, and for `m` where the team is large.
  private func ladder(coverage: String = "0") -> Ladder {
    var ladder = Ladder([.any("a"), .any("m", when: "large")], coverage: coverage)
    ladder.when(
      "large", ("share", above: 30, unlessKnown: nil), ("team", above: 9, unlessKnown: "share"))
    return ladder
  }

  @Test(
    arguments: [
      (30, 30, nil, nil, "not applicable"), (31, 31, nil, nil, "no"),
      (0, 30, nil, nil, "not applicable"),
      (31, nil, nil, nil, "no"), (25, 50, nil, nil, "no"), (nil, 30, nil, nil, "not applicable"),
      // A small team decides nothing while the share is unknown: any of unknown and false.
      (nil, nil, 9, 9, "no"), (nil, nil, 10, 10, "no"),
      // A known share silences the team, even a share that decides nothing.
      (30, 30, 50, 50, "not applicable"), (25, 50, 5, 5, "no"),
    ] as [(Int?, Int?, Int?, Int?, String)])
  func onlyAConditionKnownToBeFalseMakesACriterionNotApplicable(
    _ low: Int?, _ high: Int?, _ teamLow: Int?, _ teamHigh: Int?, _ evidence: String
  ) throws {
    var answers = Answers(no: ["m"])
    if low != nil || high != nil { answers.metrics["share"] = .init(low: low, high: high) }
    if let teamLow { answers.metrics["team"] = .init(low: teamLow, high: teamHigh) }
    #expect(try Scoring(ladder()).outcome(answers).shown["m"] == evidence)
  }

  @Test func withoutAnyMetricTheConditionIsUnknown() throws {
    let outcome = try Scoring(ladder()).outcome(Answers(yes: ["a"], no: ["m"]))
    #expect(outcome.blockingUnknown == ["m"])
    #expect((outcome.low, outcome.high) == (0, 1))
  }

  @Test func aRequirementThatHoldsAnywayNeedsNoCondition() throws {
    let outcome = try Scoring(ladder()).outcome(Answers(yes: ["a", "m"]))
    #expect((outcome.low, outcome.high) == (1, 1))
  }

  @Test func aFalseConditionDropsTheRequirement() throws {
    let answers = Answers(yes: ["a"], no: ["m"], metrics: ["share": .exactly(30)])
    let outcome = try Scoring(ladder(coverage: "1")).outcome(answers)
    #expect((outcome.low, outcome.high) == (1, 1))
    #expect(outcome.blocking.isEmpty)
  }

  @Test func coverageTakesTheWorseOfBothWaysAtLow() throws {
    // Where the condition holds, m counts: one of two. Where it does not: one of one.
    let answers = Answers(yes: ["a"], no: ["m"])
    let outcome = try Scoring(ladder(coverage: "1")).outcome(answers)
    #expect(outcome.progress == 500_000)
    #expect((outcome.low, outcome.high) == (0, 1))
  }

  @Test func theWorseWayCanBeTheOneInWhichTheConditionIsFalse() throws {
    // With m, two of three; without it, one of two: m helps the coverage.
    var ladder = ladder(coverage: "0.6")
    ladder.add("s", stage: 1, need: "soft")
    let outcome = try Scoring(ladder).outcome(Answers(yes: ["a", "m"], no: ["s"]))
    #expect(outcome.progress == 500_000)
    #expect((outcome.low, outcome.high) == (0, 1))
    #expect(outcome.blocking.isEmpty)
  }

  @Test func aCriterionThatAnotherRequirementNamesStillApplies() throws {
    var ladder = Ladder([.any("a", "m"), .any("m", when: "large")])
    ladder.when("large", ("share", above: 30, unlessKnown: nil))
    let answers = Answers(yes: ["m"], no: ["a"], metrics: ["share": .exactly(1)])
    #expect(try Scoring(ladder).outcome(answers).shown["m"] == "yes")
  }

  @Test func aConditionWithAllItemsSilencedIsFalse() throws {
    var ladder = Ladder([.any("a"), .any("m", when: "large")], coverage: "0")
    ladder.when("large", ("team", above: 9, unlessKnown: "share"))
    var questionnaire = SmallQuestionnaire(of: ladder)
    questionnaire.metrics = ["share", "team"]
    let answers = Answers(no: ["m"], metrics: ["share": .exactly(90), "team": .exactly(90)])
    #expect(try Scoring(ladder, questionnaire).outcome(answers).shown["m"] == "not applicable")
  }
}
