import BigInt
import StagecraftTestSupport
import Statistics
import Testing

@testable import Aggregate

/// Unlock, role × tool, gaps and anti-patterns, against counts made one person at a time.
@Suite struct FindingTests {
  @Test(arguments: [1, 2, 3, 4] as [UInt64])
  func shapleyRowsOfAStageAddUpToTheWeightHeldBelowIt(_ seed: UInt64) throws {
    var numbers = SeededGenerator(seed: seed)
    let tallying = try Tallying()
    let unlock = tallying.tally(numbers.people(200)).unlock
    for stage in tallying.model.stages.dropFirst() {
      var sum = ExactRatio(unlock.heldByCoverage(below: stage.number).weight)
      for index in stage.requires.indices {
        sum = sum + unlock.requirement(index, of: stage.number).shapley
      }
      let held = ExactRatio(unlock.held(below: stage.number).weight)
      #expect(sum.numerator * held.denominator == held.numerator * sum.denominator)
      #expect(held.numerator > BigUInt(0))
    }
  }

  @Test func unlockTellsSoleBlockersFromSharedOnes() throws {
    let ladder = Ladder([.any("a"), .any("b"), .any("c")], coverage: "0.5")
    let people = [
      Person(yes: ["a", "b"], no: ["c"]), Person(yes: ["a"], no: ["b", "c"]),
      Person(yes: ["a"], no: ["b"]), Person(no: ["a", "b", "c"]), Person(yes: ["a", "b", "c"]),
    ]
    let table = try Tallying(ladder, SmallQuestionnaire(of: ladder)).tally(people).published(
      "unlock")
    let columns = ["held", "blocked", "blocked_unknown", "sole", "advances", "shapley"]
    let rows = table.rows.map { row in columns.map { row[$0] ?? "" } }
    #expect(
      rows == [
        ["4", "1", "0", "0", "0", "0.333333"], ["4", "3", "0", "0", "0", "1.333333"],
        ["4", "4", "1", "1", "1", "2.333333"], ["4", "0", "0", "0", "0", "0.000000"],
      ])
    #expect(table.rows.map { $0["requirement"] } == ["a", "b", "c", "(coverage)"])
  }

  @Test func aRequirementWhoseStageIsNotCoveredAdvancesNobody() throws {
    var ladder = Ladder([.any("a"), .any("b")], coverage: "0.9")
    ladder.add("s", stage: 1, need: "soft")
    let people = [Person(yes: ["a"], no: ["b", "s"]), Person(yes: ["a", "b"], no: ["s"])]
    let table = try Tallying(ladder, SmallQuestionnaire(of: ladder)).tally(people).published(
      "unlock")
    let blocker = table.row(where: ["requirement": "b"])
    #expect((blocker?["sole"], blocker?["advances"]) == ("1", "0"))
    let coverage = table.row(where: ["requirement": "(coverage)"])
    #expect((coverage?["blocked"], coverage?["shapley"]) == ("1", "1.000000"))
    #expect(coverage?["share_of_held"] == "0.500000")
  }

  /// What a person has after absorption, as the ladder's list of absorbers says it.
  private func evidence(_ person: Person, _ id: String) -> Bool? {
    let criterion = SharedLadder.ladder.criteria.first { $0.id == id }
    let name = criterion?.mirrors ?? id
    let absorbers = SharedLadder.ladder.criteria.first { $0.id == name }?.absorbedBy ?? []
    if person.yes.contains(name) || absorbers.contains(where: person.yes.contains) { return true }
    return person.no.contains(name) ? false : nil
  }

  @Test func roleAndToolPairsAreCountedOnePersonAtATime() throws {
    var numbers = SeededGenerator(seed: 11)
    let people = numbers.people(120)
    let table = try Tallying().tally(people).published("role_tool_gaps")
    let criteria = SharedLadder.ladder.criteria
    for role in criteria where role.kind == "role" {
      for tool in criteria where tool.kind == "tool" {
        var counts = [0, 0, 0, 0]
        for person in people where tool.id != "stream" {
          guard let r = evidence(person, role.id), let t = evidence(person, tool.id) else {
            continue
          }
          counts[(r ? 0 : 2) + (t ? 0 : 1)] += 1
        }
        let row = table.row(where: ["role": role.id, "tool": tool.id])
        let found = ["both", "role_only", "tool_only", "neither"].map { Int(row?[$0] ?? "") }
        #expect(found == counts, "\(role.id) \(tool.id)")
        #expect(row?["known"] == "\(counts.reduce(0, +))")
      }
    }
  }

  @Test func whoCannotBeDeniedARoleIsNotCountedWithoutIt() throws {
    let ladder = roleAndTool()
    let people = [Person(yes: ["r"], no: ["t"]), Person(yes: ["t"])]
    let table = try Tallying(ladder, SmallQuestionnaire(deniable: ["t"])).tally(people)
      .published("role_tool_gaps")
    let row = try #require(table.rows.first)
    #expect(
      (row["known"], row["role_only"], row["tool_only"], row["neither"]) == ("1", "1", "", ""))
    #expect(row["gap"] == "1.000000")
  }

  @Test func aToolThatCannotBeDeniedHasNoGap() throws {
    let ladder = roleAndTool()
    let tally = try Tallying(ladder, SmallQuestionnaire(deniable: ["r"])).tally([
      Person(yes: ["r", "t"]), Person(no: ["r"]),
    ])
    let pair = try #require(try tally.published("role_tool_gaps").rows.first)
    #expect((pair["known"], pair["both"], pair["neither"], pair["gap"]) == ("0", "0", "0", ""))
    let gap = tally.published
    let row = try gap("tool_gaps").row(where: ["stage": "all", "criterion": "t"])
    #expect((row?["yes"], row?["lacking"], row?["share_lacking"]) == ("1", "0", ""))
    #expect(row?["share_confirmed"] == "0.500000")
  }

  private func roleAndTool() -> Ladder {
    var ladder = Ladder([.any("r"), .any("t")])
    ladder.edit("r") { $0.kind = "role" }
    return ladder
  }

  @Test(arguments: [
    (["p"], ["a", "b"], "1", "1"), (["p", "a"], [], "0", "1"), (["p"], ["a"], "0", "0"),
    ([], ["p"], "0", "0"), ([], ["a", "b"], "0", "0"), (["a"], ["p"], "0", "1"),
    (["b"], [], "0", "0"),
  ])
  func anAntiPatternNeedsBothSidesKnown(
    _ yes: [String], _ no: [String], _ hits: String, _ base: String
  ) throws {
    var ladder = Ladder([.any("p"), .any("a"), .any("b")])
    ladder.antiPatterns = [(id: "pattern", present: ["p"], absent: ["a", "b"])]
    var questionnaire = SmallQuestionnaire(of: ladder)
    questionnaire.minAnswered = "0"
    let table = try Tallying(ladder, questionnaire).tally([Person(yes: yes, no: no)])
      .published("anti_patterns")
    #expect((table.rows.first?["n"], table.rows.first?["base_n"]) == (hits, base))
  }

  @Test func anAntiPatternThatCannotBeToldHasNoShare() throws {
    let people = [Person(yes: ["coder"], no: ["store"])]
    let table = try Tallying().tally(people).published("anti_patterns")
    let row = table.row(where: ["anti_pattern": "coder_without_stream"])
    #expect((row?["n"], row?["base_n"], row?["share"]) == ("0", "0", ""))
  }
}
