import Testing

@testable import Ingest

/// The cases of csv-test-data (sineemore/csv-test-data), written again.
///
/// Known differences, kept because libcsv is the reference: spaces around an unquoted field are
/// dropped, and blank lines are no records (they are counted).
@Suite struct CSVTestDataTests {
  @Test(arguments: [
    RecordCase("headerOnly", "foo,bar,baz\n", [["foo", "bar", "baz"]]),
    RecordCase("allFieldsEmpty", ",,\n", [["", "", ""]]),
    RecordCase("oneColumn", "one\ntwo\n", [["one"], ["two"]]),
    RecordCase("oneColumnNoFinalNewline", "one\ntwo", [["one"], ["two"]]),
    RecordCase("emptyFieldInTheMiddle", "one,,three\n", [["one", "", "three"]]),
    RecordCase("emptyFieldAtEndOfRecordIsKept", "one,two,\n", [["one", "two", ""]]),
    RecordCase("emptyQuotedField", "one,\"\",three\n", [["one", "", "three"]]),
    RecordCase("commaInQuotes", "one,\"t,wo\",three\n", [["one", "t,wo", "three"]]),
    RecordCase("newlineInQuotes", "one,\"t\nwo\",three\n", [["one", "t\nwo", "three"]]),
    RecordCase("doubledQuote", "one,\"t\"\"wo\",three\n", [["one", "t\"wo", "three"]]),
    RecordCase("spaceInQuotesIsKept", "one,\" two \",three\n", [["one", " two ", "three"]]),
    RecordCase("simpleLF", "1,2\n3,4\n", [["1", "2"], ["3", "4"]]),
    RecordCase("simpleCRLF", "1,2\r\n3,4\r\n", [["1", "2"], ["3", "4"]]),
    RecordCase(
      "emoji", "one,\u{1F469}\u{200D}\u{1F4BB},three\n", [["one", "👩‍💻", "three"]]),
    // Differences, all of them libcsv's: there the spaces and the blank records are data.
    RecordCase("leadingSpaceIsDropped", "one, two,three\n", [["one", "two", "three"]]),
    RecordCase("trailingSpaceIsDropped", "one,two ,three\n", [["one", "two", "three"]]),
    RecordCase("blankLinesAreNoRecords", "\n\n", []),
    RecordCase("blankLineAfterOneFieldIsNoRecord", "foo\n\n", [["foo"]]),
  ])
  func validInputHasTheseRecords(_ testCase: RecordCase) throws {
    let reading = try readAtEveryChunkSize(testCase.input, .bare, testCase.name)
    #expect(reading.fields == testCase.records)
    #expect(reading.rejects == [])
  }

  @Test(arguments: [("\n\n", 2), ("foo\n\n", 1), ("a\n \t\n\r\nb", 2), ("a\n  ", 0)])
  func blankLinesAreCounted(_ input: String, _ count: UInt64) throws {
    #expect(try readAtEveryChunkSize(input, .bare).irregularities.blankLines == count)
  }

  @Test(arguments: [
    ("foo,bar,baz\n1,2\n", RejectReason.fieldCount, Reject.Detail.fields(found: 2, expected: 3)),
    ("foo,bar,baz\n1,2,3,4\n", .fieldCount, .fields(found: 4, expected: 3)),
    ("foo,bar,baz\n1,\"2,3\n", .unterminatedQuote, .quote(line: 2, byteOffset: 14)),
    ("foo,bar,baz\n1,\"2\"2\"2,3\n4", .malformedQuote, .quote(line: 2, byteOffset: 14)),
  ])
  func invalidInputIsRefusedWithItsLine(
    _ input: String, _ reason: RejectReason, _ detail: Reject.Detail
  ) throws {
    let reading = try readAtEveryChunkSize(input)
    let reject = try #require(reading.rejects.first)
    #expect(reject.reason == reason)
    #expect(reject.position == RecordPosition(record: 1, line: 2, byteOffset: 12))
    #expect(reject.detail == detail)
  }

  @Test(arguments: [
    ("1,\"2\"2\",3\n4,5,6\n", Reject.Detail.quote(line: 1, byteOffset: 4)),
    ("1,t\"w\"o,3\n", .quote(line: 1, byteOffset: 3)),
  ])
  func strayQuotesAreRefusedWhenStrict(_ input: String, _ detail: Reject.Detail) throws {
    let strict = try readAtEveryChunkSize(input, ReadingMode(headers: 0, isStrict: true))
    #expect(strict.reasons == [.malformedQuote])
    #expect(strict.rejects.first?.position.line == 1)
    #expect(strict.rejects.first?.column == 2)
    #expect(strict.rejects.first?.detail == detail)
  }

  @Test func emptyInputHasNoHeader() throws {
    #expect(throws: IngestError.self) { try readAtEveryChunkSize("") }
  }
}
