import Foundation
import Pipeline
import StagecraftTestSupport
import Testing

@testable import stagecraft

/// Inputs that are not what they should be, with the built command: exit codes and advice.
@Suite struct InputFaultTests {
  private func run(_ bytes: [UInt8], survey: String = RunFixture.survey) throws -> (
    BuiltCommand.Result, RunFixture
  ) {
    let fixture = try RunFixture(survey: survey)
    try fixture.directory.write(bytes, as: "export.csv")
    return (try fixture.run(), fixture)
  }

  @Test(
    arguments: [false, true], ["", "source: {encoding: utf-8}\n", "source: {encoding: utf-16}\n"])
  func utf32Is65WithTheCommandThatConvertsIt(_ isBigEndian: Bool, _ source: String) throws {
    let bytes = ("\u{FEFF}" + RunFixture.header).unicodeScalars.flatMap { scalar in
      let bytes = (0..<4).map { UInt8(truncatingIfNeeded: scalar.value >> (8 * $0)) }
      return isBigEndian ? bytes.reversed() : bytes
    }
    let (result, fixture) = try run(bytes, survey: RunFixture.survey + source)
    #expect(result.exitCode == 65)
    #expect(result.messages.contains("iconv -f UTF-32"))
    #expect(result.lines.count == 1 && !fixture.isPublished)
  }

  @Test func zeroBytesAloneAre65() throws {
    let (result, fixture) = try run(Array(repeating: 0, count: 5000))
    #expect(result.exitCode == 65)
    #expect(result.lines.count == 1 && !fixture.isPublished)
  }

  @Test(arguments: [
    ("1", "1.000000"), ("5.0", "5.000000"), ("05", "5.000000"), ("+5", "5.000000"),
    (" 5 ", "5.000000"), ("\u{A0}5", "5.000000"), ("-0", "0.000000"), ("0", "0.000000"),
    (".5", "0.500000"), ("1e3", "1000.000000"), ("1e-400", "0.000000"),
    ("0." + String(repeating: "3", count: 400), "0.333333"),
    (String(repeating: "0", count: 400) + "1", "1.000000"), ("1000000000", "1000000000.000000"),
    ("1e309", nil), ("NaN", nil), ("nan", nil), ("inf", nil), ("Infinity", nil), ("-1", nil),
    ("-1e-9", nil), ("٣", nil), ("３", nil), ("1,5", nil), ("1.000,5", nil), ("0x10", nil),
    ("1_000", nil), ("5 %", nil), ("1/2", nil), ("five", nil), ("", nil), (" ", nil), ("NA", nil),
    ("1000000000.000000001", nil), (String(repeating: "9", count: 400), nil), ("--5", nil),
    ("5.5.5", nil), ("½", nil), ("−5", nil),
  ])
  func aWeightIsADecimalOrTheRecordIsAReject(_ text: String, _ weight: String?) throws {
    let records = "a,\"\(text)\",spreadsheet;language,x\n"
    let (result, fixture) = try run(Array((RunFixture.header + records).utf8))
    #expect(result.exitCode == 0, "\(result.messages)")
    let rows = try fixture.table("rejects").rows
    #expect(rows.map { $0["reason"] } == (weight == nil ? ["weight"] : []))
    let all = try fixture.table("stage_distribution").rows
    #expect(all.first?["base_weighted"] == weight ?? "0.000000")
  }

  @Test func aRunInWhichNobodyAnsweredHasUnscoredResponsesAlone() throws {
    let (result, fixture) = try run(Array((RunFixture.header + "a,1,,\nb,2,,\n").utf8))
    #expect(result.exitCode == 0)
    #expect(result.messages.hasPrefix("2 records read: 0 scored, 2 unscored, 0 filtered"))
    for row in try fixture.table("stage_distribution").rows {
      #expect((row["n"], row["base_n"], row["share"]) == ("0", "0", ""))
    }
  }

  /// Where duplicates are looked for it has to be read twice.
  @Test(arguments: ["keep", "last"])
  func aNamedPipeIsReadToItsEnd(_ duplicates: String) throws {
    let fixture = try RunFixture(
      survey: RunFixture.survey.replacing("duplicates: keep", with: "duplicates: \(duplicates)"))
    #expect(try fixture.run().exitCode == 0)
    let expected = try fixture.tables()
    let pipe = fixture.directory.path("export.fifo")
    #expect(mkfifo(pipe, 0o600) == 0)
    let writer = Process()
    writer.executableURL = URL(fileURLWithPath: "/bin/sh")
    writer.arguments = ["-c", "cat \"$0\" > \"$1\"", fixture.export, pipe]
    try writer.run()
    #expect(try fixture.run([pipe]).exitCode == 0)
    #expect(try fixture.tables() == expected)
  }

  @Test(.enabled(if: getuid() != 0, "root may read everything"))
  func aFileThatMustNotBeReadIs66() throws {
    let fixture = try RunFixture()
    #expect(chmod(fixture.export, 0) == 0)
    let result = try fixture.run()
    #expect(result.exitCode == 66)
    #expect(result.messages.contains("Permission denied"))
  }

  @Test(arguments: ["/dev/zero", "/dev/full"])
  func aDeviceIs66(_ path: String) throws {
    let fixture = try RunFixture()
    let result = try fixture.run([path])
    #expect(result.exitCode == 66)
    #expect(result.lines == ["stagecraft: error: \(path): is a device, not a file"])
  }

  @Test func theHeaderInTheMiddleOfTheDataIsAReject() throws {
    let text = RunFixture.header + RunFixture.records(2) + RunFixture.header + RunFixture.records(2)
    let (result, fixture) = try run(Array(text.utf8))
    #expect(result.exitCode == 0)
    let rows = try fixture.table("rejects").rows
    #expect(rows.map { $0["reason"] } == ["repeated_header"])
    #expect(rows.map { $0["record"] } == ["3"])
    #expect(rows.map { $0["detail"] } == ["a header record once more"])
  }

  @Test(arguments: [
    Imbalance.gap(begin: 1, expected: 2), .bytes(accounted: 1, of: 2),
    .records(handedOver: 1, found: 2), .fates(told: 1, read: 2), .rejects(written: 1, counted: 2),
    .unfinished,
  ])
  func booksThatDoNotBalanceAre70(_ imbalance: Imbalance) {
    let message = FailureMessage(.unbalanced(source: "export.csv", imbalance))
    #expect(message.exitCode == .ourBug)
    #expect(message.lines.count == 1)
    #expect(message.lines.first?.hasPrefix("export.csv: ") == true)
    #expect(message.lines.first?.hasSuffix("please report it.") == true)
  }
}
