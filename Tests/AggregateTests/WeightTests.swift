import StagecraftTestSupport
import Testing

@testable import Aggregate

/// Weighted counts, shares and effective sizes, exact to the last printed digit.
@Suite struct WeightTests {
  /// Stage 1 is reached by whoever has `a`.
  private func distribution(
    _ people: [Person], isWeighted: Bool = true
  ) throws -> [String: String] {
    let ladder = Ladder([.any("a")])
    var questionnaire = SmallQuestionnaire(of: ladder)
    questionnaire.isWeighted = isWeighted
    let table = try Tallying(ladder, questionnaire).tally(people).published("stage_distribution")
    return try #require(table.row(where: ["stage": "1"]))
  }

  private func reached(_ weight: UInt64) -> Person { Person(yes: ["a"], weight: weight) }
  private func missed(_ weight: UInt64) -> Person { Person(no: ["a"], weight: weight) }

  @Test func aBillionAndFiveHundredBillionthsAreNotLost() throws {
    let large = reached(1_000_000_000_000_000_000)
    let tiny = Array(repeating: reached(1), count: 501)
    #expect(try distribution([large] + tiny)["weighted"] == "1000000000.000001")
    // Five hundred billionths are exactly half a millionth: to even.
    #expect(try distribution([large] + tiny.dropLast())["weighted"] == "1000000000.000000")
  }

  @Test func sharesAreWeightedAndCountsAreNot() throws {
    let row = try distribution([reached(100_000_000), missed(200_000_000)])
    #expect((row["n"], row["base_n"]) == ("1", "2"))
    #expect((row["weighted"], row["base_weighted"]) == ("0.100000", "0.300000"))
    #expect(row["share"] == "0.333333")
  }

  @Test(
    arguments: [
      ([1, 1, 1, 1], "4.000000"), ([1, 1, 2], "2.666667"), ([5], "1.000000"),
      ([1, 0, 0], "1.000000"),
    ] as [([UInt64], String)])
  func effectiveSizeIsKishs(_ weights: [UInt64], _ size: String) throws {
    let people = weights.map { reached($0 * 1_000_000_000) }
    #expect(try distribution(people)["n_effective"] == size)
  }

  @Test func withoutWeightsEverybodyCountsOne() throws {
    let people = [reached(7), missed(7), missed(7)]
    let row = try distribution(people, isWeighted: false)
    #expect((row["weighted"], row["base_weighted"]) == ("1.000000", "3.000000"))
    #expect((row["share"], row["n_effective"]) == ("0.333333", "3.000000"))
  }

  @Test func weightsOfOneGiveTheTablesOfNoWeights() throws {
    var numbers = SeededGenerator(seed: 3)
    var people = numbers.people(50)
    for index in people.indices { people[index].weight = 1_000_000_000 }
    var unweighted = SharedLadder.questionnaire
    unweighted.isWeighted = false
    let first = try Tallying().tally(people).publishedTables()
    let second = try Tallying(SharedLadder.ladder, unweighted).tally(people).publishedTables()
    #expect(first == second)
  }

  @Test func aShareOverAnEmptyBaseIsEmpty() throws {
    let row = try distribution([])
    #expect((row["n"], row["weighted"], row["base_n"]) == ("0", "0.000000", "0"))
    for column in ["share", "share_low", "share_high", "n_effective"] { #expect(row[column] == "") }
  }

  @Test func aShareOverABaseWithoutWeightIsEmptyToo() throws {
    let row = try distribution([reached(0), missed(0)])
    #expect((row["n"], row["base_n"], row["base_weighted"]) == ("1", "2", "0.000000"))
    for column in ["share", "share_low", "share_high", "n_effective"] { #expect(row[column] == "") }
  }

  /// z² = 3.841459 and one of two: the bounds of Wilson's interval in closed form.
  @Test func theIntervalIsWilsons() throws {
    let row = try distribution([reached(1_000_000_000), missed(1_000_000_000)])
    #expect(
      (row["share"], row["share_low"], row["share_high"]) == ("0.500000", "0.094531", "0.905469"))
  }

  @Test func noTableHoldsANumberThatIsNone() throws {
    for people in [[], [reached(0)], [missed(0), reached(1)]] {
      for (name, text) in try Tallying().tally(people).publishedTables() {
        for word in ["nan", "inf", "NaN", "e-"] {
          #expect(!text.split(separator: ",").contains(Substring(word)), "\(name)")
        }
      }
    }
  }
}
