import Foundation
import StagecraftTestSupport
import Testing

@testable import Aggregate

/// What would move whom, by hand.
@Suite struct LeverageTests {
  private static let ladder = Ladder(
    [.any("a"), .any("b"), .any("c")], [.any("d")], [.any("e")], coverage: "0.1")

  private let people = [
    // c alone is missing, and d and e are there already.
    Person(yes: ["a", "b", "d", "e"], no: ["c"], record: 1),
    Person(yes: ["a", "b"], no: ["c", "d", "e"], record: 2),
    Person(yes: ["a"], no: ["b", "c", "d", "e"], record: 3),
    // Nothing, so coverage is not met either.
    Person(no: ["a", "b", "c", "d", "e"], record: 4),
    Person(yes: ["a", "b", "c", "d", "e"], record: 5),
    Person(yes: ["a", "b", "c"], no: ["d", "e"], record: 6),
  ]

  private func table(_ name: String, _ people: [Person]) throws -> PublishedTable {
    let ladder = LeverageTests.ladder
    return try Tallying(ladder, SmallQuestionnaire(of: ladder), analyses: [.leverage])
      .tally(people).published(name)
  }

  private func values(_ row: [String: String]?, _ columns: String...) -> [String?] {
    columns.map { row?[$0] }
  }

  @Test func nearMissesAreCountedByWhatIsMissing() throws {
    let table = try table("near_misses", people)
    #expect(table.rows(where: ["stage": "1"]).map { $0["n"] } == ["0", "2", "1", "1", "0"])
    #expect(table.rows(where: ["stage": "2"]).map { $0["n"] } == ["0", "1", "0", "0", "0"])
    let one = table.row(where: ["stage": "1", "missing": "1"])
    #expect(values(one, "weighted", "share_of_held") == ["2.000000", "0.500000"])
  }

  @Test func setsFreeWhomTheyBlockAndNothingElse() throws {
    let table = try table("unlock_sets", people)
    let stage1 = table.rows(where: ["stage": "1"])
    #expect(stage1.map { $0["requirements"] } == ["c", "b|c", "a|c", "a|b|c"])
    let columns = ["n", "n_exactly", "advances", "rise", "mean_rise", "largest_rise"]
    #expect(
      stage1.map { row in columns.map { row[$0] } } == [
        ["2", "2", "2", "4.000000", "2.000000", "3"],
        ["3", "1", "3", "5.000000", "1.666667", "3"],
        ["2", "0", "2", "4.000000", "2.000000", "3"],
        ["4", "1", "3", "5.000000", "1.666667", "3"],
      ])
  }

  @Test(arguments: [1, 2, 3] as [UInt64])
  func setsOfOneAreTheSoleBlockersOfUnlock(_ seed: UInt64) throws {
    var numbers = SeededGenerator(seed: seed)
    let tally = try Tallying(analyses: [.leverage]).tally(numbers.people(150))
    let (unlock, sets) = (try tally.published("unlock"), try tally.published("unlock_sets"))
    for row in unlock.rows where row["requirement"] != "(coverage)" && row["sole"] != "0" {
      let set = sets.row(where: [
        "stage": row["stage"] ?? "", "requirements": row["requirement"] ?? "",
      ])
      #expect(values(set, "n", "advances") == [row["sole"], row["advances"]])
    }
    for stage in ["1", "2", "3"] {
      let rows = try tally.published("near_misses").rows(where: ["stage": stage])
      let held = unlock.rows(where: ["stage": stage]).first?["held"]
      #expect("\(rows.compactMap { Int($0["n"] ?? "") }.reduce(0, +))" == held)
    }
  }

  @Test func aLostCriterionLetsFallWhoRestsOnIt() throws {
    let table = try table("load_bearing", people)
    let columns = ["have", "fall", "share_falling", "stages_lost", "mean_fall", "largest_fall"]
    #expect(table.rows.map { $0["criterion"] } == ["a", "b", "c", "d", "e"])
    let rows = ["a", "d", "e"].map { id in
      columns.map { table.row(where: ["criterion": id])?[$0] }
    }
    #expect(
      rows == [
        ["5", "2", "0.400000", "4.000000", "0.666667", "3"],
        ["2", "1", "0.500000", "2.000000", "0.333333", "2"],
        ["2", "1", "0.500000", "1.000000", "0.166667", "1"],
      ])
  }

  @Test func whatAbsorbsALostCriterionStandsIn() throws {
    var ladder = Ladder([.any("a")])
    ladder.add("whole", stage: 1, need: "bonus")
    ladder.edit("a") { $0.absorbedBy = ["whole"] }
    let table = try Tallying(ladder, SmallQuestionnaire(of: ladder), analyses: [.leverage])
      .tally([Person(yes: ["a", "whole"]), Person(yes: ["whole"], no: ["a"])])
      .published("load_bearing")
    #expect(values(table.row(where: ["criterion": "a"]), "have", "fall") == ["2", "0"])
    #expect(values(table.row(where: ["criterion": "whole"]), "have", "fall") == ["2", "1"])
  }

  @Test func priorityIsTheProductOfItsFactors() throws {
    let table = try table("gap_priority", people)
    let first = try #require(table.rows.first)
    // Four of six lack c; 1 + 1 + 1/2 + 1/3.
    #expect(
      values(first, "rank", "criterion", "share_lacking", "weight", "credit", "priority") == [
        "1", "c", "0.666667", "1.000000", "2.833333", "1.888889",
      ])
    #expect(table.rows.map { $0["criterion"] } == ["c", "d", "b", "a", "e"])
  }

  @Test func ranksThatAreCloseAreUnsureAndOthersAreNot() throws {
    var people: [Person] = []
    for record in 0..<UInt64(90) {
      let missing = record < 40 ? "b" : record < 80 ? "c" : "a"
      people.append(
        Person(
          yes: ["a", "b", "c"].filter { $0 != missing }, no: [missing, "d", "e"], record: record))
    }
    let table = try table("unlock_ranks", people)
    let rank = { (id: String) in
      values(table.row(where: ["requirement": id]), "rank", "rank_low", "rank_high", "share_top_3")
    }
    #expect(rank("a") == ["3", "3", "3", "1.000000"])
    #expect(rank("b") == ["1", "1", "2", "1.000000"])
    #expect(rank("c") == ["1", "1", "2", "1.000000"])
    #expect(table.rows.allSatisfy { $0["resamples"] == "200" })
  }

  @Test func timesInAResampleArePoisson() {
    var counts = Array(repeating: 0, count: 9)
    for bits in 0...UInt16.max { counts[Int(CreditBootstrap.times(bits))] += 1 }
    var wanted = exp(-1.0)
    for (times, count) in counts.enumerated().prefix(8) {
      #expect(abs(Double(count) / 65536 - wanted) < 2e-5)
      wanted /= Double(times + 1)
    }
  }
}
