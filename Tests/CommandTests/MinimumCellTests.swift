import StagecraftTestSupport
import Testing

/// `--min-cell` on the command line, and from one release to the next.
@Suite struct MinimumCellTests {
  private let survey = """
    schema: stagecraft/survey/1
    id: small
    model: model.yaml
    segments: [{id: place, column: place}]
    questions:
      - {id: tools, column: tools, style: list, asks: [spreadsheet, language], none: [nothing]}

    """

  /// So many responses at each place, all with the same answer.
  private func export(_ places: [(String, Int)], _ answer: String = "spreadsheet") -> String {
    let lines = places.flatMap { place, count in
      Array(repeating: "\(place),\(answer)", count: count)
    }
    return "place,tools\n" + lines.joined(separator: "\n") + "\n"
  }

  @Test(arguments: [
    (["--min-cell", "5", "--respondents"], "--respondents writes single responses"),
    (["--min-cell", "5", "--rejects-raw"], "--rejects-raw writes single responses"),
    (["--min-cell", "2"], "--min-cell is a number from 3 to 16777216, not 2"),
    (["--min-cell", "few"], "The value 'few' is invalid for '--min-cell <k>'"),
  ])
  func whatWouldTellOfSingleResponsesIs64(_ options: [String], _ message: String) throws {
    let fixture = try RunFixture()
    let result = try fixture.run(nil, options)
    #expect(result.exitCode == 64)
    #expect(result.messages.contains(message))
    #expect(!fixture.isPublished)
  }

  @Test func theSameInputIsPublishedAgain() throws {
    let fixture = try RunFixture(survey: survey, export: export([("Graz", 12), ("Linz", 9)]))
    for _ in 0..<2 {
      #expect(try fixture.run(nil, ["--min-cell", "5"]).exitCode == 0)
    }
  }

  @Test(arguments: [
    ([("Graz", 13), ("Linz", 9)], "spreadsheet", "all responses together differs"),
    ([("Graz", 10), ("Linz", 11)], "spreadsheet", "segment 'place', value 'Graz' differs"),
    ([("Graz", 6), ("Linz", 9)], "spreadsheet", nil),
    ([("Graz", 12), ("Linz", 9), ("Wels", 5)], "spreadsheet", nil),
    // Those of Linz and of Wels are hidden now; together they are three more than Linz had.
    ([("Graz", 18), ("Linz", 9), ("Wels", 3)], "spreadsheet", "the values that are not shown"),
  ])
  func aReleaseThatDiffersByFewIsWithheld(
    _ places: [(String, Int)], _ answer: String, _ message: String?
  ) throws {
    let fixture = try RunFixture(survey: survey, export: export([("Graz", 12), ("Linz", 9)]))
    #expect(try fixture.run(nil, ["--min-cell", "5"]).exitCode == 0)
    let old = try fixture.allFiles()
    try fixture.directory.write(export(places, answer), as: "export.csv")
    let result = try fixture.run(nil, ["--min-cell", "5"])
    #expect(result.exitCode == (message == nil ? 0 : 75))
    if let message {
      #expect(result.messages.contains(message))
      #expect(result.lines.count == 1)
      #expect(try fixture.allFiles() == old)
      #expect(!fixture.names.contains { $0.contains("partial") })
    }
  }

  @Test func aResponseThatMovesToAnotherStageIsNotTold() throws {
    let lines = export([("Graz", 12), ("Linz", 9)])
    let fixture = try RunFixture(
      survey: survey, export: lines + export([("Graz", 9)], "nothing").dropFirst(12))
    #expect(try fixture.run(nil, ["--min-cell", "3"]).exitCode == 0)
    let moved = export([("Graz", 13), ("Linz", 9)])
    try fixture.directory.write(
      moved + export([("Graz", 8)], "nothing").dropFirst(12), as: "export.csv")
    let result = try fixture.run(nil, ["--min-cell", "3"])
    #expect(result.exitCode == 75)
    #expect(result.messages.contains("but some stand at other stages"))
  }

  @Test func aSetThatHidesNothingIsReplacedWhateverTheDifference() throws {
    let fixture = try RunFixture(survey: survey, export: export([("Graz", 12), ("Linz", 9)]))
    #expect(try fixture.run().exitCode == 0)
    try fixture.directory.write(export([("Graz", 13), ("Linz", 9)]), as: "export.csv")
    #expect(try fixture.run(nil, ["--min-cell", "5"]).exitCode == 0)
  }

  @Test func theSummaryShowsNoMoreThanTheTables() throws {
    let fixture = try RunFixture(
      survey: survey,
      export: export([("Graz", 12)]) + export([("Graz", 2)], "nothing").dropFirst(12)
    )
    let result = try fixture.run(nil, ["--min-cell", "5"])
    #expect(result.exitCode == 0)
    #expect(result.messages.contains("withheld"))
    #expect(!result.messages.contains("14.3 %"))
    #expect(!result.messages.contains("85.7 %"))
  }
}
