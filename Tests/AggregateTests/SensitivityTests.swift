import StagecraftTestSupport
import Testing

@testable import Aggregate

@Suite struct SensitivityTests {
  @Test(arguments: [1, 2, 3] as [UInt64])
  func theDefaultRowsAreThePublishedOnes(_ seed: UInt64) throws {
    var numbers = SeededGenerator(seed: seed)
    let tally = try Tallying(analyses: [.sensitivity]).tally(numbers.people(150))
    let table = try tally.published("sensitivity")
    let (published, rules) = (
      try tally.published("stage_distribution"), try tally.published("stage_rules")
    )
    for stage in ["0", "1", "2", "3"] {
      let low = table.row(where: way("default", "low", stage))
      let own = published.row(where: ["segment": "all", "stage": stage])
      for column in ["n", "weighted", "base_n", "base_weighted", "share"] {
        #expect(low?[column] != nil && low?[column] == own?[column])
      }
      let high = table.row(where: way("default", "high", stage))
      #expect(high?["n"] == rules.row(where: ["rule": "staged_high", "stage": stage])?["n"])
    }
  }

  private func way(
    _ rule: String, _ unknown: String, _ stage: String, teamSize: String = "model"
  ) -> [String: String] {
    ["rule": rule, "unknown": unknown, "stage": stage, "team_size": teamSize]
  }

  private func counts(_ table: PublishedTable, _ rule: String, _ unknown: String) -> [String?] {
    ["0", "1", "2"].map { table.row(where: way(rule, unknown, $0))?["n"] }
  }

  /// Stage 1 needs a and b, and half of a, b and s; stage 2 needs c.
  private static let ladder: Ladder = {
    var ladder = Ladder([.any("a"), .any("b")], [.any("c"), .any("d")])
    ladder.add("s", stage: 1, need: "soft")
    return ladder
  }()

  private let people = [
    // At 2 under every rule.
    Person(yes: ["a", "b", "s", "c", "d"]),
    // Strict: s is lacking. Lenient, and default: 1; lenient 2, for d alone is lacking.
    Person(yes: ["a", "b", "c"], no: ["s", "d"]),
    // One of a and b fails: 0, lenient 1 (a third of three).
    Person(yes: ["a"], no: ["b", "s", "c", "d"]),
    // Two fail.
    Person(no: ["a", "b", "s", "c", "d"]),
    // Unknown: anything.
    Person(),
  ]

  @Test func strictAsksForEverythingAndLenientForgivesOneRequirement() throws {
    let ladder = SensitivityTests.ladder
    var questionnaire = SmallQuestionnaire(of: ladder)
    questionnaire.minAnswered = "0"
    let table = try Tallying(ladder, questionnaire, analyses: [.sensitivity])
      .tally(people).published("sensitivity")
    #expect(counts(table, "default", "low") == ["3", "1", "1"])
    #expect(counts(table, "default", "high") == ["2", "1", "2"])
    #expect(counts(table, "default", "determined_only") == ["2", "1", "1"])
    #expect(counts(table, "strict", "low") == ["4", "0", "1"])
    #expect(counts(table, "strict", "high") == ["3", "0", "2"])
    #expect(counts(table, "lenient", "low") == ["2", "1", "2"])
    #expect(counts(table, "lenient", "high") == ["1", "1", "3"])
    let row = table.row(where: way("lenient", "determined_only", "1"))
    #expect((row?["base_n"], row?["at_least_n"], row?["share_at_least"]) == ("4", "3", "0.750000"))
  }

  @Test func theRangeNamesTheRulesAndCountsWhomNoneMoves() throws {
    let ladder = SensitivityTests.ladder
    var questionnaire = SmallQuestionnaire(of: ladder)
    questionnaire.minAnswered = "0"
    let table = try Tallying(ladder, questionnaire, analyses: [.sensitivity])
      .tally(people).published("sensitivity_range")
    let top = try #require(table.row(where: ["stage": "2"]))
    #expect((top["n"], top["unchanged"], top["share_at_least"]) == ("1", "1", "0.200000"))
    #expect((top["lowest"], top["lowest_under"]) == ("0.200000", "strict|low|model"))
    #expect((top["highest"], top["highest_under"]) == ("0.600000", "lenient|high|model"))
    let all = try #require(table.row(where: ["stage": "all"]))
    #expect((all["n"], all["unchanged"], all["share_unchanged"]) == ("5", "2", "0.400000"))
  }

  /// The manager is asked of teams of ten and more, so at 5 the team of seven falls and at 15 the
  /// team of twelve rises.
  @Test func teamSizesMoveTheConditionsThatAskForThem() throws {
    var ladder = Ladder([.any("a"), .any("m", when: "large")], coverage: "0.1")
    ladder.when("large", ("team_size", above: 9, unlessKnown: nil))
    let run = try PipelineRun(
      export: """
        id,team_size,has
        1,7,a
        2,12,a
        3,30,a
        4,12,a;m

        """, survey: SmallQuestionnaire(of: ladder).yaml(), model: ladder.yaml
    ) { $0.analyses = [.sensitivity] }
    let table = try run.table("sensitivity")
    for (size, n) in [("model", "2"), ("5", "1"), ("10", "2"), ("15", "3")] {
      let row = table.row(where: way("default", "low", "1", teamSize: size))
      #expect(row?["n"] == n, "\(size)")
    }
    #expect(table.rows.count == 3 * 3 * 4 * 2)
  }
}
