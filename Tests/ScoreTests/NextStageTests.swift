import StagecraftTestSupport
import Testing

/// What a response is told about its next stage, and what the gap tables are shown of it.
@Suite struct NextStageTests {
  private func ladder() -> Ladder {
    var ladder = Ladder([.any("a")], [.any("b"), .any("c")])
    ladder.add("w1", stage: 2, kind: "trigger", need: "context")
    ladder.add("w2", stage: 2, kind: "trigger", need: "context")
    ladder.add("w3", stage: 1, kind: "trigger", need: "context")
    ladder.add("copy", stage: 1, kind: "role", need: "soft", mirrors: "b")
    return ladder
  }

  @Test func blockingListsWhatIsNotTrueAndWhatOfItIsUnknown() throws {
    let outcome = try Scoring(ladder()).outcome(Answers(yes: ["a"], no: ["b"]))
    #expect(outcome.next == 2)
    #expect(outcome.blocking == ["b", "c"])
    #expect(outcome.blockingUnknown == ["c"])
  }

  @Test func atTheTopNothingBlocksAndProgressIsOne() throws {
    let outcome = try Scoring(ladder()).outcome(Answers(yes: ["a", "b", "c"], no: ["w1"]))
    #expect(outcome.next == nil)
    #expect(outcome.blocking.isEmpty)
    #expect(outcome.progress == 1_000_000)
    #expect(outcome.readiness == nil)
  }

  @Test func progressIsTheCoverageOfTheNextStage() throws {
    var ladder = ladder()
    ladder.edit("b") { $0.weight = "3" }
    let outcome = try Scoring(ladder).outcome(Answers(yes: ["a", "b"]))
    #expect(outcome.progress == 750_000)
    #expect(outcome.isNextCovered)
  }

  @Test(
    arguments: [
      (["w1"], ["w2"], 500_000), (["w1", "w2"], [], 1_000_000), ([], ["w1"], 0), ([], [], nil),
      (["w3"], [], nil),
    ] as [([String], [String], UInt64?)])
  func readinessIsTheShareOfKnownTriggersOfTheNextStage(
    _ yes: [String], _ no: [String], _ readiness: UInt64?
  ) throws {
    let outcome = try Scoring(ladder()).outcome(Answers(yes: ["a"] + yes, no: no))
    #expect(outcome.readiness == readiness)
  }

  @Test func triggersNeverCountTowardsAStage() throws {
    let answers = Answers(yes: ["a", "b", "c"], no: ["w1", "w2", "w3"])
    #expect(try Scoring(ladder()).outcome(answers).low == 2)
    #expect(try Scoring(ladder()).outcome(Answers(yes: ["w1", "w2", "w3"])).low == 0)
  }

  @Test(arguments: [(["b"], [], "yes"), ([], ["b"], "no"), ([], [], "unknown")])
  func aMirrorShowsItsOriginalsEvidence(
    _ yes: [String], _ no: [String], _ evidence: String
  ) throws {
    let outcome = try Scoring(ladder()).outcome(Answers(yes: yes, no: no))
    #expect(outcome.shown["copy"] == evidence)
  }

  @Test func aMirrorIsScoredOnce() throws {
    // Stage 1 covers only a: the copy of b, a soft criterion of stage 1, does not count there.
    let outcome = try Scoring(ladder()).outcome(Answers(yes: ["a"], no: ["b"]))
    #expect(outcome.low == 1)
    #expect(outcome.compensatory == 1_000_000)
  }

  @Test func aMirrorIsNotApplicableWithItsOriginal() throws {
    var ladder = Ladder([.any("a"), .any("m", when: "large")])
    ladder.when("large", ("team", above: 9, unlessKnown: nil))
    ladder.add("copy", stage: 1, need: "soft", mirrors: "m")
    let answers = Answers(yes: ["m"], metrics: ["team": .exactly(1)])
    let shown = try Scoring(ladder).outcome(answers).shown
    #expect(shown["copy"] == "not applicable")
    #expect(shown["m"] == "not applicable")
  }

  @Test func evidenceIsShownAfterAbsorption() throws {
    var ladder = ladder()
    ladder.edit("a") { $0.absorbedBy = ["c"] }
    let shown = try Scoring(ladder).outcome(Answers(yes: ["c"], no: ["a"])).shown
    #expect(shown["a"] == "yes")
  }

  @Test func criteriaBeyondTheSixtyFourthAreScoredAsTheOthers() throws {
    var ladder = Ladder(stages: [.init(requirements: (0..<60).map { .any("c\($0)") })])
    for number in 60..<140 { ladder.add("c\(number)", stage: 1, need: "soft") }
    ladder.edit("c3") { $0.absorbedBy = ["c139"] }
    ladder.add("copy", stage: 1, need: "soft", mirrors: "c100")
    let yes = (0..<140).filter { $0 != 3 && $0 % 7 != 6 || $0 == 139 || $0 < 60 && $0 != 3 }
    let scoring = try Scoring(ladder)
    let outcome = scoring.outcome(Answers(yes: yes.map { "c\($0)" }, no: ["c3", "c104"]))
    #expect((outcome.low, outcome.shown["c3"], outcome.shown["c104"]) == (1, "yes", "no"))
    #expect(outcome.shown["copy"] == outcome.shown["c100"])
    #expect(outcome.shown["copy"] == "yes")
  }
}
