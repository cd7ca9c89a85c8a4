import StagecraftTestSupport
import Testing

/// What is said where weights cannot be raked; values of segments are respondents' texts and never
/// among it.
@Suite struct RakingCommandTests {
  private func run(_ rake: String, _ regions: [String]) throws -> BuiltCommand.Result {
    let survey = RunFixture.survey.replacing(
      "questions:\n",
      with: "segments:\n  - {id: region, column: region}\nrake: \(rake)\nquestions:\n")
    let records = regions.map { "x,1,spreadsheet,\($0)\n" }.joined()
    let fixture = try RunFixture(survey: survey, export: "id,weight,tools,region\n" + records)
    let result = try fixture.run()
    #expect(!fixture.isPublished)
    return result
  }

  @Test func marginsThatDoNotAddUpAre78() throws {
    let result = try run("{margins: {region: {north: 0.5, south: 0.4}}}", ["north"])
    #expect(result.exitCode == 78)
    #expect(
      result.lines.count == 1
        && result.lines[0].hasSuffix(
          "rake.margins.region: the shares add up to 0.9, not to 1")
    )
  }

  @Test func anEmptyCategoryIs65() throws {
    let result = try run("{margins: {region: {north: 0.5, south: 0.5}}}", ["north"])
    #expect(result.exitCode == 65)
    #expect(
      result.lines == [
        "stagecraft: error: rake.margins.region: no scored response with a weight is 'south', so "
          + "nothing can be given its share; merge it with another category, or check the spelling"
      ])
  }

  @Test func valuesThatAreNotNamedAre65AndNotSaid() throws {
    let result = try run(
      "{margins: {region: {north: 0.5, south: 0.5}}}", ["north", "south", "secret place", ""])
    #expect(result.exitCode == 65)
    #expect(
      result.lines == [
        "stagecraft: error: rake.margins.region: 1 scored responses have 1 values that are not "
          + "named; name them or add '(other)'. A run without 'rake' lists them in "
          + "stage_distribution.csv",
        "stagecraft: error: rake.margins.region: 1 scored responses have no value; add the category "
          + "'(missing)' with its share",
      ])
  }

  @Test func noConvergenceIs65() throws {
    let result = try run(
      "{margins: {region: {north: 0.9, south: 0.1}}, trim: {high: 1.1}, iterations: 5}",
      ["north", "south"])
    #expect(result.exitCode == 65)
    #expect(result.lines.count == 1)
    #expect(
      result.lines[0].hasPrefix(
        "stagecraft: error: raking does not converge: after 5 iterations the share of "))
    #expect(result.lines[0].contains("Widen rake.trim"))
  }
}
