import Testing

@testable import Detection

/// Headers as short as the rules allow, and those that are nearly theirs.
@Suite struct RuleTests {
  @Test(arguments: [
    ("Date submitted,Response ID,Last page,Start language", Vendor.limeSurvey),
    ("Date Submitted,Response ID,Time Started,Status", .alchemer),
    ("SUBMITDATE,LASTPAGE,STARTLANGUAGE", .limeSurvey),
    ("submitdate,lastpage,q", .generic),
    (" ID ,Start\u{A0}time:,Completion time,Email,Name,q", .microsoftForms),
    ("Name,ID,Start time,Completion time,Email", .generic),
    ("Respondent,Hobbyist,Age", .stackOverflow),
    ("Respondent,Age", .generic),
    ("#,question,Network ID", .typeform),
    ("question,Response Type,Start Date (UTC),Stage Date (UTC),Submit Date (UTC)", .typeform),
    ("SubmissionDate,q,KEY", .odk),
    ("SubmissionDate,KEY,q", .generic),
    ("_uuid,_id,_index,q", .kobo),
    ("_uuid,_id,q", .generic),
    ("Zeitstempel,Frage", .googleSheets),
    ("Timestamp", .generic),
    ("Respondent ID,q", .generic),
    ("Time from Start to Finish (seconds),Q1", .kaggle),
    ("Duration (in seconds),Q1", .generic),
    ("ResponseId,StartDate,EndDate,Status,Progress", .qualtrics),
    ("ResponseId,StartDate,EndDate,Status,Progress,MainBranch", .stackOverflow),
    ("Response ID,Start Date,End Date,Response Type,Progress", .qualtrics),
    ("a_complete,b___1", .redcap),
    ("Record ID,Event Name,Repeat Instrument,Complete?", .redcap),
  ])
  func headersAlone(_ header: String, _ vendor: Vendor) throws {
    #expect(try Exports.detect(Array((header + "\n").utf8)).vendor == vendor)
  }

  @Test(arguments: [
    ("Timestamp,level\n2024/03/01 9:05:07 AM GMT+1,x\n", Vendor.googleForms),
    ("Timestamp,level\n2024/03/01 9:05:07 AM,x\n", .googleSheets),
    ("Timestamp,level\n01.03.2024 09:05:07,x\n", .googleSheets),
    ("Timestamp,level\n1709280307,x\n", .generic),
    ("id,form_complete\n7,2\n8,\n", .redcap),
    ("id,form_complete\n7,yes\n", .generic),
    ("Your id,form_complete\n7,2\n", .generic),
    ("Respondent ID,q\n12000000001,x\n", .surveyMonkey),
    ("Respondent ID,q\nanna,x\n", .generic),
    ("q,r\nResponse,Response\nx,y\n", .surveyMonkey),
    ("q,r\nResponse,y\n", .generic),
    ("q,,\nA,B,Other (please specify)\nA,,\n", .surveyMonkey),
    ("Duration (in seconds),Q2\nDuration (in seconds),What?\n5,x\n", .kaggle),
    ("V1,V2,V3\nResponseID,ResponseSet,Name\na,b,c\n", .qualtricsLegacy),
    ("V1,V2,V3\na,b,c\n", .generic),
  ])
  func headersWithARecordBelow(_ text: String, _ vendor: Vendor) throws {
    #expect(try Exports.detect(Array(text.utf8)).vendor == vendor)
  }

  /// Rules 4 and 10 both fire: the first decides, the other is named.
  @Test func anAmbiguousHeaderNamesTheOthers() throws {
    let text = "Respondent ID,Collector ID,Time Started,Date Submitted,Status,q\n,,,,,Response\n"
    let detection = try Exports.detect(Array(text.utf8))
    #expect(detection.vendor == .surveyMonkey)
    #expect(detection.alternatives == [.alchemer])
    let declared = try Exports.detect(Array(text.utf8), DeclaredDialect(vendor: .alchemer))
    #expect(declared.vendor == .alchemer)
    #expect(declared.alternatives == [])
  }

  @Test(arguments: [
    ("{\"ImportId\":\"QID1\"},{\"ImportId\":\"QID2_TEXT\",\"choiceId\":\"4\"}", true),
    ("\"{\"\"ImportId\"\":\"\"QID1\"\",\"\"IsLabelsColumn\"\":true}\",", true),
    ("{'ImportId': 'QID1'},{'ImportId': 'QID2'}", true),
    ("{\"importid\":\"QID1\"},x", false),
    ("{\"ImportId\":\"QID1\"},ImportId", false),
    ("{ImportId},{ImportId}", false),
  ])
  func importIDsAreParsedAsJSON(_ third: String, _ fires: Bool) throws {
    let cells = third.contains("\"\"") ? third : SampleCells.quoted(third)
    let detection = try Exports.detect(Array("a,b\nA,B\n\(cells)\n1,2\n".utf8))
    #expect(detection.vendor == (fires ? .qualtrics : .generic))
    #expect(detection.dialect.headerRecords == (fires ? 3 : 1))
  }

  @Test func profilesCoverEveryVendorOnce() {
    #expect(Set(VendorProfile.decisionList.map(\.vendor)).count == Vendor.allCases.count - 1)
    for vendor in Vendor.allCases {
      #expect(vendor.profile.vendor == vendor)
      #expect((1...vendor.profile.headerRecords).contains(vendor.profile.labelRecord))
      let filters = vendor.profile.filters.map { $0.id + $0.column }
      #expect(Set(filters).count == filters.count)
    }
  }

  @Test func filtersAreThoseWhoseColumnsAreThere() {
    let profile = Vendor.redcap.profile
    #expect(profile.filters(among: ["id", "tools_complete"]).map(\.column) == ["tools_complete"])
    #expect(profile.filters(among: ["a_complete", "b_complete"]) == [])
    #expect(
      Vendor.qualtrics.profile.filters(among: ["status", "Q1"]).map(\.id)
        == ["not_preview", "not_spam", "not_synthetic"])
  }

  @Test func theBestIDComesFirst() {
    #expect(Vendor.kobo.profile.idColumn(among: ["_index", "_id", "_uuid"]) == "_uuid")
    #expect(Vendor.googleForms.profile.idColumn(among: ["Timestamp"]) == nil)
    #expect(Vendor.qualtrics.profile.dateColumn(among: ["EndDate"]) == "EndDate")
  }
}

/// CSV made of cells that hold quotes.
enum SampleCells {
  /// Cells split at `},{`-like borders and quoted.
  static func quoted(_ text: String) -> String {
    text.replacing("},", with: "}\u{1}").split(separator: "\u{1}")
      .map { "\"" + $0.replacing("\"", with: "\"\"") + "\"" }.joined(separator: ",")
  }
}
