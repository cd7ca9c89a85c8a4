import Foundation
import StagecraftTestSupport
import Testing

/// What a run says, and what it never says.
@Suite struct MessageTests {
  @Test func aRunSaysHowItWentOnStandardErrorAlone() throws {
    let fixture = try RunFixture()
    let result = try fixture.run()
    #expect(result.exitCode == 0)
    #expect(result.output.isEmpty)
    #expect(
      result.lines.first
        == "3 records read: 3 scored, 0 unscored, 0 filtered, 0 duplicate, 0 rejected")
    #expect(result.lines.last == "Results: \(fixture.out)/")
    #expect(!result.messages.contains("\u{1B}"))
  }

  @Test func quietIsSilent() throws {
    let fixture = try RunFixture()
    let result = try fixture.run(nil, ["--quiet"])
    #expect(result.exitCode == 0)
    #expect(result.output.isEmpty)
    #expect(result.messages.isEmpty)
    #expect(fixture.isPublished)
  }

  @Test func quietStillSaysWhatWentWrong() throws {
    let fixture = try RunFixture(export: "")
    #expect(try fixture.run(nil, ["--quiet"]).lines.count == 1)
  }

  private func objects(_ result: BuiltCommand.Result) throws -> [[String: Any]] {
    try result.lines.compactMap {
      try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any]
    }
  }

  @Test func jsonMessagesAreOneObjectALine() throws {
    let result = try RunFixture().run(nil, ["--log-format", "json", "--verbose"])
    let objects = try objects(result)
    #expect(objects.count == result.lines.count)
    let published = objects.first { $0["message"] as? String == "published" }
    #expect(published?["level"] as? String == "info")
    #expect(published?["read"] as? String == "3")
  }

  @Test func jsonErrorsAreObjectsToo() throws {
    let result = try RunFixture(export: "").run(nil, ["--log-format", "json"])
    let objects = try objects(result)
    #expect(objects.map { $0["level"] as? String } == ["error"])
    #expect((objects.first?["message"] as? String)?.hasSuffix("no header record") == true)
  }

  /// Everything a respondent can write: answers, ids, weights, comments, whole lines gone astray.
  @Test(arguments: [[], ["--verbose"], ["--log-format", "json"], ["--max-rejects", "0"]])
  func whatRespondentsWroteIsNeverInAMessage(_ options: [String]) throws {
    let export =
      RunFixture.header
        + """
        secret-a,1,secret-b;language,secret-c
        secret-d,secret-e,language,x
        secret-f,1,language
        secret-g,1,"secret-h
        secret-i,1,language,x\u{0}secret-j

        """
    let fixture = try RunFixture(export: export)
    let result = try fixture.run(nil, options)
    #expect(result.exitCode == (options.first == "--max-rejects" ? 65 : 0))
    #expect(!result.messages.contains("secret"))
    let rejects = fixture.isPublished ? "out/rejects.csv" : "out.rejects.csv"
    #expect(!(try PackageFiles.text(fixture.directory.path(rejects))).contains("secret"))
  }

  @Test func namesInMessagesCannotMoveTheCursor() throws {
    let fixture = try RunFixture()
    let result = try fixture.run([fixture.directory.path("\u{1B}[2Jno\u{202E}where.csv")])
    #expect(result.exitCode == 66)
    #expect(result.messages.contains("\\u{1b}[2Jno\\u{202e}where.csv"))
    #expect(!result.messages.contains("\u{1B}"))
  }

  private static let marks = "\u{7}\u{9B}\u{85}\u{2028}\u{200F}\u{61C}\u{2066}\n"

  /// Nothing that a terminal acts on, and no second line.
  private func isHarmless(_ messages: String, lines: Int) -> Bool {
    messages.unicodeScalars.count { $0 == "\n" } == lines
      && messages.unicodeScalars.allSatisfy { scalar in
        scalar == "\n"
          || ![.control, .lineSeparator, .paragraphSeparator].contains(
            scalar.properties.generalCategory)
            && !MessageTests.marks.unicodeScalars.contains(scalar)
      }
  }

  @Test func aNameWithALineEndStaysOnItsLine() throws {
    let fixture = try RunFixture()
    let path = fixture.directory.path("a\(MessageTests.marks)stagecraft: error: b")
    let result = try fixture.run([path])
    #expect(
      result.messages.contains("a\\u{7}\\u{9b}\\u{85}\\u{2028}\\u{200f}\\u{61c}\\u{2066}\\u{a}"))
    #expect(isHarmless(result.messages, lines: 1))
  }

  @Test func jsonMessagesHoldNamesAsTheyAreAndNoMarks() throws {
    let fixture = try RunFixture()
    let path = fixture.directory.path("a\(MessageTests.marks)b")
    let result = try fixture.run([path], ["--log-format", "json"])
    #expect(isHarmless(result.messages, lines: 1))
    #expect((try objects(result).first?["message"] as? String)?.contains(path) == true)
  }

  @Test func wrongArgumentsAreShownWithoutMarks() throws {
    let result = try RunFixture().run(nil, ["--\u{1B}[2J\u{202E}"])
    #expect(result.exitCode == 64)
    #expect(result.messages.contains("\\u{1b}[2J\\u{202e}"))
    #expect(!result.messages.unicodeScalars.contains("\u{1B}"))
  }

  @Test func aModelsTextsAreShownWithoutMarks() throws {
    let fixture = try RunFixture()
    let yaml = try PackageFiles.text(fixture.directory.path("model.yaml"))
    let changed = yaml.replacingOccurrences(
      of: "name: Start", with: #"name: "a\e[2J\u202E\x9B\u2029""#)
    try fixture.directory.write(changed, as: "model.yaml")
    let result = try BuiltCommand.run(["model", fixture.directory.path("model.yaml")])
    #expect(result.exitCode == 0)
    #expect(result.outputText.contains("a\\u{1b}[2J\\u{202e}\\u{9b}\\u{2029}"))
  }
}
