import Foundation
import StagecraftTestSupport
import Testing

/// Exit codes and streams of the three commands.
struct CommandLineTests {
  private let scratch: ScratchDirectory
  private let export: String

  init() throws {
    scratch = try ScratchDirectory()
    export = try scratch.write(Everything.csv(), as: "export.csv")
  }

  private func command(_ arguments: String...) throws -> BuiltCommand.Result {
    try BuiltCommand.run(arguments)
  }

  private func survey(_ column: String) throws -> String {
    try scratch.write(
      """
      schema: stagecraft/survey/1
      id: s
      model: mlops-maturity
      questions: [{id: t, column: \(column), style: list}]
      """, as: "\(column).yaml")
  }

  @Test func inspectFitsTheTerminal() throws {
    let result = try command("inspect", export)
    #expect(result.exitCode == 0)
    #expect(result.outputText.split(separator: "\n").allSatisfy { $0.count <= 100 })
    #expect(result.messages.isEmpty)
  }

  @Test(arguments: [["inspect"], ["check", "--survey"]])
  func jsonParses(arguments: [String]) throws {
    var arguments = arguments
    if arguments.last == "--survey" { arguments.append(try survey("Tools")) }
    let result = try BuiltCommand.run(arguments + [export, "--format", "json"])
    let object = try JSONSerialization.jsonObject(with: Data(result.output))
    #expect((object as? [String: Any])?["questions"] is [Any])
  }

  @Test func aDraftGoesFromInitThroughCheckToRun() throws {
    let draft = try command("init", export)
    #expect(draft.exitCode == 0)
    let file = try scratch.write(draft.output, as: "draft.yaml")
    #expect(try command("check", export, "--survey", file).exitCode == 0)
    #expect(
      try command("run", export, "--survey", file, "--out", scratch.path("out")).exitCode == 0)
  }

  @Test func aSurveyFileThatNamesAMissingColumnEndsWith78() throws {
    let result = try command("check", export, "--survey", try survey("Tolls"))
    #expect(result.exitCode == 78)
    #expect(result.messages.contains("'Tools'"))
  }

  @Test func tooManyRejectsEndWith65() throws {
    let broken = try scratch.write("Tools,x\nGit,1\nGit\nGit\n", as: "broken.csv")
    let fits = try survey("Tools")
    #expect(try command("check", broken, "--survey", fits).exitCode == 0)
    #expect(try command("check", broken, "--survey", fits, "--max-rejects", "1").exitCode == 65)
  }

  @Test func whatIsNoExportIsRefusedWith65() throws {
    let tables = PackageFiles.root + "/Tests/Fixtures/vendors/summary-tables.csv"
    #expect(try command("init", tables).exitCode == 65)
    let result = try command("check", tables, "--survey", try survey("Tools"))
    #expect([65, 78].contains(result.exitCode))
    #expect(try command("inspect", tables).outputText.contains("not an export"))
  }

  @Test func aMissingInputEndsWith66AndAnUnknownVendorWith64() throws {
    #expect(try command("inspect", scratch.path("none.csv")).exitCode == 66)
    #expect(try command("inspect", export, "--vendor", "nobody").exitCode == 64)
  }
}
