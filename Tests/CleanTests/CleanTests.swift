import Ingest
import Pipeline
import StagecraftTestSupport
import Testing

/// Cases of the kinds of csv-spectrum and csv-test-data, written anew: input and plain CSV.
private let plainCases: [(name: String, input: String, output: String)] = [
  (
    "a comma in quotes", "town,zip\n\"Berlin, Mitte\",08123\n",
    "town,zip\n\"Berlin, Mitte\",08123\n"
  ),
  ("empty quoted fields", "a,b\r\n\"\",\"\"\r\n", "a,b\n,\n"),
  ("doubled quotes", "a\n\"she said \"\"no\"\"\"\n", "a\n\"she said \"\"no\"\"\"\n"),
  ("JSON in quotes", "a,b\n1,\"{\"\"k\"\": \"\"v\"\"}\"\n", "a,b\n1,\"{\"\"k\"\": \"\"v\"\"}\"\n"),
  ("a line end in quotes", "a,b\n\"x\ny\",2\n", "a,b\n\"x\ny\",2\n"),
  ("CRLF in quotes stays", "a,b\r\n\"x\r\ny\",2\r\n", "a,b\n\"x\r\ny\",2\n"),
  ("quotes and line ends", "a\n\"\"\"x\"\"\n\"\"y\"\"\"\n", "a\n\"\"\"x\"\"\n\"\"y\"\"\"\n"),
  ("UTF-8", "a\nʤ,é\n", "a\n"),
  ("no final line end", "a,b\n1,2", "a,b\n1,2\n"),
  ("header only", "a,b\n", "a,b\n"),
  ("an empty field in the middle", "a,b,c\n1,,3\n", "a,b,c\n1,,3\n"),
  ("spaces around unquoted fields go", "a,b\n  x  ,y\n", "a,b\nx,y\n"),
  ("spaces inside quotes stay", "a,b\n\"  x  \",y\n", "a,b\n\"  x  \",y\n"),
  ("blank lines are no records", "a\n\nx\n\n", "a\nx\n"),
  ("too few fields", "a,b,c\n1,2\n3,4,5\n", "a,b,c\n3,4,5\n"),
  ("too many fields", "a,b\n1,2,3\n4,5\n", "a,b\n4,5\n"),
  ("a quote that is never closed", "a,b\n1,\"2\n3,4\n", "a,b\n3,4\n"),
  ("a quote inside an unquoted field", "a,b\n12\" disk,2\n", "a,b\n\"12\"\" disk\",2\n"),
  ("one empty field more", "a,b\n1,2,\n", "a,b\n1,2\n"),
]

@Suite struct CleanTests {
  @Test(arguments: plainCases.indices)
  func recordsBecomePlainCSV(index: Int) throws {
    let (name, input, output) = plainCases[index]
    #expect(try Cleaned(Array(input.utf8)).text == output, "\(name)")
  }

  @Test func severalHeaderRecordsAreJoinedWithASpace() throws {
    let cleaned = try Cleaned(Array("Q1,Q2\nWhich?,\n1,2\n".utf8)) {
      $0.declared.headerRecords = 2
    }
    #expect(cleaned.text == "Q1 Which?,Q2\n1,2\n")
  }

  @Test func recordsBeforeTheHeaderAreSkipped() throws {
    let cleaned = try Cleaned(Array("A title, by \"us\"\n\na,b\n1,2\n".utf8)) {
      $0.skippedRecords = 1
    }
    #expect(cleaned.text == "a,b\n1,2\n")
  }

  @Test func formulasAreGuardedOnlyWhereAsked() throws {
    let bytes = Array("a\n=1+1\n".utf8)
    #expect(try Cleaned(bytes).text == "a\n=1+1\n")
    #expect(try Cleaned(bytes) { $0.isGuarded = true }.text == "a\n'=1+1\n")
  }

  /// What `--guard` does `--unguard` undoes: header and records, read by either reader.
  @Test func guardsAreDroppedAgain() throws {
    let plain =
      "-a,@b\n=1+1,-5\n\u{FF1D}x,it's\n\"+1,2\",\"\r\na\"\n\"\tx\",\"\"\"y\"\n"
    let guarded = try Cleaned(Array(plain.utf8)) { $0.isGuarded = true }.text
    #expect(
      guarded == "'-a,'@b\n'=1+1,'-5\n'\u{FF1D}x,it's\n\"'+1,2\",\"'\r\na\"\n\"'\tx\",\"\"\"y\"\n")
    let again = try Cleaned(Array(guarded.utf8)) { $0.isUnguarded = true }.text
    #expect(again == (try Cleaned(Array(plain.utf8)).text))
    // A stray quote sends the whole chunk through libcsv.
    let irregular = try Cleaned(Array((guarded + "'@x,1\" disk\n").utf8)) { $0.isUnguarded = true }
    #expect(irregular.text == again + "@x,\"1\"\" disk\"\n")
  }

  @Test func onlyAGuardIsDropped() throws {
    let text = "a,b\n'x,''=1\n\"'\",it'=1\n"
    #expect(
      try Cleaned(Array(text.utf8)) { $0.isUnguarded = true }.text == "a,b\n'x,''=1\n',it'=1\n")
  }

  @Test func guardsOfTypeformAreDropped() throws {
    let export = try PackageFiles.bytes(PackageFiles.root + "/Tests/Fixtures/vendors/typeform.csv")
    let text = try Cleaned(export).text
    #expect(text.contains(",+49 30 000000,"))
    #expect(!text.contains("'+"))
  }

  /// Of any other product a `'` is part of the answer.
  @Test func otherExportsKeepTheirApostrophes() throws {
    #expect(try Cleaned(Array("a\n'=1\n".utf8)).text == "a\n'=1\n")
  }

  @Test func anotherQuoteIsRead() throws {
    let cleaned = try Cleaned(Array("a,b\n'x,y',\"z\"\n".utf8)) { $0.quote = UInt8(ascii: "'") }
    #expect(cleaned.text == "a,b\n\"x,y\",\"\"\"z\"\"\"\n")
  }

  @Test func strictReadingLeavesOutWhatWouldBeRepaired() throws {
    let bytes = Array("a,b\n12\" disk,2\n3,4\n".utf8)
    let cleaned = try Cleaned(bytes) { $0.isStrict = true }
    #expect(cleaned.text == "a,b\n3,4\n")
    #expect(cleaned.report.rejects.map(\.reason) == [.malformedQuote])
  }

  @Test func cleaningTwiceChangesNothing() throws {
    let once = try Cleaned(Array("a;b\r\"x;\"\"y\"\r\n\";2\r3; z \r".utf8)).text
    #expect(try Cleaned(Array(once.utf8)).text == once)
  }
}
