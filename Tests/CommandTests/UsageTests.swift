import StagecraftTestSupport
import Testing

@Suite struct UsageTests {
  @Test(arguments: [
    (["--no-such-option"], "Unknown option '--no-such-option'"),
    (["--jobs", "0"], "--jobs is a number from 1 to 256, not 0"),
    (["--jobs", "257"], "--jobs is a number from 1 to 256, not 257"),
    (["--jobs", "two"], "The value 'two' is invalid for '--jobs <jobs>'"),
    (["--max-rejects", "some"], "--max-rejects is a number (25) or a percentage (2.5%)"),
    (["--max-rejects", "101%"], "--max-rejects is a number (25) or a percentage (2.5%)"),
    (["--max-rejects=-1"], "--max-rejects is a number (25) or a percentage (2.5%)"),
    (["--max-rejects", "%"], "--max-rejects is a number (25) or a percentage (2.5%)"),
    (["--chunk-size", "0"], "--chunk-size is a number of bytes from 1 to 1073741824"),
    (["--quiet", "--verbose"], "--quiet and --verbose exclude each other"),
    (["--profile", "xlsx"], "The value 'xlsx' is invalid for '--profile <bi|excel>'"),
    (["--log-format", "xml"], "--log-format"), (["--vendor", "acme"], "there is no vendor 'acme'"),
  ])
  func wrongOptionsAre64(_ options: [String], _ message: String) throws {
    let fixture = try RunFixture()
    let result = try fixture.run(nil, options)
    #expect(result.exitCode == 64)
    #expect(result.messages.contains(message))
    #expect(result.output.isEmpty)
    #expect(!fixture.isPublished)
  }

  @Test(arguments: ["clean", "inspect", "model"])
  func quietAndVerboseExcludeEachOtherEverywhere(_ command: String) throws {
    let fixture = try RunFixture()
    let input = fixture.directory.path(command == "model" ? "model.yaml" : "export.csv")
    let result = try BuiltCommand.run([command, input, "--quiet", "--verbose"])
    #expect(result.exitCode == 64)
    #expect(result.messages.contains("--quiet and --verbose exclude each other"))
    #expect(result.output.isEmpty)
  }

  @Test(arguments: ["-1", "1000000000", "99999999999999999999"])
  func impossibleNumbersOfThreadsAre64(_ jobs: String) throws {
    let fixture = try RunFixture()
    let result = try fixture.run(nil, ["--jobs=" + jobs])
    #expect(result.exitCode == 64)
    #expect(result.messages.contains("--jobs"))
  }

  @Test func standardInputTwiceIs64() throws {
    let fixture = try RunFixture()
    let result = try fixture.run(["-", "-"])
    #expect(result.exitCode == 64)
    #expect(result.lines == ["stagecraft: error: standard input (-) can be given only once"])
  }

  @Test(arguments: [[], ["run"], ["run", "x.csv"], ["run", "x.csv", "--survey", "s"], ["sing"]])
  func missingArgumentsAre64(_ arguments: [String]) throws {
    let result = try BuiltCommand.run(arguments)
    // Without any argument the help is what was asked for.
    #expect(result.exitCode == (arguments.isEmpty ? 0 : 64))
  }

  @Test func helpListsTheExitCodes() throws {
    let result = try BuiltCommand.run(["--help"])
    #expect(result.exitCode == 0)
    for code in ["0", "64", "65", "66", "70", "73", "74", "78"] {
      #expect(result.outputText.contains(code))
    }
  }
}
