import Pipeline
import StagecraftTestSupport
import Testing

/// Several respondents of one organisation become one unit.
@Suite struct OrganisationRunTests {
  private static let header = "id,org,position,size,has,team\n"

  private static let ladder = Ladder([.any("a"), .any("b")], [.any("c"), .any("d")])

  private func survey(unit: String?, respondent: String = "") -> String {
    """
    schema: stagecraft/survey/1
    id: teams
    model: model.yaml
    respondent:
      id: id
      organisation: org
      leader: {column: position, in: [CEO, CTO]}
    \(respondent)
    segments: [{id: size, column: size}]
    questions:
      - {id: has, column: has, style: list, asks: [a, b, c, d], none: [nothing]}
    \(unit.map { "unit: \($0)" } ?? "")

    """
  }

  private func run(
    _ csv: String, unit: String? = "organisation", respondent: String = "",
    configure: (inout RunConfiguration) -> Void = { _ in }
  ) throws -> PipelineRun {
    try PipelineRun(
      export: OrganisationRunTests.header + csv,
      survey: survey(unit: unit, respondent: respondent),
      model: OrganisationRunTests.ladder.yaml, configure: configure)
  }

  private func column(_ name: String, of table: PublishedTable) -> [String?] {
    table.rows(where: [:]).map { $0[name] }
  }

  private static let teams = """
    1,ACME,CEO,big,a;b;c;d,1
    2,acme ,Engineer,big,a,2
    3,Acme,Engineer,small,a;c,3
    4,Globex,CTO,small,nothing,4
    5,Globex,Analyst,small,a;b,5
    6,Initech,Analyst,,nothing,6
    7,,Analyst,big,a;b;c;d,7
    8,Initech,Analyst,,a,8

    """

  @Test func anOrganisationHasWhatAnyOfItsPeopleHave() throws {
    let table = try run(OrganisationRunTests.teams).table("organisations")
    #expect(column("organisation", of: table) == ["ACME", "Globex", "Initech"])
    #expect(column("respondents", of: table) == ["3", "2", "2"])
    #expect(column("leaders", of: table) == ["1", "1", "0"])
    #expect(column("stage", of: table) == ["2", "1", "0"])
    #expect(column("respondent_stage_min", of: table) == ["0", "0", "0"])
    #expect(column("respondent_stage_max", of: table) == ["2", "1", "0"])
  }

  @Test func theTablesCountOrganisationsAndTheBooksRecords() throws {
    let run = try run(OrganisationRunTests.teams)
    let all = try run.table("stage_distribution").rows(where: ["segment": "all"])
    #expect(all.map { $0["n"] } == ["1", "1", "1"])
    #expect(all.first?["base_n"] == "3")
    let sizes = try run.table("stage_distribution").rows(where: ["stage": "2", "segment": "size"])
    // Most of ACME's people say big; of Initech's nobody says anything.
    #expect(sizes.map { $0["segment_value"] } == ["(missing)", "big", "small"])
    #expect(sizes.map { $0["n"] } == ["0", "1", "0"])
    #expect(run.report.tally.totalAccounting.read == 8)
    #expect(run.report.tally.totalAccounting.isBalanced)
  }

  @Test func withoutTheUnitTheTablesCountRespondents() throws {
    let run = try run(OrganisationRunTests.teams, unit: nil)
    let all = try run.table("stage_distribution").rows(where: ["segment": "all"])
    #expect(all.first?["base_n"] == "8")
    #expect(column("stage", of: try run.table("organisations")) == ["2", "1", "0"])
  }

  @Test func whatIsDisputedSwingsTheStage() throws {
    let globex = try #require(
      try run(OrganisationRunTests.teams).table("organisations")
        .row(where: ["organisation": "Globex"]))
    // One of two says a and b, the other denies all: both are disputed, c and d denied by both.
    #expect(globex["disputed_criteria"] == "a|b")
    #expect(globex["stage_without_disputed"] == "0" && globex["stage_with_disputed"] == "1")
    #expect(globex["stage_swing"] == "1")
    // The leader affirms none of four, the analyst two.
    #expect(globex["leader_gap"] == "-0.500000")
  }

  /// Everybody said twice: nothing is open that was not, and nothing is decided that was open.
  @Test func twoWhoSayTheSameCountAsOne() throws {
    var random = SeededGenerator(seed: 44)
    let answers = ["nothing", "a", "a;b", "a;b;c", "a;b;c;d", "c;d", "other things", ""]
    let people = (0..<300).map { number in
      (
        "\(number)", ["big", "small", ""].randomElement(using: &random) ?? "",
        answers.randomElement(using: &random) ?? ""
      )
    }
    let once = people.map { "\($0.0),,CEO,\($0.1),\($0.2),0\n" }.joined()
    let twice = people.flatMap { person in
      ["a", "b"].map { "\($0)\(person.0),Org \(person.0),CEO,\(person.1),\(person.2),0\n" }
    }
    var single = try run(once, unit: nil).files()
    var doubled = try run(twice.shuffled(using: &random).joined()).files()
    for name in [
      "organisations.csv", "organisation_criteria.csv", "unmapped_answers.csv", "results.json",
      "datapackage.json", "respondents.csv", "report.html",
    ] {
      single[name] = nil
      doubled[name] = nil
    }
    #expect(single == doubled)
  }

  @Test func theNumberOfThreadsAndTheOrderChangeNothing() throws {
    var random = SeededGenerator(seed: 45)
    let records = (0..<400).map { number in
      let organisation =
        ["Acme", "ACME", "Globex", "", "globex ", "Hooli"]
        .randomElement(using: &random) ?? ""
      let answer = ["nothing", "a;b", "a;c;d", "b"].randomElement(using: &random) ?? ""
      return "\(number),\(organisation),CEO,big,\(answer),0\n"
    }
    let tables = { (records: [String], jobs: Int) in
      var files = try self.run(records.joined()) {
        $0.jobs = jobs
        $0.chunkBytes = 256
      }.files()
      files["respondents.csv"] = nil
      files["datapackage.json"] = nil
      return files
    }
    let expected = try tables(records, 1)
    #expect(try tables(records, 3) == expected)
    #expect(try tables(records.shuffled(using: &random), 7) == expected)
  }

  @Test func moreOrganisationsThanTheLimitAreRefused() throws {
    let failure = #expect(throws: RunFailure.self) {
      try run(OrganisationRunTests.teams) { $0.textLimits.organisations = 2 }
    }
    guard case .tooManyOrganisations(column: "org", limit: 2)? = failure else {
      Issue.record("\(String(describing: failure))")
      return
    }
  }

  @Test func aWeightIsARespondentsAndNoOrganisations() {
    let failure = #expect(throws: RunFailure.self) {
      try run(OrganisationRunTests.teams, respondent: "  weight: team")
    }
    guard case .definition? = failure else {
      Issue.record("\(String(describing: failure))")
      return
    }
  }
}
