import Foundation
import StagecraftTestSupport
import Testing

/// What goes wrong: exit code and message, pinned word for word where they are ours; and nothing is
/// published, nothing left behind.
@Suite struct FailureTests {
  /// Nothing is read beyond what a survey file may have.
  @Test(arguments: ["survey", "model"])
  func aDefinitionWithoutAnEndIs78(_ kind: String) throws {
    let fixture = try RunFixture()
    let result =
      try kind == "model"
      ? BuiltCommand.run(["model", "/dev/zero"])
      : BuiltCommand.run(["run", fixture.export, "--survey", "/dev/zero", "--out", fixture.out])
    #expect(result.exitCode == 78)
    #expect(
      result.lines == ["stagecraft: error: /dev/zero: the file has more than 4194304 bytes"])
  }

  /// Checks a run that must fail with one line on standard error and nothing else.
  private func expectFailure(
    _ result: BuiltCommand.Result, _ code: Int32, _ message: String, in fixture: RunFixture,
    location: SourceLocation = #_sourceLocation
  ) {
    #expect(result.exitCode == code, sourceLocation: location)
    #expect(result.lines == ["stagecraft: error: " + message], sourceLocation: location)
    #expect(result.output.isEmpty, sourceLocation: location)
    #expect(!fixture.isPublished, sourceLocation: location)
    let left = fixture.names.filter { $0.hasPrefix(".") }
    #expect(left.isEmpty, sourceLocation: location)
  }

  @Test func aMissingInputIs66() throws {
    let fixture = try RunFixture()
    let path = fixture.directory.path("nowhere.csv")
    expectFailure(
      try fixture.run([path]), 66, "\(path): cannot be opened: No such file or directory",
      in: fixture)
  }

  @Test func aDirectoryAsInputIs66() throws {
    let fixture = try RunFixture()
    let path = fixture.directory.path
    expectFailure(
      try fixture.run([path]), 66, "\(path): is a directory; name the files in it", in: fixture)
  }

  @Test func anEmptyFileIs65() throws {
    let fixture = try RunFixture(export: "")
    expectFailure(
      try fixture.run(), 65, "\(fixture.export): is empty: no header record", in: fixture)
  }

  @Test func aMissingSurveyFileIs78() throws {
    let fixture = try RunFixture()
    let path = fixture.directory.path("nowhere.yaml")
    let result = try BuiltCommand.run(
      ["run", fixture.export, "--survey", path, "--out", fixture.out])
    expectFailure(
      result, 78, "\(path): cannot be read: No such file or directory", in: fixture)
  }

  @Test func aColumnTheExportLacksIs78AndTheClosestIsNamed() throws {
    let fixture = try RunFixture(export: "id,weight,tool\na,1,language\n")
    let result = try fixture.run()
    #expect(result.exitCode == 78)
    #expect(result.lines.count == 1)
    #expect(result.messages.contains("questions[0].column"))
    #expect(result.messages.contains("'tools'"))
    #expect(result.messages.contains("'tool'"))
    #expect(!fixture.isPublished)
  }

  @Test func anUnknownCriterionInTheSurveyFileIs78() throws {
    let survey = RunFixture.survey.replacing("spreadsheet", with: "spreadshets")
    let fixture = try RunFixture(survey: survey)
    let result = try fixture.run()
    #expect(result.exitCode == 78)
    #expect(result.messages.contains("survey.yaml:6:"))
    #expect(result.messages.contains("questions[0].asks[0]"))
    #expect(result.messages.contains("spreadsheet"))
    #expect(!fixture.isPublished)
  }

  @Test func allFaultsOfAFileAreReportedAtOnce() throws {
    let survey = RunFixture.survey.replacing("spreadsheet", with: "one_fault")
      .replacing("language", with: "another_fault")
    let result = try RunFixture(survey: survey).run()
    #expect(result.exitCode == 78)
    #expect(result.messages.contains("one_fault"))
    #expect(result.messages.contains("another_fault"))
  }

  @Test func aModelInWhichACriterionAbsorbsItselfIs78() throws {
    var ladder = Ladder([.any("a"), .any("b")])
    ladder.edit("a") { $0.absorbedBy = ["b"] }
    ladder.edit("b") { $0.absorbedBy = ["a"] }
    let fixture = try RunFixture()
    let model = try fixture.directory.write(ladder.yaml, as: "model.yaml")
    for result in [
      try fixture.run(nil, ["--model", model]), try BuiltCommand.run(["model", model]),
    ] {
      #expect(result.exitCode == 78)
      #expect(result.messages.contains("criteria[0].absorbed_by"))
      #expect(result.messages.contains("criteria[1].absorbed_by"))
      #expect(result.output.isEmpty)
    }
    #expect(!fixture.isPublished)
  }

  @Test func anUnknownModelIs78() throws {
    let result = try BuiltCommand.run(["model", "mlops-maturty"])
    #expect(result.exitCode == 78)
    #expect(
      result.messages == "stagecraft: error: there is no model 'mlops-maturty'; did you mean "
        + "'mlops-maturity'? Built in are mlops-maturity; a file is named by its path (./mlops-maturty.yaml)\n"
    )
  }

  /// Root may write anywhere, so the place is one where nobody can.
  @Test func anOutputThatCannotBeCreatedIs73() throws {
    let fixture = try RunFixture()
    let under = fixture.export + "/results"
    let result = try BuiltCommand.run(
      ["run", fixture.export, "--survey", fixture.survey, "--out", under])
    #expect(result.exitCode == 73)
    #expect(result.lines.count == 1)
    #expect(result.messages.contains(fixture.export))
  }

  @Test func anOutputInADirectoryThatIsNotThereIs73() throws {
    let fixture = try RunFixture()
    let parent = fixture.directory.path("missing")
    let result = try BuiltCommand.run(
      ["run", fixture.export, "--survey", fixture.survey, "--out", parent + "/results"])
    expectFailure(
      result, 73, "\(parent): there is no such directory to publish in", in: fixture)
  }

  @Test func aTargetThatHoldsAForeignFileIs73AndStaysAsItIs() throws {
    let fixture = try RunFixture()
    try FileManager.default.createDirectory(
      atPath: fixture.out, withIntermediateDirectories: false)
    try fixture.directory.write("precious", as: "out/notes.txt")
    try fixture.directory.write("old", as: "out/run.json")
    let result = try fixture.run()
    #expect(result.exitCode == 73)
    #expect(
      result.lines == [
        "stagecraft: error: \(fixture.out): holds 'notes.txt', which stagecraft did not write, so "
          + "it is not replaced; name another --out, or a subdirectory of it"
      ])
    #expect(fixture.directory.names(in: "out") == ["notes.txt", "run.json"])
    #expect(try PackageFiles.text(fixture.directory.path("out/notes.txt")) == "precious")
    #expect(try PackageFiles.text(fixture.directory.path("out/run.json")) == "old")
  }

  @Test func aTargetThatIsAFileIs73() throws {
    let fixture = try RunFixture()
    try fixture.directory.write("a file", as: "out")
    let result = try fixture.run()
    #expect(result.exitCode == 73)
    #expect(try PackageFiles.text(fixture.out) == "a file")
  }
}
