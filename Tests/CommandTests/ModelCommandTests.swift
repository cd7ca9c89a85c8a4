import Foundation
import StagecraftTestSupport
import Testing

@Suite struct ModelCommandTests {
  @Test func yamlGivesTheModelBackUnchanged() throws {
    let directory = try ScratchDirectory()
    let built = try BuiltCommand.run(["model", "mlops-maturity", "--format", "yaml"])
    #expect(built.exitCode == 0)
    let file = try directory.write(built.output, as: "mine.yaml")
    for format in ["text", "yaml", "json"] {
      let mine = try BuiltCommand.run(["model", file, "--format", format])
      let original = try BuiltCommand.run(["model", "--format", format])
      #expect(mine.exitCode == 0)
      #expect(mine.output == original.output)
      #expect(mine.messages.isEmpty)
    }
  }

  @Test func jsonParsesAndHoldsEverything() throws {
    let result = try BuiltCommand.run(["model", "--format", "json"])
    let document =
      try JSONSerialization.jsonObject(with: Data(result.output)) as? [String: Any]
    #expect(document?["schema"] as? String == "stagecraft/model/1")
    #expect(document?["id"] as? String == "mlops-maturity")
    #expect((document?["stages"] as? [Any])?.count == 6)
    #expect((document?["criteria"] as? [Any])?.count == 106)
    #expect((document?["terms"] as? [Any])?.isEmpty == false)
  }

  @Test func textIsForReading() throws {
    let result = try BuiltCommand.run(["model"])
    #expect(result.exitCode == 0)
    #expect(result.messages.isEmpty)
    #expect(result.outputText.hasPrefix("MLOps maturity (mlops-maturity 1.0.0)\n"))
    for stage in ["Early Analytics", "Mature Machine Learning", "Transcendence"] {
      #expect(result.outputText.contains(stage))
    }
    #expect(result.outputText.split(separator: "\n").allSatisfy { $0.count <= 100 })
  }

  @Test func aModelOfOnesOwnCanBeRun() throws {
    let ladder = Ladder([.any("a"), .any("b")])
    let fixture = try RunFixture(
      survey: SmallQuestionnaire(of: ladder).yaml(), export: "id,has\n1,a;b\n2,a\n3,nothing\n")
    try fixture.directory.write(ladder.yaml, as: "model.yaml")
    #expect(try fixture.run(nil, ["--respondents"]).exitCode == 0)
    #expect(try fixture.table("respondents").rows.map { $0["stage"] } == ["1", "0", "0"])
  }
}
