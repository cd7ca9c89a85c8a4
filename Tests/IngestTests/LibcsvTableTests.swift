import Testing

@testable import Ingest

/// The parser cases of libcsv's own test program, written again: what its lenient mode and its
/// strict mode make of them.
///
/// Options that stagecraft has no use for change nothing here: CSV_EMPTY_IS_NULL gives the same
/// fields, and what CSV_REPALL_NL reports is counted as blank lines.
@Suite struct LibcsvTableTests {
  private static let verse = "A line of verse,\nand one more line,\nwhich ends this verse."
  private static let manySpaces = String(repeating: " ", count: 460)

  @Test(arguments: [
    RecordCase("01 spacesAroundFields", " 1,2 ,  3         ,4,5\r\n", [["1", "2", "3", "4", "5"]]),
    RecordCase("02 onlyDelimiters", ",,,,,\n", [["", "", "", "", "", ""]]),
    RecordCase("03 quotedDelimiters", "\",\",\",\",\"\"", [[",", ",", ""]]),
    RecordCase("04 newlinesInQuotes", "\"\(verse)\"", [[verse]]),
    RecordCase(
      "05 doubledQuotes",
      "\"\"\"a,b\"\"\",,\" \"\"\"\" \",\"\"\"\"\" \",\" \"\"\"\"\",\"\"\"\"\"\"",
      [["\"a,b\"", "", " \"\" ", "\"\" ", " \"\"", "\"\""]]),
    RecordCase("06 spacesInQuotes", "\" a, b ,c \", a b  c,", [[" a, b ,c ", "a b  c", ""]]),
    RecordCase("09 emptyInput", "", []),
    RecordCase("10 oneField", "a\n", [["a"]]),
    RecordCase("11 simple", "1,2 ,3,4\n", [["1", "2", "3", "4"]]),
    RecordCase("12 blankLines", "\n\n\n\n", []),
    RecordCase("13 noFinalNewline", "\"abc\"", [["abc"]]),
    RecordCase(
      "14 mixedLineEnds", "1, 2, 3,\n\r\n  \"4\", \r,",
      [["1", "2", "3", ""], ["4", ""], ["", ""]]),
    RecordCase(
      "15 mixedLineEnds", "1, 2, 3,\n\r\n  \"4\", \r\"\"", [["1", "2", "3", ""], ["4", ""], [""]]),
    RecordCase(
      "18 fieldOfBlockSize", "12345678901234567890123456789012",
      [["12345678901234567890123456789012"]]),
    RecordCase("19 emptyFields", "  , \"\" ,", [["", "", ""]]),
  ])
  func regularInputIsReadAlikeInBothModes(_ testCase: RecordCase) throws {
    for isStrict in [false, true] {
      let mode = ReadingMode(headers: 0, isStrict: isStrict)
      let reading = try readAtEveryChunkSize(testCase.input, mode, testCase.name)
      #expect(reading.fields == testCase.records)
      #expect(reading.rejects == [])
    }
  }

  @Test(arguments: [
    RecordCase(
      "07 strayQuotes", "\" \"\" \" \" \"\" \"", [[" \" \" \" \" "]]),
    RecordCase(
      "08 strayQuoteAfterManySpaces", "\" abc\"\(manySpaces)\", \"123\"",
      [[" abc\"\(manySpaces)", "123"]]),
  ])
  func strayQuoteIsKeptUnlessStrict(_ testCase: RecordCase) throws {
    let lenient = try readAtEveryChunkSize(testCase.input, .bare, testCase.name)
    #expect(lenient.fields == testCase.records)
    #expect(lenient.irregularities.textsAfterQuotes == 1)
    let mode = ReadingMode(headers: 0, isStrict: true)
    let strict = try readAtEveryChunkSize(testCase.input, mode, testCase.name)
    #expect(strict.reasons == [.malformedQuote])
  }

  /// libcsv gives the field up to the end; stagecraft never does.
  @Test(arguments: [false, true])
  func openQuoteAtTheEndIsRefused(_ isStrict: Bool) throws {
    let mode = ReadingMode(headers: 0, isStrict: isStrict)
    let reading = try readAtEveryChunkSize("\"1\",\"2\",\" 3 ", mode)
    #expect(reading.reasons == [.unterminatedQuote])
    #expect(reading.rejects.first?.column == 3)
    #expect(reading.rejects.first?.detail == .quote(line: 1, byteOffset: 8))
  }

  /// libcsv keeps zero bytes; stagecraft refuses the record.
  @Test func zeroBytesAreRefused() throws {
    let reading = try readAtEveryChunkSize(" a\u{0}b\u{0}c ", .bare)
    #expect(reading.reasons == [.nulByte])
    #expect(reading.rejects.first?.detail == .byte(offset: 2))
  }

  @Test func otherDelimiterLeavesTheCommaAlone() throws {
    let input = "\"\"\"a;b\"\"\";;\" \"\"\"\" \";c,d;\"\"\"\"\"\""
    let reading = try readAtEveryChunkSize(input, ReadingMode(headers: 0, delimiter: ";"))
    #expect(reading.fields == [["\"a;b\"", "", " \"\" ", "c,d", "\"\""]])
  }

  @Test func otherQuoteLeavesTheDoubleQuoteAlone() throws {
    let input = "'''a;b''';;' '''' ';\"c\";''''''"
    let mode = ReadingMode(headers: 0, delimiter: ";", quote: "'")
    let reading = try readAtEveryChunkSize(input, mode)
    #expect(reading.fields == [["'a;b'", "", " '' ", "\"c\"", "''"]])
    #expect(reading.irregularities == .init())
  }

  @Test func tabAsDelimiterIsNoSpace() throws {
    let reading = try readAtEveryChunkSize(
      "a\t\t b \n\t\"c\"\t\n", ReadingMode(headers: 0, delimiter: "\t"))
    #expect(reading.fields == [["a", "", "b"], ["", "c", ""]])
  }
}
