import Testing

@testable import Ingest

@Suite struct RefusalTests {
  @Test(arguments: [
    ("1,2,", true), ("1,2, ", true), ("1,2,\"\"", true), ("1,2,x", false),
    ("1,2,,", false), ("1", false), ("1,", true), (",,", true), ("\"1,2\"", false),
  ])
  func oneEmptyFieldTooManyIsTolerated(_ record: String, _ isKept: Bool) throws {
    let reading = try readAtEveryChunkSize("a,b\n\(record)\n5,6\n")
    #expect(reading.records.count == (isKept ? 2 : 1))
    #expect(reading.reasons == (isKept ? [] : [.fieldCount]))
    #expect(reading.fields.last == ["5", "6"])
  }

  @Test func raggedRecordsAreRefusedWithBothCounts() throws {
    let reading = try readAtEveryChunkSize("a,b,c\n1\n1,2,3\n1,2,3,4,5\n")
    #expect(
      reading.rejects == [
        Reject(
          position: RecordPosition(record: 1, line: 2, byteOffset: 6), column: nil,
          reason: .fieldCount, detail: .fields(found: 1, expected: 3)),
        Reject(
          position: RecordPosition(record: 3, line: 4, byteOffset: 14), column: nil,
          reason: .fieldCount, detail: .fields(found: 5, expected: 3)),
      ])
    #expect(reading.fields == [["1", "2", "3"]])
  }

  @Test(
    arguments: [
      ("overlongSlash", [0xC0, 0xAF]), ("overlongThreeBytes", [0xE0, 0x80, 0xAF]),
      ("overlongFourBytes", [0xF0, 0x80, 0x80, 0xAF]), ("surrogate", [0xED, 0xA0, 0x80]),
      ("aboveUnicode", [0xF4, 0x90, 0x80, 0x80]), ("truncatedTwo", [0xC3]),
      ("truncatedThree", [0xE2, 0x82]), ("truncatedFour", [0xF0, 0x9F, 0x92]),
      ("loneContinuation", [0x80]), ("neverAByte", [0xFF]), ("fiveByteForm", [0xF8, 0x88]),
      ("latin1", [0xE9]),
    ] as [(String, [UInt8])])
  func invalidUTF8IsRefusedWithItsOffset(_ name: String, _ fault: [UInt8]) throws {
    // A valid neighbour on each side, and eight bytes before, for the path of words.
    let input = Array("a,b\n1,2\n12345678é,x".utf8) + fault + Array("y\n3,é\n".utf8)
    let reading = try readAtEveryChunkSize(input, ReadingMode(), name)
    #expect(
      reading.rejects == [
        Reject(
          position: RecordPosition(record: 2, line: 3, byteOffset: 8), column: 2,
          reason: .invalidEncoding, detail: .byte(offset: 20))
      ])
    #expect(reading.fields == [["1", "2"], ["3", "é"]])
  }

  @Test(arguments: 0..<20)
  func zeroByteIsRefusedWithItsOffset(_ place: Int) throws {
    var record = Array("0123456789,123456789".utf8)
    if record[place] == UInt8(ascii: ",") { return }
    record[place] = 0
    let reading = try readAtEveryChunkSize(Array("a,b\n".utf8) + record + Array("\n1,2".utf8))
    #expect(reading.reasons == [.nulByte])
    #expect(reading.rejects.first?.detail == .byte(offset: UInt64(4 + place)))
    #expect(reading.fields == [["1", "2"]])
  }

  @Test func everyValidScalarPasses() {
    var refused: [UInt32] = []
    for value in UInt32(1)...0x10FFFF
    where value < 0x3000 || value % 61 == 0 || value & 0xFFF > 0xFFB {
      guard let scalar = Unicode.Scalar(value) else { continue }
      let isText = Array(UTF8.encode(scalar) ?? .init()).withUnsafeBufferPointer(
        ByteCheck.isTextWithoutNUL)
      if !isText { refused.append(value) }
    }
    #expect(refused == [])
  }

  @Test(arguments: [
    ("1,a\"b", "1,a\"b", 7), ("1,\"a\"b\"", "1,a\"b", 8), ("1, x \"y\" ", "1,x \"y\"", 9),
  ])
  func strictModeRefusesWhatLenientModeRepairs(
    _ record: String, _ lenient: String, _ quote: UInt64
  ) throws {
    let input = "a,b\n\(record)\n3,4\n"
    let kept = try readAtEveryChunkSize(input)
    #expect(kept.fields.first?.joined(separator: ",") == lenient)
    let strict = try readAtEveryChunkSize(input, ReadingMode(isStrict: true))
    #expect(
      strict.rejects == [
        Reject(
          position: RecordPosition(record: 1, line: 2, byteOffset: 4), column: 2,
          reason: .malformedQuote, detail: .quote(line: 2, byteOffset: quote))
      ])
    #expect(strict.fields == [["3", "4"]])
  }

  @Test func lenientRepairsAreCounted() throws {
    let reading = try readAtEveryChunkSize("a\nx\"y\n\"x\"y\"\n\"x\"\nx\"y\"z\n")
    #expect(reading.irregularities.quotesInUnquotedFields == 2)
    #expect(reading.irregularities.textsAfterQuotes == 1)
    #expect(reading.rejects == [])
  }
}
