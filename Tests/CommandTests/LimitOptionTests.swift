import StagecraftTestSupport
import Testing

/// The options that bound what an export may ask for, with the built command.
@Suite struct LimitOptionTests {
  private static let survey = RunFixture.survey.replacing(
    "questions:", with: "segments: [{id: about, column: comment}]\nquestions:")

  private static let records = """
    a,1,spreadsheet,short
    b,1,abacus,this comment is not as short as the other one
    c,1,zebra,"one
    two
    three"
    d,1,spreadsheet,four,five,six,seven

    """

  private func reasons(_ options: [String]) throws -> [String] {
    let fixture = try RunFixture(export: RunFixture.header + LimitOptionTests.records)
    let result = try fixture.run(nil, options)
    #expect(result.exitCode == 0, "\(result.messages)")
    return try fixture.table("rejects").rows.compactMap { $0["reason"] }
  }

  @Test(arguments: [
    ([], ["field_count"]), (["--max-record-bytes", "40"], ["record_too_large", "field_count"]),
    (["--max-fields", "6"], ["too_many_fields"]),
    (["--max-quote-lines", "1"], ["quote_too_long", "field_count", "field_count", "field_count"]),
  ])
  func aRecordOverALimitIsAReject(_ options: [String], _ expected: [String]) throws {
    #expect(try reasons(options) == expected)
  }

  @Test func unmappedAnswersOverTheLimitAreOneRow() throws {
    let fixture = try RunFixture(export: RunFixture.header + LimitOptionTests.records)
    #expect(try fixture.run(nil, ["--max-unmapped-texts", "1"]).exitCode == 0)
    #expect(
      try fixture.table("unmapped_answers").rows
        == [["question": "tools", "answer": "(more than 1 texts)", "n": "2"]])
  }

  @Test func segmentValuesOverTheLimitAre65AndTheColumnIsNamed() throws {
    let fixture = try RunFixture(
      survey: LimitOptionTests.survey, export: RunFixture.header + LimitOptionTests.records)
    let result = try fixture.run(nil, ["--max-segment-values", "2"])
    #expect(result.exitCode == 65)
    #expect(
      result.lines == [
        "stagecraft: error: the segment column 'comment' has more than 2 different values, or very "
          + "long ones: each would get tables of its own. Group them with 'values', leave the "
          + "segment out, or allow more with --max-segment-values."
      ])
    #expect(!fixture.isPublished)
    #expect(try fixture.run(nil, ["--max-segment-values", "3"]).exitCode == 0)
  }

  @Test func cleanAndCheckHaveTheSameLimits() throws {
    let fixture = try RunFixture(export: RunFixture.header + LimitOptionTests.records)
    let options = ["--max-record-bytes", "40", "--max-fields", "6"]
    let clean = try BuiltCommand.run(["clean", fixture.export] + options)
    #expect(clean.exitCode == 0)
    #expect(clean.messages.contains("record_too_large: the record is longer than 40 bytes"))
    #expect(clean.messages.contains("too_many_fields: the record has more than 6 fields"))
    let check = try BuiltCommand.run(
      ["check", fixture.export, "--survey", fixture.survey, "--max-rejects", "1"] + options)
    #expect(check.exitCode == 65)
    #expect(check.messages.contains("2 of 4 records are rejected"))
  }

  @Test(arguments: [
    ["--max-record-bytes", "0"], ["--max-fields", "0"], ["--max-quote-lines", "0"],
    ["--max-segment-values", "0"], ["--max-unmapped-texts", "-1"],
    ["--max-record-bytes", "1000000000000"], ["--max-fields", "many"],
  ])
  func aLimitThatIsNoneIs64(_ options: [String]) throws {
    let fixture = try RunFixture()
    #expect(try fixture.run(nil, options).exitCode == 64)
    #expect(!fixture.isPublished)
  }

  @Test func theLimitsStandInTheRunReport() throws {
    let fixture = try RunFixture()
    #expect(
      try fixture.run(nil, ["--max-fields", "77", "--max-unmapped-texts", "5"]).exitCode == 0)
    let report = try PackageFiles.text(fixture.directory.path("out/run.json"))
    for option in [
      "\"record_bytes\": 1048576", "\"record_fields\": 77", "\"quoted_lines\": 1000",
      "\"segment_values\": 1000", "\"unmapped_texts\": 5",
    ] { #expect(report.contains(option)) }
  }
}
