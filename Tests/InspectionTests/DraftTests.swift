import Inspection
import MaturityModel
import StagecraftTestSupport
import SurveyMapping
import Testing

/// What a draft makes of the words of a questionnaire.
struct DraftTests {
  private let scratch: ScratchDirectory

  init() throws { scratch = try ScratchDirectory() }

  private func draft(_ csv: String) throws -> SurveyDraft {
    try SurveyDraft(try inspect(csv, scratch: scratch), modelReference: "mlops-maturity")
  }

  private func repeated(_ header: String, _ records: [String], times: Int = 6) -> String {
    ([header] + Array(repeating: records, count: times).flatMap { $0 }).joined(separator: "\n")
      + "\n"
  }

  @Test func whatIsUsedIsAskedForAndWhatIsPlannedIsLeftOut() throws {
    let csv = repeated(
      "Which tools do you use?,Which tools do you plan to use?",
      ["Jenkins;GitLab CI,Docker;Jenkins", "GitLab CI;None,Jenkins;Docker"])
    let draft = try draft(csv)
    let model = try builtInModel()
    #expect(draft.survey.questions.count == 1)
    #expect(draft.survey.questions[0].asks.map { model.criteria[$0].id } == ["ci_cd"])
    #expect(draft.survey.questions[0].none == ["none"])
    #expect(draft.yaml.contains("plans and wishes"))
  }

  @Test func theRespondentsOwnTitleDeniesNothing() throws {
    let csv = repeated("What is your role?,x", ["Data Engineer,1", "Data Scientist,2"])
    let question = try #require(try draft(csv).survey.questions.first)
    #expect(question.style == .choice)
    #expect(question.asks.isEmpty)
  }

  @Test func rolesOfATeamAreAskedFor() throws {
    let csv = repeated(
      "Which roles are there in your team?,x",
      ["Data Engineer;Data Scientist,1", "Data Scientist;Data Engineer;Other,2"])
    let question = try #require(try draft(csv).survey.questions.first)
    let model = try builtInModel()
    #expect(question.asks.map { model.criteria[$0].id }.contains("data_engineer"))
    #expect(question.other == ["other"])
  }

  @Test func surroundingsBecomeSegmentsAndMetrics() throws {
    let csv = repeated(
      "In which country do you live?,What industry is your company in?,"
        + "What is the size of your company?,Size of your team,Which tools do you use?",
      ["Chile,Retail,0-49 employees,1-2,Git;Python", "Peru,Mining,50+ employees,20+,Git"])
    let draft = try draft(csv)
    #expect(draft.survey.segments.map(\.id) == ["country", "industry", "company_size"])
    #expect(draft.survey.metrics.map(\.id) == ["team_size"])
    #expect(draft.survey.metrics.first?.values.count == 2)
  }

  @Test func selfAssessmentIsDraftedOnlyWithTheNamesOfStages() throws {
    let question = "At which stage of machine learning adoption is your company?"
    let named = repeated(question + ",x", ["Early Analytics,1", "Mature Analytics,2"])
    #expect(try draft(named).survey.selfAssessed != nil)
    let unnamed = repeated(question + ",x", ["We explore,1", "We are done,2"])
    let draft = try draft(unnamed)
    #expect(draft.survey.selfAssessed == nil)
    #expect(draft.yaml.contains("# self_assessed:"))
  }

  @Test func agreementWithACriterionIsAScale() throws {
    let csv = repeated(
      "Our code is under version control.,We like tea.", ["Agree,Agree", "Disagree,Neutral"])
    let draft = try draft(csv)
    let model = try builtInModel()
    #expect(draft.survey.questions.count == 1)
    #expect(draft.survey.questions[0].criterion == model.criterion("version_control"))
    #expect(draft.survey.questions[0].yes == ["agree"])
    #expect(draft.survey.questions[0].no == ["disagree"])
  }

  @Test func anExportThatSaysNothingStillRuns() throws {
    let path = try scratch.write("a,b\n1,2\n3,4\n", as: "numbers.csv")
    let draft = try SurveyDraft(try inspect(file: path), modelReference: "mlops-maturity")
    #expect(draft.survey.questions.isEmpty)
    #expect(try run(path, draft: draft, scratch: scratch).inputs[0].accounting.read == 2)
  }

  @Test func hostileTextsAreQuoted() throws {
    let csv = repeated(
      "\"Which \"\"tools\"\": {do} you\nuse? # [all]*\u{85}\",y",
      ["\"Git;\\u0041 \"\"x\"\": - {a}: # no\",1", "Git;!!tag &a *b,2"])
    let draft = try draft(csv)
    #expect(draft.survey.questions.count == 1)
    #expect(draft.survey.questions[0].none.contains("!!tag &a *b"))
  }

  @Test func windows1252IsDeclaredAndRuns() throws {
    let bytes: [UInt8] =
      Array("Which caf".utf8) + [0xE9] + Array(" tools do you use?,x\n".utf8)
      + Array("Git;Python,1\nGit,2\nPython;Git,\u{33}\n".utf8)
    let path = try scratch.write(bytes, as: "latin.csv")
    let inspection = try inspect(file: path)
    #expect(inspection.isReadAsProposed)
    let draft = try SurveyDraft(inspection, modelReference: "mlops-maturity")
    #expect(draft.survey.source.encoding == .windows1252)
    #expect(try run(path, draft: draft, scratch: scratch).inputs[0].accounting.rejected == 0)
  }

  @Test func roundedIdsAreNoIds() throws {
    var csv = "Respondent ID,Collector ID,Which tools?,\n,,Python,Git\n"
    for _ in 0..<3 { csv += "1.2E+10,1,Python,Git\n" }
    let draft = try draft(csv)
    #expect(draft.survey.respondent.id == nil)
  }

  @Test func eachRowOfAGridOfAgreementIsAScale() throws {
    let csv = repeated(
      "How is it? [Our code is under version control],How is it? [We like tea],x",
      ["Agree,Agree,1", "Disagree,Agree,2"])
    let draft = try draft(csv)
    let model = try builtInModel()
    #expect(draft.survey.questions.map(\.criterion) == [model.criterion("version_control")])
    #expect(draft.yaml.contains("We like tea"))
  }

  @Test func anAnswerThatHoldsAKnownNameDeniesNothing() throws {
    let csv = repeated(
      "Which version control do you use?,x",
      ["GitHub;GitLab,1", "\"GitHub, Trello\",2", "Pigeons,3"])
    let question = try #require(try draft(csv).survey.questions.first)
    #expect(question.asks == [try builtInModel().criterion("version_control")])
    #expect(question.other == ["github, trello"])
    #expect(question.none == ["pigeons"])
  }

  @Test func wordsOfAFewDoNotMakeAQuestionOneOfTools() throws {
    var csv = "What do you think of us?,x\n"
    for count in 0..<100 { csv += "\(count % 2 == 0 ? "Good people" : "Bad coffee"),1\n" }
    csv += "Jenkins,1\nKubernetes,1\nPython,1\n"
    #expect(try draft(csv).survey.questions.isEmpty)
  }

  @Test func aShortNameIsExplainedByItsAnswers() throws {
    let csv = repeated(
      "sw-tools,env-os,env-cpu", ["Jenkins,Linux,Yes-ish", "Travis,Plan 9,No-ish"])
    let draft = try draft(csv)
    #expect(draft.yaml.contains("# sw-tools: Jenkins, Travis"))
    #expect(draft.yaml.contains("env-os (single choice: Linux, Plan 9)"))
  }

  @Test func questionsOfTheSameWordsAreOneLine() throws {
    let csv = repeated(
      "e1[SQ1]. Where do you sit?,e2[SQ1]. Where do you sit?,sw. Which tools do you use?",
      ["Here,There,Jenkins", "There,Here,Travis"])
    let lines = try SurveyDraft(
      try inspect(csv, vendor: .limeSurvey, scratch: scratch), modelReference: "mlops-maturity"
    ).yaml.split(separator: "\n")
    #expect(lines.count { $0.contains("Where do you sit?") } == 1)
  }

  @Test func codesAreSaidToBeCodes() throws {
    let redcap = PackageFiles.root + "/Tests/Fixtures/vendors/redcap.csv"
    let draft = try SurveyDraft(try inspect(file: redcap), modelReference: "mlops-maturity")
    #expect(draft.yaml.contains("'CSV / Microsoft Excel (labels)'"))
    #expect(try inspect(Everything.csv(), scratch: scratch).codes == nil)
  }

  @Test func aColumnOfDatesIsNamed() throws {
    let forms = PackageFiles.root + "/Tests/Fixtures/vendors/gforms-sheet.csv"
    #expect(try inspect(file: forms).dateColumn == "Timestamp")
    #expect(try inspect(Everything.csv(), scratch: scratch).dateColumn == nil)
  }

  @Test func bytesThatAreNotUTF8AreSaidHoweverLateTheyCome() throws {
    var bytes = Array("Which tools do you use?,x\n".utf8)
    for _ in 0..<40_000 { bytes += Array("Git;Python,1\n".utf8) }
    bytes += Array("Caf".utf8) + [0xE9] + Array(",1\n".utf8)
    let inspection = try inspect(file: try scratch.write(bytes, as: "late.csv"))
    #expect(inspection.rejects.total == 1)
    let draft = try SurveyDraft(inspection, modelReference: "mlops-maturity")
    #expect(draft.yaml.contains("try --encoding windows-1252"))
  }
}
