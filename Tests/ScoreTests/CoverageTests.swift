import StagecraftTestSupport
import Testing

@testable import Score

/// A stage's coverage, and the compensatory score that is made of coverages.
@Suite struct CoverageTests {
  /// Stage 1 requires `a`; `s` is a soft criterion besides.
  private func ladder(coverage: String, need: String = "soft") -> Ladder {
    var ladder = Ladder([.any("a")], coverage: coverage)
    ladder.add("s", stage: 1, need: need)
    return ladder
  }

  @Test(arguments: [("0.5", 1), ("0.500000001", 0), ("0", 1), ("1", 0)])
  func coverageIsReachedAtExactlyItsThreshold(_ threshold: String, _ stage: Int) throws {
    let outcome = try Scoring(ladder(coverage: threshold)).outcome(Answers(yes: ["a"], no: ["s"]))
    #expect(outcome.low == stage)
  }

  @Test func unknownCountsAsNoAtLowAndAsYesAtHigh() throws {
    let outcome = try Scoring(ladder(coverage: "1")).outcome(Answers(yes: ["a"]))
    #expect((outcome.low, outcome.high, outcome.progress) == (0, 1, 500_000))
    #expect(outcome.blocking.isEmpty)
    #expect(!outcome.isNextCovered)
  }

  @Test(arguments: ["bonus", "context"])
  func onlyGateAndSoftCriteriaCount(_ need: String) throws {
    let scoring = try Scoring(ladder(coverage: "1", need: need))
    #expect(scoring.outcome(Answers(yes: ["a"], no: ["s"])).low == 1)
  }

  @Test func whatCannotBeObservedCountsForNothing() throws {
    let scoring = try Scoring(ladder(coverage: "1"), SmallQuestionnaire(deniable: ["a"]))
    #expect(scoring.outcome(Answers(yes: ["a"])).low == 1)
  }

  @Test func aMergedOptionEarnsNoCoverage() throws {
    var ladder = Ladder([.any("a", "b")], coverage: "0.5")
    ladder.merged = [.init(id: "either", oneOf: ["a", "b"])]
    let outcome = try Scoring(ladder).outcome(Answers(merged: ["either"]))
    #expect(outcome.blocking.isEmpty)
    #expect((outcome.low, outcome.high, outcome.progress) == (0, 1, 0))
  }

  @Test func absorptionIsTransitiveAndEarnsCoverage() throws {
    var ladder = Ladder([.any("a")], [.any("b")], [.any("c")])
    ladder.edit("a") { $0.absorbedBy = ["b"] }
    ladder.edit("b") { $0.absorbedBy = ["c"] }
    let outcome = try Scoring(ladder).outcome(Answers(yes: ["c"], no: ["a"]))
    #expect(outcome.shown == ["a": "yes", "b": "yes", "c": "yes"])
    #expect(outcome.low == 3)
  }

  @Test func coverageOverNothingIsMet() throws {
    var ladder = Ladder([.any("a")], coverage: "1")
    ladder.edit("a") { $0.need = "bonus" }
    let outcome = try Scoring(ladder).outcome(Answers(no: ["a"]))
    #expect(outcome.progress == 1_000_000)
    #expect(outcome.isNextCovered)
    #expect(outcome.compensatory == 1_000_000)
  }

  @Test func theCompensatoryScoreIsTheTopStageTimesTheMeanCoverage() throws {
    var ladder = Ladder([.any("a")], [.any("b")], [.any("c")])
    ladder.add("s", stage: 3, need: "soft")
    // (1 + 0 + 1/2) / 3 of 3 is one and a half.
    let outcome = try Scoring(ladder).outcome(Answers(yes: ["a", "c"], no: ["b", "s"]))
    #expect(outcome.compensatory == 1_500_000)
    #expect(outcome.compensatoryFloor == 1)
    #expect((outcome.low, outcome.highest) == (1, 3))
  }

  @Test func theCompensatoryFloorIsTakenFromTheExactScore() throws {
    // 1 - 10⁻⁹ is printed as 1.000000, and its floor is 0.
    var ladder = Ladder([.any("a")], coverage: "1")
    ladder.add("s", stage: 1, need: "soft")
    ladder.edit("a") { $0.weight = "0.999999999" }
    ladder.edit("s") { $0.weight = "0.000000001" }
    let outcome = try Scoring(ladder).outcome(Answers(yes: ["a"], no: ["s"]))
    #expect(outcome.compensatory == 1_000_000)
    #expect(outcome.compensatoryFloor == 0)
  }

  @Test func peculiarWeightsAreSummedExactlyToo() throws {
    // Eight stages with coprime wholes of nine digits do not fit in 128 bits.
    let weights = (0..<8).map { "0.\(123_456_789 + 2 * $0)" }
    var ladder = Ladder(
      stages: weights.indices.map { Ladder.Stage(requirements: [.any("c\($0)")]) })
    var coverages: [Fraction] = []
    for (index, weight) in weights.enumerated() {
      ladder.edit("c\(index)") { $0.weight = weight }
      ladder.add("s\(index)", stage: index + 1, need: "soft")
      coverages.append(Fraction(weight) / (Fraction(weight) + .one))
    }
    let answers = Answers(
      yes: weights.indices.map { "c\($0)" }, no: weights.indices.map { "s\($0)" })
    let outcome = try Scoring(ladder).outcome(answers)
    // The top stage over the number of stages is one: what is left is the sum.
    #expect(outcome.compensatory == coverages.reduce(.zero, +).millionths)
  }

  @Test func bothPathsOfTheCompensatoryScoreAgree() {
    var numbers = SeededGenerator(seed: 5)
    for _ in 0..<500 {
      let coverages = (0..<5).map { _ in
        let whole = UInt64(1 + numbers.number(below: numbers.oneIn(2) ? 12 : 1_000_000_000_000))
        return Coverage(part: UInt64(numbers.number(below: Int(whole) + 1)), whole: whole)
      }
      let sum = coverages.reduce(Fraction.zero) {
        $0 + Fraction("\($1.part)") / Fraction("\($1.whole)")
      }
      let (millionths, floor) = compensatoryScore(top: 5, coverages)
      #expect(millionths == sum.millionths)
      #expect(Int(floor) == sum.floor)
    }
  }

  @Test(arguments: [(1, 2, 0), (3, 2, 2), (5, 2, 2), (7, 2, 4), (1, 3, 0), (2, 3, 1), (4, 4, 1)])
  func halvesAreRoundedToEven(_ part: Int, _ whole: Int, _ rounded: UInt64) {
    #expect(roundedHalfToEven(UInt128(part), over: UInt128(whole)) == rounded)
  }
}
