import Ingest
import Publish
import Testing

@Suite struct CSVRecordTests {
  private func written(_ cells: Cell...) -> String {
    var csv = CSVRecord()
    for cell in cells { csv.append(cell) }
    csv.endRecord()
    return String(decoding: csv.bytes, as: UTF8.self)
  }

  @Test(arguments: [
    ("plain", "plain"), ("", ""), ("a b", "a b"), (" a ", " a "), ("a,b", "\"a,b\""),
    ("a\"b", "\"a\"\"b\""), ("\"", "\"\"\"\""), ("a\nb", "\"a\nb\""), ("a\r\nb", "\"a\r\nb\""),
    ("a\rb", "\"a\rb\""), ("a;b", "a;b"), ("a\tb", "a\tb"), ("Größe", "Größe"), ("'", "'"),
  ])
  func onlyWhatNeedsQuotesIsQuoted(_ text: String, _ field: String) {
    #expect(written(.text(text)) == field + "\n")
    #expect(written(.answer(text)) == field + "\n")
  }

  @Test func aRecordIsFieldsCommasAndOneLineFeed() {
    let record = written(.text("a"), .integer(7), .decimal("0.500000"), .boolean(true), .null)
    #expect(record == "a,7,0.500000,true,\n")
    #expect(written(.boolean(false), .null, .null) == "false,,\n")
  }

  @Test(arguments: [
    "=", "+", "-", "@", "\t", "\r", "\n", "\u{FF1D}", "\u{FF0B}", "\u{FF0D}", "\u{FF20}",
  ])
  func whatASpreadsheetTakesForAFormulaIsGuarded(_ first: String) {
    #expect(FormulaGuard.guarded(first + "1+1") == "'" + first + "1+1")
    #expect(FormulaGuard.guarded(first) == "'" + first)
  }

  @Test(arguments: [
    "", "a=1", " =1", "'=1", "1", "\u{FF1E}1", "\u{FF2B}1", "\u{2212}5", "|cmd", "%0A=", "\"=1\"",
    ".=", "é",
  ])
  func nothingElseIsGuarded(_ text: String) {
    #expect(FormulaGuard.guarded(text) == text)
  }

  @Test func aNumberInAnAnswerIsGuardedAndInANumericColumnIsNot() {
    #expect(written(.answer("-5"), .decimal("-0.500000"), .answer("+1")) == "'-5,-0.500000,'+1\n")
  }

  @Test(arguments: [
    "=", "+1", "-", "@a", "\t", "\r\n=", "\n", "\u{FF1D}1", "a", "", "'", "\u{FF1E}",
  ])
  func aGuardIsDroppedAgain(_ text: String) {
    #expect(FormulaGuard.dropped(FormulaGuard.guarded(text)) == text)
  }

  @Test func textsOfOursAreNotGuarded() {
    #expect(written(.text("-5"), .text("=a")) == "-5,=a\n")
  }

  @Test func theGuardComesBeforeTheQuotes() {
    #expect(written(.answer("=1,2")) == "\"'=1,2\"\n")
    #expect(written(.answer("\n")) == "\"'\n\"\n")
  }

  @Test func aSpreadsheetsTextsAreQuotedAndItsLinesEndWithCRLF() {
    var csv = CSVRecord(.excel)
    csv.append(.text("a"))
    csv.append(.answer("=\"1"))
    csv.append(.integer(7))
    csv.append(.decimal("0.500000"))
    csv.append(.boolean(true))
    csv.append(ids: Array("a|b".utf8))
    csv.endRecord()
    #expect(
      String(decoding: csv.bytes, as: UTF8.self)
        == "\"a\",\"'=\"\"1\",7,0.500000,true,\"a|b\"\r\n")
  }

  /// Quotes would make an empty text of it, where null is meant.
  @Test func whatIsEmptyIsNullInEveryProfile() {
    for profile in CSVProfile.allCases {
      #expect(CSVRecord.field(.text(""), profile).isEmpty)
      #expect(CSVRecord.field(.answer(""), profile).isEmpty)
      #expect(CSVRecord.field(.null, profile).isEmpty)
    }
  }

  @Test func onlyASpreadsheetsFileBeginsWithAMark() {
    #expect(CSVRecord.header(["a", "b"], .bi) == Array("a,b\n".utf8))
    #expect(
      CSVRecord.header(["a", "b"], .excel) == [0xEF, 0xBB, 0xBF] + Array("\"a\",\"b\"\r\n".utf8))
  }

  @Test func aRecordIsWrittenAnewAfterRemovingAll() {
    var csv = CSVRecord()
    csv.append(.text("a"))
    csv.removeAll()
    csv.append(.text("b"))
    csv.endRecord()
    #expect(String(decoding: csv.bytes, as: UTF8.self) == "b\n")
  }
}
