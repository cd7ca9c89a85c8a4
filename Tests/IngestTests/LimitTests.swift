import StagecraftTestSupport
import Testing

@testable import Ingest

@Suite struct LimitTests {
  @Test func quoteOverTooManyLinesIsRefusedOnceWhereItStarts() throws {
    let input = "a,b\n1,2\n3,\"lost\n4,5\n6,7\n8,9\n10,11\n"
    let reading = try readAtEveryChunkSize(input, ReadingMode(quotedLines: 2))
    #expect(
      reading.rejects == [
        Reject(
          position: RecordPosition(record: 2, line: 3, byteOffset: 8), column: 2,
          reason: .quoteTooLong, detail: .limitInQuote(2, line: 3, byteOffset: 10))
      ])
    #expect(reading.fields == [["1", "2"], ["4", "5"], ["6", "7"], ["8", "9"], ["10", "11"]])
    #expect(reading.lines == [2, 4, 5, 6, 7])
    #expect(reading.records.map(\.position.record) == [1, 3, 4, 5, 6])
  }

  @Test(arguments: [
    ("a\n\"1\n2\n3\"\nx\n", 2, true), ("a\n\"1\n2\n3\n4\"\nx\n", 2, false),
    ("a\n\"1\r\n2\r\n3\"\r\nx\r\n", 2, true), ("a\n\"1\r\n2\r\n3\r\n4\"\r\nx\r\n", 2, false),
    ("a\n\"1\r2\r3\"\rx\r", 2, true), ("a\n\"1\r2\r3\r4\"\rx\r", 2, false),
  ])
  func limitOfLinesIsExact(_ input: String, _ limit: Int, _ isKept: Bool) throws {
    let reading = try readAtEveryChunkSize(input, ReadingMode(quotedLines: limit))
    #expect(reading.reasons.contains(.quoteTooLong) == !isKept)
    #expect(reading.fields.last == ["x"])
  }

  @Test(arguments: ["\n", "\r\n", "\r", ""])
  func limitOfBytesIsExact(_ lineEnd: String) throws {
    let mode = ReadingMode(headers: 0, recordBytes: 8)
    let kept = try readAtEveryChunkSize("1234,678\(lineEnd)", mode)
    #expect(kept.fields == [["1234", "678"]])
    let refused = try readAtEveryChunkSize("1234,6789\(lineEnd)", mode)
    #expect(refused.reasons == [.recordTooLarge])
    #expect(refused.rejects.first?.detail == .limit(8))
    #expect(refused.rejects.first?.column == 2)
  }

  @Test func recordsAfterATooLargeOneSurvive() throws {
    let input = "a,b\n1,2\n3,and so on and on and on\n4,5\n"
    let reading = try readAtEveryChunkSize(input, ReadingMode(recordBytes: 10))
    #expect(
      reading.rejects == [
        Reject(
          position: RecordPosition(record: 2, line: 3, byteOffset: 8), column: 2,
          reason: .recordTooLarge, detail: .limit(10))
      ])
    #expect(reading.fields == [["1", "2"], ["4", "5"]])
    #expect(reading.lines == [2, 4])
  }

  @Test func tooLargeQuotedFieldIsRefusedWhereItsQuoteStands() throws {
    let input = "a,b\n3,\"lost and never found again\n4,5\n6,7\n"
    let reading = try readAtEveryChunkSize(input, ReadingMode(recordBytes: 10))
    #expect(reading.rejects.map(\.detail) == [.limitInQuote(10, line: 2, byteOffset: 6)])
    #expect(reading.reasons == [.recordTooLarge])
    #expect(reading.fields == [["4", "5"], ["6", "7"]])
  }

  @Test func unterminatedQuoteIsRefusedWhereItStarts() throws {
    let input = "a,b\n1,2\n3,\"lost\n4,5\n6,7"
    let reading = try readAtEveryChunkSize(input)
    #expect(
      reading.rejects == [
        Reject(
          position: RecordPosition(record: 2, line: 3, byteOffset: 8), column: 2,
          reason: .unterminatedQuote, detail: .quote(line: 3, byteOffset: 10))
      ])
    #expect(reading.fields == [["1", "2"], ["4", "5"], ["6", "7"]])
  }

  /// The quote to blame may stand lines below the record's start.
  @Test func quoteInALaterLineOfTheRecordIsNamed() throws {
    let input = "a,b\n\"1\n2\",\"lost\n4,5\n"
    let reading = try readAtEveryChunkSize(input)
    #expect(reading.rejects.map(\.detail) == [.quote(line: 3, byteOffset: 10)])
    #expect(reading.rejects.first?.position.line == 2)
    #expect(reading.fields == [["4", "5"]])
    #expect(reading.lines == [4])
  }

  @Test(arguments: [
    ("1,\"x\"y\n3,4\n5,\"z\"\n", [["3", "4"], ["5", "z"]]),
    ("1,\"x\"y,\n3,4\n", [["3", "4"]]),
    ("1,\"x\ny\"z\n3,4\n", []),
  ])
  func textAfterAQuoteThatStaysOpenIsRefused(_ records: String, _ kept: [[String]]) throws {
    let reading = try readAtEveryChunkSize("a,b\n" + records)
    #expect(reading.reasons.first == .malformedQuote)
    #expect(reading.rejects.first?.detail == .quote(line: 2, byteOffset: 6))
    #expect(kept.isEmpty || reading.fields == kept)
  }

  @Test func textAfterAQuoteIsKeptWhereTheFieldClosesOnItsLine() throws {
    let reading = try readAtEveryChunkSize("a,b\n1,\"x\"y\"\n3,\"p\nq\"r\"\n")
    #expect(reading.fields == [["1", "x\"y"], ["3", "p\nq\"r"]])
    #expect(reading.irregularities.textsAfterQuotes == 2)
  }

  @Test func moreFieldsThanTheLimitAreToldApartFromAWrongNumberOfFields() throws {
    let mode = ReadingMode(fields: 4)
    let reading = try readAtEveryChunkSize("a,b\n1,2\n1,2,3,4\n1,2,3,4,5\n,,,,,,,,,\n3,4\n", mode)
    #expect(
      reading.rejects == [
        Reject(
          position: RecordPosition(record: 2, line: 3, byteOffset: 8), column: nil,
          reason: .fieldCount, detail: .fields(found: 4, expected: 2)),
        Reject(
          position: RecordPosition(record: 3, line: 4, byteOffset: 16), column: nil,
          reason: .tooManyFields, detail: .limit(4)),
        Reject(
          position: RecordPosition(record: 4, line: 5, byteOffset: 26), column: nil,
          reason: .tooManyFields, detail: .limit(4)),
      ])
    #expect(reading.fields == [["1", "2"], ["3", "4"]])
  }

  @Test func aHeaderOfTooManyFieldsIsRefused() throws {
    let directory = try ScratchDirectory()
    let path = try directory.write("a,b,c\n1,2,3\n", as: "wide.csv")
    let reject = Reject(
      position: RecordPosition(record: 1, line: 1, byteOffset: 0), column: nil,
      reason: .tooManyFields, detail: .limit(2))
    #expect(throws: IngestError.headerUnreadable(path: path, reject)) {
      try read(path: path, ReadingMode(fields: 2), chunkBytes: 10)
    }
  }

  /// Room is made for the fields of records that can be kept, not for every line.
  @Test func shortRecordsUnderAWideHeaderAreRefused() throws {
    let header = (0..<200).map { "c\($0)" }.joined(separator: ",")
    let whole = (0..<200).map(String.init).joined(separator: ",")
    let text =
      header + "\n" + String(repeating: "x\n", count: 300) + whole + "\n"
      + String(repeating: ",", count: 199) + "\nx\n"
    let directory = try ScratchDirectory()
    let path = try directory.write(text, as: "wide.csv")
    for way in ReadingWay.all {
      let reading = try read(path: path, ReadingMode(), chunkBytes: 1 << 20, way)
      #expect(reading.rejects.count == 301)
      #expect(reading.fields.map(\.count) == [200, 200])
      #expect(reading.fields.first?.last == "199")
    }
  }

  @Test func longLineOfSpacesIsTooLarge() throws {
    let spaces = String(repeating: " ", count: 9)
    let reading = try readAtEveryChunkSize(
      "a\n\(spaces)\n\(spaces.dropLast())\nb\n", ReadingMode(recordBytes: 8))
    #expect(reading.reasons == [.recordTooLarge])
    #expect(reading.fields == [["b"]])
    #expect(reading.irregularities.blankLines == 1)
  }
}
