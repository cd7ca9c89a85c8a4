import Ingest
import Testing

@testable import Detection
@testable import Ingest

@Suite struct DialectTests {
  @Test(
    arguments: [
      ("a,b;c\n1,2;3\n", ","), ("a;b,c;d\n1;2;3\n", ";"), ("\"a,b,c\";d\n1;2\n", ";"),
      ("a\tb, or c, or d\n1\t2\n", "\t"), ("a|b\n1|2\n", "|"), ("a,b;c\n1;2\n3;4\n", ";"),
      ("a,b;c\n", ","), ("a,b\n1,2,3\n", ","), ("one\ntwo\n", ","), ("", ","),
      ("a;b\n\"x;y\n,,,,\";2\n", ";"), ("a, b\tc\n1\t2\n3\t4\n", "\t"),
    ] as [(String, Character)])
  func theDelimiterSplitsTheFirstRecordsAlike(_ text: String, _ delimiter: Character) throws {
    #expect(try Exports.detect(Array(text.utf8)).dialect.delimiter == delimiter.asciiValue)
  }

  @Test(arguments: [
    ("a,b\n1,2\n", "LF"), ("a,b\r\n1,\"x\ny\"\r\n", "CRLF"), ("a,b\r1,2\r", "CR"),
    ("a,b\r\r\n1,2\r\r\n", "CRCRLF"), ("a,b\r\n1,2\n", "mixed"), ("a,b", "none"),
  ])
  func lineEndsAreThoseOfRecords(_ text: String, _ name: String) throws {
    #expect(try Exports.detect(Array(text.utf8)).lineEnds.name == name)
  }

  @Test func tabsAreKeptWhereTheyDelimit() {
    let tab = UInt8(ascii: "\t")
    let parser = LibcsvParser(delimiter: tab)
    let fields = Array("a\t\t b ".utf8).withUnsafeBufferPointer { parser.fields(of: $0) }
    #expect(fields == ["a", "", "b"])
  }
}

@Suite struct DoubtTests {
  @Test func resultTablesAreNoResponses() throws {
    let detection = try Exports.detect(try Exports.fixture("summary-tables.csv"))
    #expect(!detection.isTableOfResponses)
    #expect(
      detection.doubts == [
        .titleRecord, .summaryTables(headings: 6), .raggedRecords(10, of: 13),
      ])
  }

  @Test(
    arguments: [
      ("Title,,,\nq,r,s,t\n1,2,3,4\n", [Doubt.titleRecord, .unnamedColumns(3)]),
      ("Title\nq,r\n1,2\n", [.titleRecord, .raggedRecords(2, of: 3)]),
      ("q\nan answer\n", []), (",q\n0,an answer\n1,another\n", []),
      ("q,\n1,2\n", [.unnamedColumns(1)]),
      ("a,b\n1,2,3\n1,2\n1,2\n", [.raggedRecords(1, of: 4)]), ("a,b\n", [.noResponses]),
      (",,\n,,\na,b,c\n1,2,3\n", [.emptyRecordsFirst(2)]), ("", []),
    ] as [(String, [Doubt])])
  func oddFactsAreNamed(_ text: String, _ doubts: [Doubt]) throws {
    #expect(try Exports.detect(Array(text.utf8)).doubts == doubts)
  }

  @Test func someBadRecordsDoNotRuleOutResponses() throws {
    #expect(try Exports.detect(Array("a,b\n1,2,3\n1,2\n".utf8)).isTableOfResponses)
    #expect(try !Exports.detect(Array("a,b\n1\n1,2,3\n1,2\n1,2,3\n".utf8)).isTableOfResponses)
  }
}
