import StagecraftTestSupport
import Testing

@testable import Aggregate

/// Tallies are a commutative monoid: however the responses are split over workers and batches, and
/// in whatever order the parts are merged, the same bytes are published.
@Suite struct MergeTests {
  @Test(arguments: [1, 2, 3, 4, 5, 6] as [UInt64])
  func anySplitAndAnyOrderOfMergingPublishTheSameBytes(_ seed: UInt64) throws {
    var numbers = SeededGenerator(seed: seed)
    let tallying = try Tallying(analyses: Set(Analysis.allCases))
    let people = numbers.people(60)
    let expected = try tallying.tally(people).publishedTables()
    #expect(expected.count == 24)
    for _ in 0..<4 {
      let found = try merged(&numbers, tallying, people.shuffled(using: &numbers))
      for (name, text) in try found.publishedTables() where text != expected[name] {
        Issue.record("\(name) differs")
      }
      #expect(found.totalAccounting == tallying.tally(people).totalAccounting)
    }
  }

  /// Workers with batches of any size, merged two at a time until one is left.
  private func merged(
    _ numbers: inout SeededGenerator, _ tallying: Tallying, _ people: [Person]
  ) throws -> Tally {
    var tallies = split(&numbers, people, onceIn: 15).map { part in
      tallying.tally(split(&numbers, part, onceIn: 4))
    }
    // One that has seen nobody.
    tallies.append(tallying.tally([Person]()))
    while tallies.count > 1 {
      let other = tallies.remove(at: numbers.number(below: tallies.count))
      let index = numbers.number(below: tallies.count)
      tallies[index].merge(other)
    }
    return try #require(tallies.first)
  }

  private func split(
    _ numbers: inout SeededGenerator, _ people: [Person], onceIn times: Int
  ) -> [[Person]] {
    var parts: [[Person]] = [[]]
    for person in people {
      if numbers.oneIn(times) { parts.append([]) }
      parts[parts.count - 1].append(person)
    }
    return parts
  }

  @Test func segmentValuesAddUpToEverybody() throws {
    var numbers = SeededGenerator(seed: 7)
    let table = try Tallying().tally(numbers.people(80)).published("stage_distribution")
    for stage in ["0", "1", "2", "3"] {
      let all = table.row(where: ["segment": "all", "stage": stage])
      let parts = table.rows(where: ["segment": "country", "stage": stage])
      let sum = parts.compactMap { Int($0["n"] ?? "") }.reduce(0, +)
      #expect(all?["n"] == "\(sum)")
    }
  }

  @Test func segmentValuesStandInByteOrderBeforeTheyAreGuarded() throws {
    var numbers = SeededGenerator(seed: 8)
    let table = try Tallying().tally(numbers.people(80)).published("stage_distribution")
    let values = table.rows(where: ["segment": "country", "stage": "0"]).map { $0["segment_value"] }
    #expect(values == ["(missing)", "'-NZ", "DE", "FR", "NO", "Åland"])
  }

  @Test func unmappedAnswersStandByCountThenByBytes() throws {
    let people = ["b", "a", "c", "c", "=1", "B"].map { Person(unmapped: [$0]) }
    let table = try Tallying().tally(people).published("unmapped_answers")
    #expect(table.rows.map { $0["answer"] } == ["c", "'=1", "B", "a", "b"])
    #expect(table.rows.map { $0["n"] } == ["2", "1", "1", "1", "1"])
  }
}
