import StagecraftTestSupport
import Testing

@testable import Aggregate

/// Tallies of raking cells, against tallies of the weights that raking gives.
@Suite struct RakedTallyTests {
  private static let margins = """
    margins: {country: {NO: 0.3, DE: 0.25, Åland: 0.15, (other): 0.2, (missing): 0.1}}
    """

  private func tallying(
    _ rake: String?, isWeighted: Bool = false, analyses: Set<Analysis> = []
  ) throws -> Tallying {
    var questionnaire = SharedLadder.questionnaire
    questionnaire.isWeighted = isWeighted
    questionnaire.rake = rake.map { "{\($0)}" }
    return try Tallying(SharedLadder.ladder, questionnaire, analyses: analyses)
  }

  /// What a category's weights are multiplied by, in billionths: all targets are whole per cents.
  private func factor(_ category: RakingReport.Category, of base: UInt64) -> UInt64 {
    let target = Double(category.target.millionths) / 1_000_000
    return UInt64((target * Double(base) / Double(category.base.count) * 1e9).rounded())
  }

  @Test(arguments: [1, 2, 3] as [UInt64])
  func rakedTablesAreThoseOfTheSameWeightsGiven(_ seed: UInt64) throws {
    var numbers = SeededGenerator(seed: seed)
    var people = numbers.people(150)
    let analyses = Set(Analysis.allCases)
    let raked = try tallying(RakedTallyTests.margins, analyses: analyses).merged([[people]])
    let report = try #require(raked.tally.raking)
    let margin = try #require(try tallying(RakedTallyTests.margins).survey.rake?.margins.first)
    let factors = report.categories[0].map { factor($0, of: 150) }
    for index in people.indices {
      let category = try #require(margin.category(of: people[index].country))
      people[index].weight = factors[category]
    }
    let given = try tallying(nil, isWeighted: true, analyses: analyses).tally(people)
    var found = try raked.tally.publishedTables()
    #expect(found.removeValue(forKey: "raking") != nil)
    #expect(found.removeValue(forKey: "raking_summary") != nil)
    let expected = try given.publishedTables()
    #expect(found.keys.sorted() == expected.keys.sorted())
    for (name, text) in expected where found[name] != text { Issue.record("\(name) differs") }
  }

  @Test(arguments: [false, true])
  func anySplitOverWorkersAndBatchesPublishesTheSameBytes(_ isWeighted: Bool) throws {
    var numbers = SeededGenerator(seed: 5)
    let people = numbers.people(120)
    let tallying = try tallying(
      RakedTallyTests.margins, isWeighted: isWeighted, analyses: Set(Analysis.allCases))
    let expected = try tallying.merged([[people]]).tally.publishedTables()
    #expect(expected["raking"] != nil)
    for size in [1, 7, 50] {
      let batches = stride(from: 0, to: people.count, by: size).map {
        Array(people[$0..<min($0 + size, people.count)])
      }
      let workers = (0..<3).map { worker in
        batches.indices.filter { $0 % 3 == worker }.map { batches[$0] }.reversed() as [[Person]]
      }
      let found = try tallying.merged(workers).tally.publishedTables()
      for (name, text) in expected where found[name] != text { Issue.record("\(name) differs") }
    }
  }

  /// Weights from a billionth to a billion: what is cut off must never make a part larger than its
  /// whole.
  @Test func hugeAndTinyBaseWeightsKeepEveryShareBelowOne() throws {
    var numbers = SeededGenerator(seed: 9)
    let people = numbers.people(200)
    let merged = try tallying(RakedTallyTests.margins, isWeighted: true).merged([[people]])
    #expect(merged.failure == nil)
    for row in try merged.tally.published("stage_bounds").rows where row["share_high"] != "" {
      let share = try #require(Double(row["share_high"] ?? ""))
      #expect((0...1).contains(share))
    }
    for row in try merged.tally.published("raking").rows {
      #expect(row["share"] == row["target"])
    }
  }

  @Test func accountingAndUnmappedAnswersAreCountedOnce() throws {
    var numbers = SeededGenerator(seed: 7)
    let people = numbers.people(80)
    let raked = try tallying(RakedTallyTests.margins).merged([[people]]).tally
    let plain = try tallying(nil).tally(people)
    #expect(raked.totalAccounting.scored == plain.totalAccounting.scored)
    #expect(
      try raked.publishedTables()["unmapped_answers"]
        == plain.publishedTables()["unmapped_answers"])
    #expect(raked.everybody.base.count == plain.everybody.base.count)
  }

  private func failure(
    _ rake: String, _ countries: [String], weight: UInt64? = nil
  ) throws -> RakingFailure? {
    let people = countries.map { Person(yes: ["lead"], weight: weight ?? 0, country: $0) }
    return try tallying(rake, isWeighted: weight != nil).merged([[people]]).failure
  }

  @Test func aTargetThatNobodyBelongsToIsAFailure() throws {
    let rake = "margins: {country: {NO: 0.5, DE: 0.3, FR: 0.2}}"
    #expect(
      try failure(rake, ["NO", "NO"])
        == .emptyCategories([
          .init(segment: "country", category: "DE"), .init(segment: "country", category: "FR"),
        ]))
    let two = "margins: {country: {NO: 0.5, DE: 0.5}}"
    #expect(try failure(two, []) != nil)
    // Somebody without weight is nobody.
    #expect(try failure(two, ["NO", "DE"], weight: 0) != nil)
    #expect(try failure(two, ["NO", "DE"], weight: 1) == nil)
  }

  @Test func valuesThatAMarginDoesNotNameAreAFailure() throws {
    let rake = "margins: {country: {NO: 0.5, DE: 0.5}}"
    #expect(
      try failure(rake, ["NO", "DE", "FR", "FR", "SE", "(missing)"])
        == .unnamedValues([.init(segment: "country", values: 2, responses: 3, missing: 1)]))
    let others = "margins: {country: {NO: 0.5, (other): 0.5}}"
    #expect(
      try failure(others, ["NO", "DE", "(missing)"])
        == .unnamedValues([.init(segment: "country", values: 0, responses: 0, missing: 1)]))
  }

  @Test func limitsWithoutRoomAreAFailure() throws {
    let rake = "margins: {country: {NO: 0.9, DE: 0.1}}, trim: {high: 1.1}, iterations: 20"
    let found = try failure(rake, ["NO", "DE"])
    guard case .notConverged(let iterations, let error, let name, let isTrimmed) = found else {
      Issue.record("\(String(describing: found))")
      return
    }
    #expect((iterations, isTrimmed) == (20, true))
    #expect(abs(error - 0.35) < 0.01 && name.segment == "country")
  }

  @Test func anUnscoredResponseIsNotRaked() throws {
    var questionnaire = SharedLadder.questionnaire
    questionnaire.minAnswered = "1"
    questionnaire.isWeighted = false
    questionnaire.rake = "{margins: {country: {NO: 0.5, DE: 0.5}}}"
    let tallying = try Tallying(SharedLadder.ladder, questionnaire)
    let everything = SharedLadder.originals.filter { $0 != "stream" }
    let people =
      ["NO", "DE"].map { Person(yes: everything, country: $0) } + [Person(country: "FR")]
    let merged = tallying.merged([[people]])
    #expect(merged.failure == nil)
    #expect(merged.tally.totalAccounting.unscored == 1)
    #expect(merged.tally.everybody.base.count == 2)
  }
}
