import Foundation
import StagecraftTestSupport
import Testing

@Suite struct DryRunTests {
  @Test func nothingIsWrittenAndTheFilesAreThoseOfTheRun() throws {
    let fixture = try RunFixture()
    let before = fixture.names
    let options = ["--respondents", "--analyses", "leverage"]
    let dry = try fixture.run(nil, options + ["--dry-run", "--format", "json"])
    #expect(dry.exitCode == 0)
    #expect(fixture.names == before)
    let plan = try #require(
      try JSONSerialization.jsonObject(with: Data(dry.output)) as? [String: Any])
    #expect(plan["replaces"] as? Bool == false)
    #expect(try fixture.run(nil, options).exitCode == 0)
    let outputs = try #require(plan["outputs"] as? [String])
    #expect(outputs.sorted() == fixture.directory.names(in: "out"))
  }

  @Test func columnsAreSaidAndMissingOnesAre78() throws {
    let fixture = try RunFixture()
    let dry = try fixture.run(nil, ["--dry-run"], environment: ["COLUMNS": "80"])
    #expect(dry.outputText.contains("question    tools   tools"))
    #expect(dry.outputText.hasSuffix("Nothing was written.\n"))
    let other = try RunFixture(export: "id,weight,tolls\n1,1,x\n")
    let missing = try other.run(nil, ["--dry-run"])
    #expect(missing.exitCode == 78)
    #expect(missing.messages.contains("tolls"))
  }

  @Test func aTargetThatMustNotBeReplacedIs73() throws {
    let fixture = try RunFixture()
    try FileManager.default.createDirectory(
      atPath: fixture.out, withIntermediateDirectories: true)
    try fixture.directory.write("mine", as: "out/notes.txt")
    #expect(try fixture.run(nil, ["--dry-run"]).exitCode == 73)
  }

  @Test(arguments: [
    (["shwo", "x"], 64, "there is no command 'shwo'; did you mean 'show'?"),
    (["model", "mlops-maturty"], 78, "did you mean 'mlops-maturity'?"),
    (["inspect", "x.csv", "--vendor", "qualtrix"], 64, "did you mean 'qualtrics'?"),
  ])
  func closeNamesAreSuggested(_ arguments: [String], _ code: Int, _ message: String) throws {
    let result = try BuiltCommand.run(arguments)
    #expect(Int(result.exitCode) == code)
    #expect(result.messages.contains(message))
  }

  @Test(arguments: ["bash", "zsh", "fish"])
  func completionsKnowTheCommands(_ shell: String) throws {
    let result = try BuiltCommand.run(["--generate-completion-script", shell])
    #expect(result.exitCode == 0)
    #expect(result.outputText.contains("stage_distribution"))
    #expect(!result.outputText.contains("\\u{"))
  }
}
