import Testing

@testable import Ingest

@Suite struct LineTests {
  @Test(arguments: ["\n", "\r\n", "\r"])
  func everyLineEndEndsARecord(_ end: String) throws {
    let reading = try readAtEveryChunkSize("a,b\(end)1,2\(end)3,4\(end)")
    #expect(reading.headers == [["a", "b"]])
    #expect(reading.fields == [["1", "2"], ["3", "4"]])
    #expect(reading.lines == [2, 3])
  }

  @Test func mixedLineEndsAreCountedAsLinesAreSeen() throws {
    let reading = try readAtEveryChunkSize("a\r1\n2\r\n3\n\r4\r\r\n5\r")
    #expect(reading.fields == [["1"], ["2"], ["3"], ["4"], ["5"]])
    #expect(reading.lines == [2, 3, 4, 6, 8])
    #expect(reading.irregularities.blankLines == 2)
  }

  /// What some programs write on Windows: CR, then CR LF.
  @Test func carriageReturnBeforeCRLFIsABlankLine() throws {
    let reading = try readAtEveryChunkSize("a,b\r\r\n1,2\r\r\n3,4\r\r\n")
    #expect(reading.fields == [["1", "2"], ["3", "4"]])
    #expect(reading.lines == [3, 5])
    #expect(reading.irregularities.blankLines == 3)
  }

  @Test func lineEndsInsideQuotesAreKeptAndCounted() throws {
    let reading = try readAtEveryChunkSize("a\n\"1\r\n2\n3\r4\"\nx\n")
    #expect(reading.fields == [["1\r\n2\n3\r4"], ["x"]])
    #expect(reading.lines == [2, 6])
  }

  @Test(arguments: ["", "\n", "\r\n", "\r"])
  func finalLineEndMayBeMissing(_ end: String) throws {
    let reading = try readAtEveryChunkSize("a,b\n1,2\n3,\(end)")
    #expect(reading.fields == [["1", "2"], ["3", ""]])
  }

  @Test func blankLinesAreNoRecordsAndCountAsLines() throws {
    let reading = try readAtEveryChunkSize("\n \na,b\n\n1,2\n \t \r\n\n3,4\n\n")
    #expect(reading.headers == [["a", "b"]])
    #expect(reading.fields == [["1", "2"], ["3", "4"]])
    #expect(reading.lines == [5, 8])
    #expect(reading.byteOffsets == [8, 18])
    #expect(reading.records.map(\.position.record) == [1, 2])
  }

  @Test func byteOrderMarkIsNoPartOfTheFirstName() throws {
    let reading = try readAtEveryChunkSize("\u{FEFF}\"a\",b\n1,\u{FEFF}\n")
    #expect(reading.headers == [["a", "b"]])
    #expect(reading.records.map(\.fields) == [["1", "\u{FEFF}"]])
    #expect(reading.byteOffsets == [9])
  }

  @Test func byteOrderMarkAloneIsEmpty() throws {
    #expect(throws: IngestError.self) { try readAtEveryChunkSize("\u{FEFF}") }
  }

  @Test func recordStartsWithTheSpacesOfItsLine() throws {
    let reading = try readAtEveryChunkSize("a,b\n   1,2\n\t\n  3,4\n")
    #expect(reading.byteOffsets == [4, 13])
    #expect(reading.fields == [["1", "2"], ["3", "4"]])
  }
}
