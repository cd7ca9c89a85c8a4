import Score
import StagecraftTestSupport
import Statistics
import Testing

@testable import Aggregate

/// What missing answers could change, and how sure the shares are.
@Suite struct BoundsTests {
  /// Stage 1 wants `a`, stage 2 `b`.
  private func table(_ name: String, _ people: [Person]) throws -> PublishedTable {
    let ladder = Ladder([.any("a")], [.any("b")])
    var questionnaire = SmallQuestionnaire(of: ladder)
    questionnaire.isWeighted = true
    questionnaire.minAnswered = "0"
    return try Tallying(ladder, questionnaire).tally(people).published(name)
  }

  @Test func theRangeIsWhatMissingAnswersDecide() throws {
    let people = [
      Person(yes: ["a", "b"]), Person(yes: ["a"]), Person(no: ["a"], weight: 2_000_000_000),
      Person(yes: ["b"]),
    ]
    let bounds = try table("stage_bounds", people)
    let first = try #require(bounds.row(where: ["stage": "1"]))
    #expect((first["n_low"], first["n_high"], first["base_n"]) == ("2", "3", "4"))
    #expect((first["share_low"], first["share_high"]) == ("0.400000", "0.600000"))
    #expect(first["share_open"] == "0.200000")
    let second = try #require(bounds.row(where: ["stage": "2"]))
    #expect((second["n_low"], second["n_high"]) == ("1", "3"))
    #expect((second["share_low"], second["share_high"]) == ("0.200000", "0.600000"))
    for row in bounds.rows {
      #expect((row["n_determined"], row["share_determined"]) == ("2", "0.600000"))
      #expect((row["share_undetermined"], row["n_effective"]) == ("0.400000", "3.571429"))
    }
  }

  @Test func theIntervalHoldsTheWholeRange() throws {
    let people = [Person(yes: ["a", "b"]), Person(yes: ["a"]), Person(no: ["a"])]
    let row = try #require(try table("stage_bounds", people).row(where: ["stage": "2"]))
    let (low, high) = (
      wilsonInterval(share: 1 / 3, size: 3).low, wilsonInterval(share: 2 / 3, size: 3).high
    )
    #expect((row["interval_low"], row["interval_high"]) == (sixDecimals(low), sixDecimals(high)))
  }

  @Test(arguments: [1, 2, 3] as [UInt64])
  func boundsAreThoseOfEachResponse(_ seed: UInt64) throws {
    var numbers = SeededGenerator(seed: seed)
    let tallying = try Tallying()
    let people = numbers.people(300)
    let scores = tallying.scores(people)
    let bounds = try tallying.tally(people).published("stage_bounds")
    for country in ["all"] + Set(people.map(\.country)) {
      let group = zip(people, scores).filter { country == "all" || $0.0.country == country }
      let weight = { (isCounted: (ResponseScore) -> Bool) in
        WeightSum(
          billionths: group.filter { isCounted($0.1) }.reduce(0) { $0 + UInt128($1.0.weight) })
      }
      let base = weight { _ in true }
      for stage in 0...3 {
        let row = try #require(
          bounds.rows.first { row in
            [country, "'" + country].contains(row["segment_value"]) && row["stage"] == "\(stage)"
          })
        #expect(row["n_low"] == "\(group.count { $0.1.low >= stage })")
        #expect(row["n_high"] == "\(group.count { $0.1.high >= stage })")
        #expect(row["n_determined"] == "\(group.count { $0.1.low == $0.1.high })")
        let high = ExactRatio(weight { $0.high >= stage }, over: base)
        #expect(row["share_high"] == high?.sixDecimals)
        let undetermined = ExactRatio(weight { $0.low != $0.high }, over: base)
        #expect(row["share_undetermined"] == undetermined?.sixDecimals)
      }
    }
  }

  @Test func nobodyHasARangeOfNothing() throws {
    let row = try #require(try table("stage_bounds", []).row(where: ["stage": "1"]))
    #expect((row["n_low"], row["n_high"], row["n_determined"]) == ("0", "0", "0"))
    for column in ["share_low", "share_high", "share_open", "interval_low", "interval_high"] {
      #expect(row[column] == "")
    }
  }

  @Test func aWorkerWithoutAnyBatchCountsNobody() throws {
    let ladder = Ladder([.any("a")])
    let tallying = try Tallying(ladder, SmallQuestionnaire(of: ladder))
    var tally = tallying.tally([[Person]]())
    tally.merge(tallying.tally([Person(yes: ["a"])]))
    let row = try #require(try tally.published("stage_bounds").row(where: ["stage": "1"]))
    #expect((row["n_low"], row["base_n"]) == ("1", "1"))
  }

  @Test func anIntervalThatIsMissingHasAReason() throws {
    for (people, reason) in [
      ([], "no_responses"), ([Person(yes: ["a"], weight: 0)], "no_weight"),
    ] {
      for row in try table("stage_intervals", people).rows {
        #expect((row["presentation"], row["reasons"]) == ("none", reason))
        #expect(row["wilson_low"] == "")
      }
    }
  }

  @Test func aStageThatCannotBeToldHasNoInterval() throws {
    let ladder = Ladder([.any("a")], [.any("b")])
    let questionnaire = SmallQuestionnaire(deniable: ["a"])
    let people = [Person(yes: ["a"]), Person(no: ["a"])]
    let tally = try Tallying(ladder, questionnaire).tally(people)
    let row = try #require(try tally.published("stage_intervals").row(where: ["stage": "2"]))
    #expect((row["share"], row["korn_graubard_high"]) == ("0.000000", ""))
    #expect((row["presentation"], row["reasons"]) == ("none", "not_assessable"))
  }

  /// Three categories: Goodman's A is 5.731139.
  @Test func intervalsStandOnTheEffectiveSize() throws {
    let people =
      Array(repeating: Person(yes: ["a"], weight: 3_000_000_000), count: 20)
      + Array(repeating: Person(no: ["a"]), count: 60)
    let row = try #require(try table("stage_intervals", people).row(where: ["stage": "1"]))
    let observed = ObservedShare(share: 0.5, size: 60)
    #expect((row["share"], row["n_effective"]) == ("0.500000", "60.000000"))
    #expect(row["wilson_low"] == sixDecimals(observed.wilson.low))
    #expect(row["jeffreys_high"] == sixDecimals(observed.jeffreys.high))
    #expect(row["korn_graubard_low"] == sixDecimals(observed.kornGraubard.low))
    let limit = ObservedShare.goodmanLimit(categories: 3)
    #expect(row["goodman_high"] == sixDecimals(observed.goodman(limit: limit).high))
    #expect((row["presentation"], row["reasons"]) == ("show", ""))
  }
}
