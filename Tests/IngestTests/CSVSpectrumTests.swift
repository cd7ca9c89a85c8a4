import Testing

@testable import Ingest

/// The cases of csv-spectrum (maxogden/csv-spectrum), written again.
@Suite struct CSVSpectrumTests {
  private static let header = "first,last,address,city,zip"
  private static let headerFields = ["first", "last", "address", "city", "zip"]

  @Test(arguments: [
    RecordCase(
      "commaInQuotes", header + "\nAda,Lee,12 Long St.,\"Anyville, ZZ\",08123",
      [headerFields, ["Ada", "Lee", "12 Long St.", "Anyville, ZZ", "08123"]]),
    RecordCase(
      "emptyQuotedFields", "a,b,c\n1,\"\",\"\"\n2,3,4\n",
      [["a", "b", "c"], ["1", "", ""], ["2", "3", "4"]]),
    RecordCase(
      "emptyQuotedFieldsCRLF", "a,b,c\r\n1,\"\",\"\"\r\n2,3,4\r\n",
      [["a", "b", "c"], ["1", "", ""], ["2", "3", "4"]]),
    RecordCase(
      "doubledQuotes", "a,b\n1,\"ha \"\"ha\"\" ha\"\n3,4\n",
      [["a", "b"], ["1", "ha \"ha\" ha"], ["3", "4"]]),
    RecordCase(
      "objectInQuotes", "key,val\n1,\"{\"\"type\"\": \"\"Point\"\", \"\"at\"\": [102.0, 0.5]}\"\n",
      [["key", "val"], ["1", "{\"type\": \"Point\", \"at\": [102.0, 0.5]}"]]),
    RecordCase(
      "newlineInQuotes", "a,b,c\n1,2,3\n\"Once upon \na time\",5,6\n7,8,9\n",
      [["a", "b", "c"], ["1", "2", "3"], ["Once upon \na time", "5", "6"], ["7", "8", "9"]]),
    RecordCase(
      "newlineInQuotesCRLF", "a,b,c\r\n1,2,3\r\n\"Once upon \r\na time\",5,6\r\n7,8,9\r\n",
      [["a", "b", "c"], ["1", "2", "3"], ["Once upon \r\na time", "5", "6"], ["7", "8", "9"]]),
    RecordCase(
      "quotesAndNewlines", "a,b\n1,\"ha \n\"\"ha\"\" \nha\"\n3,4\n",
      [["a", "b"], ["1", "ha \n\"ha\" \nha"], ["3", "4"]]),
    RecordCase("simple", "a,b,c\n1,2,3", [["a", "b", "c"], ["1", "2", "3"]]),
    RecordCase("simpleCRLF", "a,b,c\r\n1,2,3", [["a", "b", "c"], ["1", "2", "3"]]),
    RecordCase(
      "utf8", "a,b,c\n1,2,3\n4,5,\u{2A4}\n", [["a", "b", "c"], ["1", "2", "3"], ["4", "5", "ʤ"]]),
  ])
  func recordsAreThoseOfTheSuite(_ testCase: RecordCase) throws {
    let reading = try readAtEveryChunkSize(testCase.input, .bare, testCase.name)
    #expect(reading.fields == testCase.records)
    #expect(reading.rejects == [])
    #expect(reading.irregularities == .init())
    let withHeader = try readAtEveryChunkSize(testCase.input, ReadingMode(), testCase.name)
    #expect(withHeader.headers + withHeader.fields == testCase.records)
  }
}
