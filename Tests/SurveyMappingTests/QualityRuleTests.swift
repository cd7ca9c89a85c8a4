import Documents
import Statistics
import Testing

@testable import SurveyMapping

/// What a survey file says of careless responses.
@Suite struct QualityRuleTests {
  private func text(_ quality: String) -> String {
    smallSurvey.replacing("metrics:\n", with: "quality: \(quality)\nmetrics:\n")
  }

  private static let grid = "straight_liners: [{id: grid, columns: [\"G_*\"]}]"

  @Test func checksAreReadWithTheirDefaults() throws {
    let share = Billionths(count: Billionths.perUnit / 2)
    let rules = try #require(
      try survey(
        text(
          "{speeders: {column: Time, below: 0.5}, \(QualityRuleTests.grid), contradictions: [NONE]}"
        )
      ).quality)
    #expect(rules.speeders == .init(column: "Time", limit: .shareOfMedian(share)))
    #expect(rules.grids == [.init(id: "grid", columns: ["G_*"], except: [], atLeast: 3)])
    #expect(rules.contradictions == [.init(question: 0, answers: ["none"])])
    #expect(rules.excluded.isEmpty)
  }

  /// Whatever their order in the file.
  @Test func filtersStandBehindTheKeepRulesInTheOrderOfTheChecks() throws {
    let survey = try survey(
      text(
        "{speeders: {column: Time, seconds: 60}, \(QualityRuleTests.grid), contradictions: [None], "
          + "exclude: [contradictions, speeders]}"))
    #expect(survey.filterIDs == ["finished", "quality_speeders", "quality_contradictions"])
    #expect(survey.quality?.speeders?.limit == .seconds(60))
  }

  @Test func withoutTheKeyNothingIsLookedAt() throws {
    let survey = try survey(smallSurvey)
    #expect(survey.quality == nil)
    #expect(survey.filterIDs == ["finished"])
  }

  @Test(
    arguments: [
      (
        "{}", "quality.speeders",
        .needsOneOf(["speeders", "straight_liners", "contradictions"])
      ),
      ("{speeders: {column: T}}", "quality.speeders.below", .needsOneOf(["below", "seconds"])),
      (
        "{speeders: {column: T, below: 0.5, seconds: 9}}", "quality.speeders.seconds",
        .excludedBy("below")
      ),
      ("{speeders: {below: 0.5}}", "quality.speeders.column", .missingKey),
      (
        "{speeders: {column: T, below: 2}}", "quality.speeders.below",
        .outOfRange(low: "0.000000001", high: "1")
      ),
      (
        "{speeders: {column: T, seconds: 0}}", "quality.speeders.seconds",
        .outOfRange(low: "1", high: "86400")
      ),
      ("{straight_liners: [{columns: [A]}]}", "quality.straight_liners[0].id", .missingKey),
      ("{straight_liners: [{id: a}]}", "quality.straight_liners[0].columns", .missingKey),
      (
        "{straight_liners: [{id: a, columns: []}]}", "quality.straight_liners[0].columns",
        .emptyList
      ),
      (
        "{straight_liners: [{id: a, columns: [A], at_least: 1}]}",
        "quality.straight_liners[0].at_least", .outOfRange(low: "2", high: "1000")
      ),
      (
        "{contradictions: [Nonne]}", "quality.contradictions[0]",
        .unknownReference(
          kind: "answer in the 'none' of a question with several answers", name: "Nonne",
          suggestion: "none")
      ),
      ("{\(grid), exclude: [speeders]}", "quality.exclude[0]", .needsKey("speeders")),
      (
        "{speeders: {column: T, below: 0.5}, exclude: [speeders]}", "quality.exclude[0]",
        .needsKey("speeders.seconds")
      ),
      (
        "{\(grid), exclude: [straight_liners, straight_liners]}", "quality.exclude[1]",
        .repeatedReference("straight_liners")
      ),
      ("{\(grid), cap: 5}", "quality.cap", .unknownKey("cap", suggestion: nil)),
    ] as [(String, String, Fault.Kind)])
  func eachFaultIsFoundAlone(_ quality: String, _ path: String, _ kind: Fault.Kind) throws {
    let found = try faults(ofSurvey: text(quality))
    #expect(found.map(\.kind) == [kind])
    #expect(found.map(\.path) == [path])
  }

  @Test func aKeepRuleMayNotHaveTheNameOfACheckThatFilters() throws {
    let taken = text("{\(QualityRuleTests.grid), exclude: [straight_liners]}")
      .replacing("{id: finished,", with: "{id: quality_straight_liners,")
    #expect(
      try faults(ofSurvey: taken).map(\.kind) == [.reservedID("quality_straight_liners")])
  }
}
