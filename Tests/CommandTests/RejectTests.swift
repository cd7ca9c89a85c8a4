import StagecraftTestSupport
import Testing

/// Records that are refused: told one by one in rejects.csv, and too many of them stop the run.
@Suite struct RejectTests {
  /// A bad record between two good ones, as bytes, and the row it gives.
  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    let record: [UInt8]
    /// Nil where the table need not say which column it was.
    let column: String?
    let reason: String
    let detail: String
    var isLast = false

    init(
      _ name: String, _ record: [UInt8], column: String? = "", reason: String, detail: String,
      isLast: Bool = false
    ) {
      (self.name, self.record, self.column) = (name, record, column)
      (self.reason, self.detail, self.isLast) = (reason, detail, isLast)
    }

    init(
      _ name: String, _ record: String, column: String? = "", reason: String, detail: String,
      isLast: Bool = false
    ) {
      self.init(
        name, Array(record.utf8), column: column, reason: reason, detail: detail, isLast: isLast)
    }

    var testDescription: String { name }
  }

  /// The bad record is the second: it begins on line 3, after the header and one good record.
  private static let start = RunFixture.header.utf8.count + RunFixture.records(1).utf8.count

  private static let weight = "not a decimal from 0 to 1000000000"

  static let cases = [
    Case(
      "too few fields", "x,1,sheets\n", reason: "field_count",
      detail: "3 fields where the header has 4"),
    Case(
      "too many fields", "x,1,sheets,a,b,c\n", reason: "field_count",
      detail: "6 fields where the header has 4"),
    Case(
      "invalid UTF-8", Array("x,1,she".utf8) + [0xE9] + Array("ets,c\n".utf8),
      column: "tools", reason: "invalid_encoding", detail: "byte \(start + 7)"),
    Case(
      "invalid UTF-8 in a column nobody asked for",
      Array("x,1,sheets,".utf8) + [0xC3, 0x28, 0x0A], column: nil,
      reason: "invalid_encoding", detail: "byte \(start + 11)"),
    Case(
      "a NUL byte", "x,1,she\0ets,c\n", column: "tools", reason: "nul_byte",
      detail: "byte \(start + 7)"),
    Case(
      "a negative weight", "x,-1,sheets,c\n", column: "weight", reason: "weight",
      detail: weight),
    Case(
      "a weight above the largest", "x,1000000000.1,sheets,c\n", column: "weight",
      reason: "weight", detail: weight),
    Case("a missing weight", "x,,sheets,c\n", column: "weight", reason: "weight", detail: weight),
    Case(
      "a weight that is no number", "x,nan,sheets,c\n", column: "weight", reason: "weight",
      detail: weight),
    Case(
      "a quote that is never closed", "x,1,\"sheets,c\n", column: "tools",
      reason: "unterminated_quote",
      detail: "the quote opened at line 3, byte \(start + 4) is never closed"),
  ]

  @Test(arguments: cases)
  func aBadRecordIsRejectedAndTheRestIsPublished(_ bad: Case) throws {
    let fixture = try RunFixture()
    let good = Array(RunFixture.records(1).utf8)
    let bytes = Array(RunFixture.header.utf8) + good + bad.record + good
    try fixture.directory.write(bytes, as: "export.csv")
    let result = try fixture.run(nil, ["--respondents"])
    #expect(result.exitCode == 0, "\(result.messages)")
    let rows = try fixture.table("rejects").rows
    let expected = [
      "source": "export.csv", "record": "2", "line": "3",
      "byte_offset": "\(RejectTests.start)", "reason": bad.reason, "detail": bad.detail,
      "column": bad.column ?? rows.first?["column"],
    ].compactMapValues { $0 }
    #expect(rows == [expected])
    #expect(try fixture.table("respondents").rows.map { $0["record"] } == ["1", "3"])
  }

  @Test(arguments: [
    (100, 5, ["--max-rejects", "5%"], 0), (100, 6, ["--max-rejects", "5%"], 65),
    (100, 6, [], 65), (99, 50, [], 0), (50, 3, ["--max-rejects", "2"], 65),
    (50, 2, ["--max-rejects", "2"], 0), (3, 1, ["--max-rejects", "0"], 65),
    (100, 100, [], 65), (1000, 6, ["--max-rejects", "0.5%"], 65),
    (1000, 5, ["--max-rejects", "0.5%"], 0),
  ])
  func tooManyRejectsStopTheRun(
    _ read: Int, _ rejected: Int, _ options: [String], _ code: Int32
  ) throws {
    let bad = String(repeating: "x,none,,\n", count: rejected)
    let export = RunFixture.header + bad + RunFixture.records(read - rejected)
    let fixture = try RunFixture(export: export)
    let result = try fixture.run(nil, options)
    #expect(result.exitCode == code, "\(result.messages)")
    #expect(fixture.isPublished == (code == 0))
    if code == 65 {
      #expect(fixture.names == ["export.csv", "model.yaml", "out.rejects.csv", "survey.yaml"])
      let kept = try PublishedTable(path: fixture.directory.path("out.rejects.csv"))
      #expect(kept.rows.count == rejected)
    }
  }

  @Test func theMessageTellsWhereTheRejectsAre() throws {
    let fixture = try RunFixture(export: RunFixture.header + "x,none,,\n")
    let result = try fixture.run(nil, ["--max-rejects", "0"])
    #expect(
      result.lines == [
        "stagecraft: error: 1 of 1 records were rejected, more than --max-rejects 0 allows: nothing "
          + "was published. The rejects, with positions and reasons, are in \(fixture.out)"
          + ".rejects.csv. Check delimiter, encoding and header_records first."
      ])
  }

  @Test func anEarlierSetStaysWhenTooManyAreRejected() throws {
    let fixture = try RunFixture()
    #expect(try fixture.run().exitCode == 0)
    let before = try fixture.tables()
    try fixture.directory.write(RunFixture.header + "x,none,,\n", as: "export.csv")
    #expect(try fixture.run(nil, ["--max-rejects", "0"]).exitCode == 65)
    #expect(try fixture.tables() == before)
  }

  @Test func aHeaderAloneIsAnEmptySurvey() throws {
    let fixture = try RunFixture(export: RunFixture.header)
    #expect(try fixture.run(nil, ["--respondents"]).exitCode == 0)
    let distribution = try fixture.table("stage_distribution")
    #expect(distribution.rows.count == 3)
    for row in distribution.rows {
      #expect((row["n"], row["weighted"], row["base_n"]) == ("0", "0.000000", "0"))
      for share in ["share", "share_low", "share_high", "n_effective"] { #expect(row[share] == "") }
    }
    #expect(try fixture.table("respondents").rows.isEmpty)
    #expect(try fixture.table("rejects").rows.isEmpty)
  }
}
