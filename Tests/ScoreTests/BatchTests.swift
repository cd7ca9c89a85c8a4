import MaturityModel
import StagecraftTestSupport
import Testing

@testable import Score

/// Whole batches, 64 responses at a time, against the same rules one response after the other.
@Suite struct BatchTests {
  /// The criteria take one, two and three words a row.
  @Test(arguments: [(1, nil), (2, nil), (3, nil), (4, 64), (5, 70), (6, 150)] as [(UInt64, Int?)])
  func batchesOfAnySizeAreScoredAsTheirResponsesAre(_ seed: UInt64, _ criteria: Int?) throws {
    var cases = RandomCases(seed: seed)
    for _ in 0..<(criteria == nil ? 12 : 3) {
      let ladder = cases.ladder(criteria: criteria)
      let questionnaire = cases.questionnaire(of: ladder)
      let scoring = try Scoring(ladder, questionnaire)
      // A large batch first, so that what it leaves behind would be seen in the small ones.
      for size in [200, 0, 1, 63, 64, 65] {
        let batch = (0..<size).map { _ in cases.answers(to: questionnaire, ladder) }
        let (found, expected) = (scoring.outcomes(batch), scoring.evaluatedOutcomes(batch))
        for response in batch.indices where found[response] != expected[response] {
          Issue.record(
            """
            \(ladder.yaml)\(questionnaire.yaml())\(batch[response])
            response \(response) of \(size)
            found    \(found[response])
            expected \(expected[response])
            """)
          return
        }
        #expect(scoring.rowsAgreeWithWords())
      }
    }
  }

  @Test(arguments: [StageReading.strict, .lenient])
  func otherReadingsOfTheRulesAreScoredAsTheirResponsesAre(_ reading: StageReading) throws {
    var cases = RandomCases(seed: 7)
    var differing = 0
    for _ in 0..<20 {
      let ladder = cases.ladder()
      let questionnaire = cases.questionnaire(of: ladder)
      let batch = (0..<70).map { _ in cases.answers(to: questionnaire, ladder) }
      let scoring = try Scoring(ladder, questionnaire, reading: reading)
      let found = scoring.outcomes(batch)
      #expect(found == scoring.evaluatedOutcomes(batch))
      let usual = try Scoring(ladder, questionnaire).outcomes(batch)
      for (usual, found) in zip(usual, found) {
        #expect(reading == .strict ? found.low <= usual.low : found.low >= usual.low)
        #expect(reading == .strict ? found.high <= usual.high : found.high >= usual.high)
        if usual.low != found.low { differing += 1 }
      }
    }
    #expect(differing > 50)
  }

  @Test func conditionsDifferWithinABlock() throws {
    var ladder = Ladder(
      [.any("a"), .any("m", when: "large"), .any("k", when: "rich")], coverage: "0.6")
    ladder.when("large", ("team", above: 9, unlessKnown: nil))
    ladder.when("rich", ("money", above: 9, unlessKnown: nil))
    ladder.edit("m") { $0.weight = "3" }
    let bands: [Answers.Band?] = [nil, .exactly(1), .exactly(50)]
    var batch: [Answers] = []
    for team in bands {
      for money in bands {
        for yes in [[], ["a"], ["a", "m"], ["a", "k"], ["m", "k"], ["a", "m", "k"]] {
          let no = ["a", "m", "k"].filter { !yes.contains($0) }
          var answers = Answers(yes: yes, no: batch.count % 2 == 0 ? no : [])
          answers.metrics["team"] = team
          answers.metrics["money"] = money
          batch.append(answers)
        }
      }
    }
    let scoring = try Scoring(ladder)
    #expect(scoring.outcomes(batch) == scoring.evaluatedOutcomes(batch))
  }

  @Test func compensatoryFloorsBeyondSixtyFourBitsAreExactToo() throws {
    let weights = (0..<8).map { "0.\(123_456_789 + 2 * $0)" }
    var ladder = Ladder(
      stages: weights.indices.map { Ladder.Stage(requirements: [.any("c\($0)")]) })
    for (index, weight) in weights.enumerated() {
      ladder.edit("c\(index)") { $0.weight = weight }
      ladder.add("s\(index)", stage: index + 1, need: "soft")
    }
    var numbers = SeededGenerator(seed: 4)
    let names = ladder.criteria.map(\.id)
    let batch = (0..<70).map { _ in
      let yes = numbers.some(of: names, onceIn: 2)
      return Answers(yes: yes, no: names.filter { !yes.contains($0) })
    }
    let scoring = try Scoring(ladder)
    let found = scoring.outcomes(batch)
    #expect(found == scoring.evaluatedOutcomes(batch))
    #expect(Set(found.map(\.compensatoryFloor)).count > 3)
  }

  @Test func aBatchWithoutAnyAssessableStageIsAllAtTheBottom() throws {
    let ladder = Ladder([.any("a"), .any("b")])
    let scoring = try Scoring(ladder, SmallQuestionnaire(deniable: ["a"]))
    let outcomes = scoring.outcomes(Array(repeating: Answers(yes: ["a", "b"]), count: 65))
    #expect(outcomes.allSatisfy { $0.isScored && $0.high == 0 && $0.next == nil })
    #expect(outcomes.allSatisfy { $0.compensatoryFloor == 0 && $0.highest == 0 })
  }
}
