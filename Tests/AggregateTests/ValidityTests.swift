import StagecraftTestSupport
import Testing

@testable import Aggregate

/// `validity.csv` against counts made one person at a time.
@Suite struct ValidityTests {
  private static let ladder = Ladder([.any("a"), .any("b")], [.any("c"), .any("d")])

  private func table(_ people: [Person]) throws -> PublishedTable {
    let ladder = ValidityTests.ladder
    return try Tallying(ladder, SmallQuestionnaire(of: ladder), analyses: [.validity])
      .tally(people).published("validity")
  }

  /// What holds of each person by itself: stage 1 needs a and b, stage 2 c and d.
  private let people: [Person] =
    Array(repeating: Person(yes: ["a", "b", "c", "d"]), count: 12)
    + Array(repeating: Person(yes: ["a", "b", "c"], no: ["d"]), count: 10)
    + Array(repeating: Person(yes: ["c", "d"], no: ["a", "b"]), count: 3)
    + Array(repeating: Person(yes: ["a"], no: ["b", "c", "d"]), count: 15)

  @Test func aBorderCountsErrorsPairsAndWhatIsInverted() throws {
    let row = try #require(try table(people).row(where: ["scope": "border"]))
    // Three have stage 2 without stage 1: two errors each, or one to be changed.
    #expect((row["n"], row["items"]) == ("40", "2"))
    #expect((row["errors_goodenough_edwards"], row["errors_minimum_change"]) == ("6", "3"))
    #expect(row["reproducibility"] == "0.925000")
    // 22 of 40 have stage 1, 15 stage 2: max(22, 18) + max(15, 25) of 80.
    #expect(row["minimal_marginal_reproducibility"] == "0.587500")
    #expect(row["scalability"] == "0.818182")
    // F 3, E 18 × 15 / 40.
    #expect(row["loevinger_h"] == "0.555556")
    // a 37, b 22, c 25, d 15 of 40: c is had more often than b.
    #expect((row["pairs"], row["pairs_n"]) == ("4", "160"))
    #expect((row["inverted"], row["inverted_share"]) == ("1", "0.250000"))
    // Ranks of difficulty: a 1, c 2, b 3, d 4; stages 1 1 2 2.
    #expect((row["kendall_tau_b"], row["spearman"]) == ("0.408248", "0.447214"))
    #expect(
      row["reading"]
        == "Stage 2 after stage 1 is supported: 1 of 4 pairs of criteria are inverted, H 0.55 (strong)."
    )
  }

  @Test func aLadderThatIsClimbedFromTheTopIsNotSupported() throws {
    let people =
      Array(repeating: Person(yes: ["c", "d"], no: ["a", "b"]), count: 30)
      + [Person(yes: ["a", "b"], no: ["c", "d"])]
    let table = try table(people)
    let border = try #require(table.row(where: ["scope": "border"]))
    #expect(border["inverted_share"] == "1.000000")
    #expect(border["kendall_tau_b"] == "-1.000000")
    #expect(border["reading"]?.contains("is not supported") == true)
    let all = try #require(table.row(where: ["scope": "all"]))
    #expect(all["reading"]?.hasPrefix("The stages do not form one ladder") == true)
  }

  /// KR-20 of b's and a's in those in whom both are known.
  @Test func aStagesToolsAreJudgedByCompleteResponsesAlone() throws {
    let people =
      Array(repeating: Person(yes: ["a", "b"]), count: 20)
      + Array(repeating: Person(no: ["a", "b"]), count: 20)
      + Array(repeating: Person(yes: ["a"]), count: 7)
    let row = try #require(try table(people).row(where: ["scope": "stage", "stage": "1"]))
    #expect((row["n"], row["kind"], row["kr20"]) == ("40", "tool", "1.000000"))
  }

  @Test func pairsAreWeightedByTheResponsesThatTellOfBoth() throws {
    let people = [
      Person(yes: ["a", "c"], no: ["b"]), Person(yes: ["d"], no: ["a"]), Person(yes: ["b"]),
    ]
    let row = try #require(try table(people).row(where: ["scope": "border"]))
    // Known together: a–c in one, b–c in one, a–d in one; b–c and a–d are inverted.
    #expect((row["pairs"], row["inverted"], row["inverted_share"]) == ("3", "2", "0.666667"))
    #expect(row["reading"] == "Too few responses (2) to judge stages 1 and 2.")
  }

  @Test func nobodyLeavesEmptyCellsAndASentence() throws {
    let row = try #require(try table([]).row(where: ["scope": "all"]))
    #expect((row["n"], row["reproducibility"], row["loevinger_h"]) == ("0", "", ""))
    #expect(row["reading"] == "Too few responses (0) to judge the ladder.")
  }

  @Test func itIsThereOnlyWhereItIsAskedFor() throws {
    #expect(try Tallying().tally(people).publishedTables()["validity"] == nil)
  }

  @Test func anUnknownAnalysisIsNamed() throws {
    #expect(try Set(names: "all") == Set(Analysis.allCases))
    #expect(try Set(names: "validity,validity") == [.validity])
    #expect(throws: UnknownAnalysis(name: "valid")) { try Set(names: "validity,valid") }
  }
}
