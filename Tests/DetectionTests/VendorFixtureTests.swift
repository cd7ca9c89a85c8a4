import Ingest
import Testing

@testable import Detection

/// What is expected of one made-up export.
struct FixtureCase: CustomTestStringConvertible, Sendable {
  let file: String
  let vendor: Vendor
  let headerRecords: Int
  let labelRecord: Int
  let delimiter: Character
  let basis: EncodingBasis
  let lineEnds: String
  let rule: String

  init(
    _ file: String, _ vendor: Vendor, _ headerRecords: Int = 1, label: Int? = nil,
    _ delimiter: Character = ",", _ basis: EncodingBasis = .assumed, _ lineEnds: String = "LF",
    rule: String
  ) {
    self.file = file
    self.vendor = vendor
    self.headerRecords = headerRecords
    self.labelRecord = label ?? headerRecords
    self.delimiter = delimiter
    self.basis = basis
    self.lineEnds = lineEnds
    self.rule = rule
  }

  var testDescription: String { file }
}

@Suite struct VendorFixtureTests {
  static let cases = [
    FixtureCase(
      "qualtrics-3row.csv", .qualtrics, 3, label: 2,
      rule: "30 of 30 cells of record 3 hold an ImportId"),
    FixtureCase(
      "qualtrics-1row.csv", .qualtrics,
      rule: "columns 'ResponseId' and 9 more of Qualtrics' own, without the records of texts and "
        + "ids"),
    FixtureCase(
      "qualtrics-legacy.csv", .qualtricsLegacy, 2, ",", .byteOrderMark,
      rule: "record 1 begins with V1, V2; record 2 holds 'ResponseID' and 'ResponseSet'"),
    FixtureCase(
      "surveymonkey-2row.csv", .surveyMonkey, 2, ",", .assumed, "CR",
      rule: "columns 'Respondent ID' and 'Collector ID' over a record of options"),
    FixtureCase(
      "surveymonkey-3row.csv", .surveyMonkey, 3, ",", .assumed, "CRCRLF",
      rule: "record 1 holds question numbers, record 2 'Respondent ID' and 'Collector ID', "
        + "record 3 the options"),
    FixtureCase(
      "surveymonkey-anonymous.csv", .surveyMonkey, 2, ",", .assumed, "CRLF",
      rule: "1 cells of record 2 say 'Response', and 4 options stand under no name"),
    FixtureCase(
      "surveymonkey-1row.csv", .surveyMonkey,
      rule: "column 'Respondent ID' with its numbers from record 2 on"),
    FixtureCase(
      "limesurvey.csv", .limeSurvey, 1, ";", .byteOrderMark, "CRLF",
      rule: "columns 'submitdate', 'lastpage', 'startlanguage'"),
    FixtureCase(
      "limesurvey-cleaned.csv", .limeSurvey,
      rule: "6 of 6 columns read 'code. question' or 'code[SQ001]…'"),
    FixtureCase("redcap.csv", .redcap, rule: "column 'redcap_event_name'"),
    FixtureCase(
      "redcap-labels.csv", .redcap,
      rule: "column 'Which tools? (choice=Python)', and the state of a form or event"),
    FixtureCase(
      "odk.csv", .odk,
      rule: "first column 'SubmissionDate', columns 'KEY' and 'SubmitterID'"),
    FixtureCase(
      "kobo.csv", .kobo, 1, ";", .assumed, "CRLF",
      rule: "columns '_id', '_uuid', '_submission_time', '_validation_status', '_status', "
        + "'_submitted_by', '__version__', '_index'"),
    FixtureCase("typeform.csv", .typeform, rule: "first column '#', column 'Submit Date (UTC)'"),
    FixtureCase(
      "alchemer.csv", .alchemer,
      rule: "columns 'Response ID', 'Time Started', 'Date Submitted', 'Status'"),
    FixtureCase(
      "msforms.csv", .microsoftForms, 1, ";", .assumed, "CRLF",
      rule: "first columns 'ID', 'Start time', 'Completion time', 'Email', 'Name'"),
    FixtureCase("stackoverflow.csv", .stackOverflow, rule: "columns 'ResponseId' and 'MainBranch'"),
    FixtureCase(
      "kaggle.csv", .kaggle, 2, ",", .byteOrderMark,
      rule: "first column 'Duration (in seconds)' in both header records, then 'Q1'"),
    FixtureCase(
      "gforms-direct.csv", .googleForms,
      rule: "first column 'Timestamp' holds times with an offset, as the CSV download prints them"),
    FixtureCase(
      "gforms-sheet.csv", .googleSheets, 1, ",", .assumed, "CRLF",
      rule: "first column 'Timestamp' holds times without an offset, as Sheets prints them"),
    FixtureCase("generic.csv", .generic, 1, "|", rule: "no vendor's rule fits"),
    FixtureCase("generic-empty-first.csv", .generic, 2, rule: "no vendor's rule fits"),
    FixtureCase(
      "generic-utf16.csv", .generic, 1, "\t", .byteOrderMark, "CRLF", rule: "no vendor's rule fits"),
  ]

  @Test(arguments: cases)
  func isReadAsItsVendorWritesIt(_ expected: FixtureCase) throws {
    let detection = try Exports.detect(try Exports.fixture(expected.file))
    #expect(detection.vendor == expected.vendor)
    #expect(detection.rule == "\(expected.vendor.rawValue): \(expected.rule)")
    #expect(detection.alternatives == [])
    #expect(detection.dialect.headerRecords == expected.headerRecords)
    #expect(detection.dialect.labelRecord == expected.labelRecord)
    #expect(detection.dialect.delimiter == expected.delimiter.asciiValue)
    #expect(detection.encodingBasis == expected.basis)
    #expect(detection.lineEnds.name == expected.lineEnds)
    #expect(detection.isTableOfResponses)
  }

  /// A rule looks at whole records only, so a sample cut anywhere after the header is enough.
  @Test(arguments: cases)
  func theHeaderAndOneResponseAreEnough(_ expected: FixtureCase) throws {
    let bytes = try Exports.fixture(expected.file)
    let whole = try Exports.detect(bytes)
    let records = SampleRecords(
      try Sample(bytes, isWhole: true, declared: nil), delimiter: whole.dialect.delimiter,
      limit: .max
    ).records.count
    for cut in [1, 2, 3, 20, 41].map({ bytes.count - $0 }) where records > 4 {
      let detection = try Detector.detect(
        start: Array(bytes[..<cut]), isWhole: false, declared: DeclaredDialect())
      #expect(detection.vendor == whole.vendor)
      #expect(detection.dialect == whole.dialect)
    }
  }

  @Test(arguments: cases)
  func aDeclaredVendorSkipsTheRulesAndKeepsTheVariant(_ expected: FixtureCase) throws {
    let detection = try Exports.detect(
      try Exports.fixture(expected.file), DeclaredDialect(vendor: expected.vendor))
    #expect(detection.rule == "declared: \(expected.vendor.rawValue)")
    #expect(detection.dialect.headerRecords == expected.headerRecords)
    #expect(detection.dialect.labelRecord == expected.labelRecord)
  }

  @Test func whatIsDeclaredWins() throws {
    let declared = DeclaredDialect(
      vendor: .kaggle, delimiter: UInt8(ascii: ";"), encoding: .latin1, headerRecords: 4,
      labelRecord: 3)
    let detection = try Exports.detect(try Exports.fixture("generic.csv"), declared)
    #expect(
      detection.dialect
        == Dialect(
          delimiter: UInt8(ascii: ";"), encoding: .latin1, headerRecords: 4, labelRecord: 3))
    #expect(detection.encodingBasis == .declared)
  }

  @Test func declaredHeaderRecordsMoveTheLabelRecord() throws {
    let detection = try Exports.detect(
      try Exports.fixture("qualtrics-3row.csv"), DeclaredDialect(headerRecords: 2))
    #expect(detection.dialect.headerRecords == 2)
    #expect(detection.dialect.labelRecord == 2)
  }

  @Test func aCompleteVendorFillsAnEmptyDialect() throws {
    let detection = try Exports.detect(Array("one\n".utf8), DeclaredDialect(vendor: .kobo))
    #expect(detection.dialect.delimiter == UInt8(ascii: ";"))
    #expect(detection.doubts == [.noResponses])
  }
}
