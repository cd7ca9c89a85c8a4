import Foundation
import StagecraftTestSupport
import Testing

/// Where inputs and outputs lie, and how they are called.
@Suite struct PathTests {
  @Test func anInputInsideOfTheOutputIs64() throws {
    let fixture = try RunFixture()
    #expect(try fixture.run().exitCode == 0)
    let before = try fixture.allFiles()
    for input in ["out/rejects.csv", "./out/../out/rejects.csv"] {
      let path = fixture.directory.path(input)
      let result = try fixture.run([path])
      #expect(result.exitCode == 64)
      #expect(
        result.lines == [
          "stagecraft: error: \(path): is read, and would be replaced with the output "
            + "\(fixture.out); name another output"
        ])
    }
    #expect(try fixture.allFiles() == before)
  }

  @Test func cleaningAFileInPlaceIs64() throws {
    let fixture = try RunFixture()
    let before = try PackageFiles.text(fixture.export)
    let result = try BuiltCommand.run(["clean", fixture.export, "-o", fixture.export])
    #expect(result.exitCode == 64)
    #expect(try PackageFiles.text(fixture.export) == before)
  }

  @Test func aFileGivenTwiceIsCountedTwiceAndWarnedOf() throws {
    let fixture = try RunFixture()
    let link = fixture.directory.path("link.csv")
    let other = fixture.directory.path("other.csv")
    try FileManager.default.createSymbolicLink(
      atPath: link, withDestinationPath: fixture.export)
    try FileManager.default.linkItem(atPath: fixture.export, toPath: other)
    let result = try fixture.run([fixture.export, link, other])
    #expect(result.exitCode == 0)
    for path in [link, other] {
      let warning = "\(path) is the same file as \(fixture.export), and was counted once more."
      #expect(result.lines.contains("stagecraft: warning: " + warning))
      #expect(try PackageFiles.text(fixture.directory.path("out/run.json")).contains(warning))
    }
    #expect(result.messages.contains("9 records read"))
  }

  @Test(arguments: ["-rf.csv", "a \"b\" 'c'.csv", "line\nend.csv", "\u{1B}[31m.csv", "ä€.csv"])
  func anyNameWorks(_ name: String) throws {
    let fixture = try RunFixture()
    let text = try PackageFiles.text(fixture.export)
    let path = try fixture.directory.write(text, as: name)
    #expect(try fixture.run([path]).exitCode == 0)
    let result = try fixture.run([path + ".missing"])
    #expect(result.exitCode == 66)
    #expect(!result.messages.contains("\u{1B}"))
  }

  @Test func aNameThatIsNotUTF8Is64() throws {
    let result = try BuiltCommand.run(
      ["inspect"], prelude: "set -- \"$@\" \"$(printf 'caf\\351.csv')\"")
    #expect(result.exitCode == 64)
    #expect(result.messages.contains(#"argument 2 is not UTF-8: 'caf\xe9.csv'"#))
  }

  /// Two readings of a pipe need a copy; one reading needs none.
  @Test(arguments: ["keep", "last"]) func aNamedPipeGivesTheTablesOfTheFile(_ policy: String) throws
  {
    let fixture = try RunFixture(
      survey: RunFixture.survey.replacing("duplicates: keep", with: "duplicates: " + policy))
    #expect(try fixture.run().exitCode == 0)
    let expected = try fixture.table("stage_distribution")
    let pipe = fixture.directory.path("pipe")
    #expect(mkfifo(pipe, 0o600) == 0)
    let running = try BuiltCommand.start(
      ["run", pipe, "--survey", fixture.survey, "--out", fixture.out])
    let writer = try #require(FileHandle(forWritingAtPath: pipe))
    try writer.write(contentsOf: Data(try PackageFiles.bytes(fixture.export)))
    try writer.close()
    #expect(try running.wait().exitCode == 0)
    #expect(try fixture.table("stage_distribution").rows == expected.rows)
  }

  @Test func theDirectoryOneIsInCannotBeReplaced() throws {
    let fixture = try RunFixture()
    let result = try BuiltCommand.run(
      ["run", fixture.export, "--survey", fixture.survey, "--out", "."],
      prelude: "mkdir '\(fixture.out)' && cd '\(fixture.out)'")
    #expect(result.exitCode == 73)
    #expect(result.messages.contains("name a subdirectory of it, such as ./results"))
  }
}
