import Testing

@testable import Ingest

@Suite struct HeaderTests {
  @Test func severalHeaderRecordsMayHoldNewlines() throws {
    let input = "Q1,Q2\n\"Which\nof these?\",\"Two\r\nlines\"\n{},{}\nx,y\n"
    let reading = try readAtEveryChunkSize(input, ReadingMode(headers: 3))
    #expect(
      reading.headers == [["Q1", "Q2"], ["Which\nof these?", "Two\r\nlines"], ["{}", "{}"]])
    #expect(reading.fields == [["x", "y"]])
    #expect(reading.records.first?.position == .init(record: 1, line: 6, byteOffset: 43))
  }

  @Test func recordsAreMeasuredByTheFirstHeaderRecord() throws {
    let reading = try readAtEveryChunkSize("a,b,c\nx,y\n1,2,3\n1,2\n", ReadingMode(headers: 2))
    #expect(reading.fields == [["1", "2", "3"]])
    #expect(reading.rejects.map(\.detail) == [.fields(found: 2, expected: 3)])
  }

  @Test func unnamedColumnsTakeTheNameOnTheirLeft() {
    let header = HeaderRecords(
      records: [["", "Q1", "", " ", "Q2"], ["", "One", "Two", "", "x"]], labelRecord: 2)
    #expect(header.names == ["", "Q1", "Q1", "Q1", "Q2"])
    #expect(header.labels == ["", "One", "Two", "Q1", "x"])
    #expect(header.width == 5)
  }

  @Test func oneHeaderRecordIsNotFilled() {
    let header = HeaderRecords(records: [["a", "", " b "]], labelRecord: 1)
    #expect(header.names == ["a", "", "b"])
  }

  @Test(arguments: [
    ("Which tools? - Selected Choice - Tableau", "Tableau"), ("Tableau", "Tableau"),
    ("Which? - Power BI - ", "Q"), ("a-b", "a-b"), ("a - b-c", "b-c"), (" - x", "x"),
    ("a \u{2013} b", "a \u{2013} b"), ("", "Q"), ("-", "-"), (" - ", "Q"), ("a  -  b ", "b"),
    ("Which? - R\u{E9}sum\u{E9} ", "R\u{E9}sum\u{E9}"),
  ])
  func labelStandsAfterTheLastDash(_ text: String, _ label: String) {
    let header = HeaderRecords(records: [["Q"], [text]], labelRecord: 2)
    #expect(header.labels == [label])
  }

  @Test func shortLabelRecordLeavesNames() {
    let header = HeaderRecords(records: [["a", "b"], ["x"]], labelRecord: 2)
    #expect(header.labels == ["x", "b"])
    #expect(HeaderRecords(records: [["a"]], labelRecord: 7).labels == ["a"])
  }
}
