import StagecraftTestSupport
import Testing

@Suite struct StandardInputTests {
  /// Published tables with the source called as standard input is.
  private func tables(_ fixture: RunFixture, source: String) throws -> [String: String] {
    try fixture.tables().mapValues { bytes in
      String(decoding: bytes, as: UTF8.self).replacing("\n\(source),", with: "\n-,")
    }
  }

  private func expectSameTables(survey: String) throws {
    let sample = PackageFiles.sample("responses-messy.csv")
    let fromFile = try RunFixture(survey: survey)
    let fromInput = try RunFixture(survey: survey)
    #expect(try fromFile.run([sample], ["--respondents"]).exitCode == 0)
    #expect(try fromInput.run(["-"], ["--respondents"], input: sample).exitCode == 0)
    let expected = try tables(fromFile, source: "responses-messy.csv")
    #expect(expected.count == PublishedFiles.tables())
    #expect(try tables(fromInput, source: "-") == expected)
  }

  @Test func standardInputGivesTheTablesOfTheFile() throws {
    let survey = try PackageFiles.text(PackageFiles.sample("responses.survey.yaml"))
    try expectSameTables(survey: survey.replacing("duplicates: last", with: "duplicates: keep"))
  }

  /// Duplicates need two passes, so standard input is kept in the meantime.
  @Test(arguments: ["first", "last"])
  func standardInputIsKeptWhereDuplicatesAreLookedFor(_ policy: String) throws {
    let survey = try PackageFiles.text(PackageFiles.sample("responses.survey.yaml"))
    try expectSameTables(
      survey: survey.replacing("duplicates: last", with: "duplicates: \(policy)"))
  }

  @Test func standardInputThatCannotBeKeptIs74() throws {
    let survey = RunFixture.survey.replacing("duplicates: keep", with: "duplicates: last")
    let fixture = try RunFixture(survey: survey)
    let result = try fixture.run(
      ["-"], input: fixture.export, environment: ["TMPDIR": "/nowhere"])
    #expect(result.exitCode == 74)
    #expect(result.messages.contains("/nowhere"))
    #expect(!fixture.isPublished)
  }

  @Test func nothingOnStandardInputIs65() throws {
    let fixture = try RunFixture()
    let result = try fixture.run(["-"])
    #expect(result.exitCode == 65)
    #expect(result.lines == ["stagecraft: error: -: is empty: no header record"])
  }
}
