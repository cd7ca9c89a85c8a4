import StagecraftTestSupport
import Testing

/// Locale, time zone and hash seed do not change a byte.
@Suite struct SurroundingsTests {
  private static let sample = PackageFiles.sample("responses-messy.csv")
  private static let survey = PackageFiles.sample("responses.survey.yaml")

  private func files(_ environment: [String: String?]) throws -> [String: [UInt8]] {
    let fixture = try RunFixture()
    let result = try BuiltCommand.run(
      [
        "run", SurroundingsTests.sample, "--survey", SurroundingsTests.survey, "--out", fixture.out,
        "--respondents",
      ], environment: environment)
    #expect(result.exitCode == 0)
    var files = try fixture.tables()
    for name in ["results.json", "datapackage.json", "report.html"] {
      files[name] = try PackageFiles.bytes(fixture.directory.path("out/" + name))
    }
    return files
  }

  private static let usual: [String: String?] = [
    "SWIFT_DETERMINISTIC_HASHING": nil, "LC_ALL": nil, "LANG": nil, "TZ": nil,
  ]

  /// Twice, since every process has a hash seed of its own.
  @Test func surroundingsDoNotChangeAByte() throws {
    let expected = try files(SurroundingsTests.usual)
    #expect(expected.count == PublishedFiles.count())
    #expect(try files(SurroundingsTests.usual) == expected)
    for changed in SurroundingsTests.others {
      let found = try files(SurroundingsTests.usual.merging(changed.mapValues { $0 }) { $1 })
      #expect(found == expected, "\(changed)")
    }
  }

  private static let others: [[String: String]] = [
    ["LC_ALL": "de_DE.UTF-8", "TZ": "Asia/Kathmandu"],
    ["LC_ALL": "tr_TR.UTF-8", "TZ": "America/St_Johns", "SWIFT_DETERMINISTIC_HASHING": "1"],
  ]

  @Test func theClockIsInTheRunReportAlone() throws {
    let fixture = try RunFixture()
    #expect(try fixture.run().exitCode == 0)
    let report = try PackageFiles.text(fixture.directory.path("out/run.json"))
    let started = /"started_at": "([0-9-]+)T[0-9:]+Z"/
    let day = try #require(report.firstMatch(of: started)?.output.1)
    for name in fixture.directory.names(in: "out") where name != "run.json" {
      #expect(!(try PackageFiles.text(fixture.directory.path("out/" + name))).contains(day))
    }
  }
}
