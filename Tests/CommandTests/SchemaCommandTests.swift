import StagecraftTestSupport
import Testing

@Suite struct SchemaCommandTests {
  @Test(arguments: [
    ("dictionary", "# Data dictionary\n"),
    ("results", "{\n  \"$schema\": \"https://json-schema.org/draft/2020-12/schema\",\n"),
    ("postgresql", "-- Tables of stagecraft for PostgreSQL"),
  ])
  func everyFormIsPrinted(_ form: String, _ start: String) throws {
    let result = try BuiltCommand.run(["schema", form])
    #expect(result.exitCode == 0)
    #expect(result.messages.isEmpty)
    #expect(result.outputText.hasPrefix(start))
    #expect(result.outputText.hasSuffix("\n"))
  }

  @Test(arguments: ["bi", "excel"])
  func aPublishedSetIsDefinedWithTheColumnsItHas(_ profile: String) throws {
    let fixture = try RunFixture()
    #expect(try fixture.run(nil, ["--profile", profile]).exitCode == 0)
    let result = try BuiltCommand.run(["schema", "postgresql", fixture.out])
    #expect(result.exitCode == 0)
    #expect(result.outputText.contains("  \"spreadsheet\" numeric,\n"))
    #expect(!result.outputText.contains("\"validity\""))
  }

  @Test func whatIsNoSetIsRefused() throws {
    let fixture = try RunFixture()
    let missing = try BuiltCommand.run(["schema", "postgresql", fixture.out])
    #expect(missing.exitCode == 66)
    #expect(missing.messages.contains(fixture.out + ": cannot be read: "))
    let other = try BuiltCommand.run(["schema", "postgresql", fixture.directory.path])
    #expect(other.exitCode == 66)
    #expect(other.messages.contains("holds no table that stagecraft published"))
    try fixture.directory.write("rule,level\n", as: "stage_rules.csv")
    let older = try BuiltCommand.run(["schema", "postgresql", fixture.directory.path])
    #expect(older.exitCode == 65)
    #expect(older.messages.contains("stage_rules.csv: has other columns"))
    let usage = try BuiltCommand.run(["schema", "dictionary", fixture.directory.path])
    #expect(usage.exitCode == 64)
  }

  /// Those of another profile are recognised as ours, too.
  @Test func rejectsThatWereKeptAreReplacedAndRemovedInEveryProfile() throws {
    let broken = RunFixture.header + RunFixture.records(2) + "too,few\n"
    let fixture = try RunFixture(export: broken)
    for profile in ["excel", "bi", "excel"] {
      let result = try fixture.run(nil, ["--profile", profile, "--max-rejects", "0"])
      #expect(result.exitCode == 65)
      #expect(fixture.directory.names().contains("out.rejects.csv"))
    }
    #expect(try fixture.run().exitCode == 0)
    #expect(!fixture.directory.names().contains("out.rejects.csv"))
  }
}
