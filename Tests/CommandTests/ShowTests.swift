import Foundation
import StagecraftTestSupport
import Testing

/// What people see of a published run.
@Suite struct ShowTests {
  /// The sample, published once for all tests.
  private static let sample: ScratchDirectory? = {
    guard let directory = try? ScratchDirectory() else { return nil }
    let result = try? BuiltCommand.run([
      "run", PackageFiles.sample("responses.csv"), "--survey",
      PackageFiles.sample("responses.survey.yaml"), "--out", directory.path("out"),
      "--no-report",
    ])
    return result?.exitCode == 0 ? directory : nil
  }()

  private static let utf8: [String: String?] = [
    "LC_ALL": "C.UTF-8", "COLUMNS": "80", "NO_COLOR": nil,
  ]

  private func show(
    _ options: [String] = [], environment: [String: String?] = ShowTests.utf8
  ) throws -> BuiltCommand.Result {
    let directory = try #require(ShowTests.sample)
    return try BuiltCommand.run(
      ["show", directory.path("out")] + options, environment: environment)
  }

  @Test(arguments: [
    ("unicode", []), ("ascii", ["--ascii"]), ("segment", ["--by", "industry"]),
    ("stage", ["--stage", "2", "--ascii"]), ("table", ["--table", "unlock"]),
  ])
  func theSampleLooksAsRecorded(_ name: String, _ options: [String]) throws {
    let result = try show(options)
    #expect(result.exitCode == 0)
    #expect(result.messages.isEmpty)
    // The only line with a clock.
    let lines = result.outputText.split(separator: "\n", omittingEmptySubsequences: false)
    let text = lines.filter { !$0.contains(", run of ") }.joined(separator: "\n")
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("Shown/\(name).txt")
    if ProcessInfo.processInfo.environment["STAGECRAFT_RECORD"] != nil {
      try text.write(to: file, atomically: true, encoding: .utf8)
    }
    #expect(text == (try String(contentsOf: file, encoding: .utf8)))
  }

  @Test(
    arguments: ["40", "60", "80", "160"], [[], ["--by", "country"], ["--table", "role_gaps"]])
  func noLineIsWiderThanTheTerminal(_ columns: String, _ options: [String]) throws {
    let result = try show(
      options, environment: ["LC_ALL": "C.UTF-8", "COLUMNS": columns, "NO_COLOR": nil])
    let width = try #require(Int(columns))
    let directory = try #require(ShowTests.sample).path("out")
    for line in result.outputText.split(separator: "\n") where !line.contains(directory) {
      #expect(line.count <= width || !line.contains(" "), "\(line)")
    }
  }

  @Test func withoutALocaleThereIsOnlyASCII() throws {
    let result = try show(
      environment: ["LC_ALL": nil, "LC_CTYPE": nil, "LANG": nil, "COLUMNS": "80"])
    #expect(result.outputText.utf8.allSatisfy { $0 < 0x80 })
  }

  @Test func coloursAreOnTerminalsOrWhereTheyAreAskedFor() throws {
    #expect(!(try show().outputText.contains("\u{1B}")))
    #expect(try show(["--color", "always"]).outputText.contains("\u{1B}[1m"))
    #expect(!(try show(["--color", "never"]).outputText.contains("\u{1B}")))
  }

  @Test(arguments: [
    (["--by", "industri"], "there is no segment 'industri'; did you mean 'industry'?"),
    (["--table", "unlok"], "there is no table 'unlok'; did you mean 'unlock'?"),
    (["--stage", "9"], "--stage is a number from 0 to 5, not 9"),
    (["--table", "unlock", "--by", "industry"], "the table unlock has no column 'segment'"),
  ])
  func whatIsNotThereIs64AndSuggested(_ options: [String], _ message: String) throws {
    let result = try show(options)
    #expect(result.exitCode == 64)
    #expect(result.messages.contains(message))
    #expect(result.output.isEmpty)
  }

  @Test func jsonHasTheSameNumbers() throws {
    let result = try show(["--format", "json"])
    let document = try #require(
      try JSONSerialization.jsonObject(with: Data(result.output)) as? [String: Any])
    #expect(document["schema"] as? String == "stagecraft/show/1")
    let groups = try #require(document["groups"] as? [[String: Any]])
    let stages = try #require(groups[0]["stages"] as? [[String: Any]])
    #expect(stages.compactMap { $0["n"] as? Int } == [48, 86, 95, 90, 48, 25])
    let table = try show(["--table", "stage_rules", "--format", "json"])
    let rows = try #require(
      try JSONSerialization.jsonObject(with: Data(table.output)) as? [[String: Any]])
    #expect(rows.count == 24)
  }

  @Test func aDirectoryThatIsNoSetIs66() throws {
    let directory = try ScratchDirectory()
    for path in [directory.path(""), directory.path("nothing")] {
      let result = try BuiltCommand.run(["show", path])
      #expect(result.exitCode == 66)
      #expect(result.lines.count == 1)
    }
  }

  @Test func aSetThatWasChangedOrIsNewerIs65() throws {
    let fixture = try RunFixture()
    #expect(try fixture.run().exitCode == 0)
    let unlock = fixture.directory.path("out/unlock.csv")
    let text = try PackageFiles.text(unlock)
    try fixture.directory.write(text.replacing("1", with: "2"), as: "out/unlock.csv")
    let damaged = try BuiltCommand.run(["show", fixture.out])
    #expect(damaged.exitCode == 65)
    #expect(damaged.messages.contains("out/unlock.csv: is not what the run wrote"))
    let run = try PackageFiles.text(fixture.directory.path("out/run.json"))
    try fixture.directory.write(
      run.replacing("stagecraft/run/1", with: "stagecraft/run/2"), as: "out/run.json")
    let newer = try BuiltCommand.run(["show", fixture.out])
    #expect(newer.exitCode == 65)
    #expect(newer.messages.contains("in the format stagecraft/run/2"))
  }
}
