import MaturityModel
import Pipeline
import Publish
import Questionnaire
import StagecraftTestSupport
import Testing

/// Printed, fielded, exported and read back without a survey file: the true stages come out.
struct FieldingTests {
  private static let model = try? MaturityModel.builtIn("mlops-maturity")

  @Test(arguments: [
    VendorExport.LimeSurveyOptions(), .init(hasFullAnswers: true),
    .init(hasFullAnswers: true, yes: "Ja", no: "Nein", delimiter: "\t"),
    .init(delimiter: ";", hasUnderscores: true),
  ])
  func limeSurveyExportsGiveTheTrueStages(options: VendorExport.LimeSurveyOptions) throws {
    let model = try #require(FieldingTests.model)
    let form = PrintedForm(limeSurvey: LimeSurveyForm(QuestionnaireForm(model: model)).text)
    let teams = TrueTeam.teams(model, seed: 1)
    try expectTrueStages(VendorExport.limeSurvey(form, teams, options), teams, prefix: "")
  }

  @Test(arguments: VendorExport.QualtricsStyle.allCases)
  func qualtricsExportsGiveTheTrueStages(style: VendorExport.QualtricsStyle) throws {
    let model = try #require(FieldingTests.model)
    let form = PrintedForm(qualtrics: QualtricsForm(QuestionnaireForm(model: model)).text)
    let teams = TrueTeam.teams(model, seed: 2)
    try expectTrueStages(VendorExport.qualtrics(form, teams, style), teams, prefix: "R_")
  }

  private func expectTrueStages(_ csv: String, _ teams: [TrueTeam], prefix: String) throws {
    let scratch = try ScratchDirectory()
    let input = try scratch.write(csv, as: "export.csv")
    let report = try run(input, to: scratch.path("out"))
    let observability = report.tally.shape.observability
    #expect(!observability.assessable.contains(false))
    #expect(!observability.deniable.contains(false))

    let table = try PublishedTable(path: scratch.path("out/respondents.csv"))
    let stages = Dictionary(
      uniqueKeysWithValues: table.rows.map { ($0["respondent"], $0["stage"]) })
    let expected = Dictionary(
      uniqueKeysWithValues: teams.map { (prefix + $0.id, "\($0.stage)") })
    #expect(stages == expected)
    #expect(table.columns.contains("industry") && table.columns.contains("company_size"))
    #expect(report.tally.unmapped.allSatisfy { $0.responses == 0 })
  }

  @Test func theSurveyFileIsStoredAndGivesTheSameResults() throws {
    let scratch = try ScratchDirectory()
    let model = try #require(FieldingTests.model)
    let form = PrintedForm(limeSurvey: LimeSurveyForm(QuestionnaireForm(model: model)).text)
    let csv = VendorExport.limeSurvey(form, Array(TrueTeam.teams(model, seed: 3).prefix(6)))
    let input = try scratch.write(csv, as: "export.csv")
    let first = try run(input, to: scratch.path("out"))
    #expect(first.surveyFile == "survey.yaml")
    #expect(first.outputs.contains { $0.name == "survey.yaml" })
    let stored = scratch.path("out/survey.yaml")
    let second = try run(input, survey: stored, to: scratch.path("again"))
    #expect(!second.outputs.contains { $0.name == "survey.yaml" })
    let texts = try ["out", "again"].map {
      try PackageFiles.text(scratch.path($0 + "/respondents.csv"))
    }
    #expect(texts[0] == texts[1])
  }

  @Test func aTranslatedQuestionnaireIsReadByItsCodesAndNumbers() throws {
    let model = try #require(FieldingTests.model)
    let form = PrintedForm(qualtrics: QualtricsForm(QuestionnaireForm(model: model)).text)
    let teams = TrueTeam.teams(model, seed: 4)
    let csv = VendorExport.qualtrics(form, teams, .numbers) { text in
      text.replacing("a", with: "ä").replacing("i", with: "ï")
    }
    try expectTrueStages(csv, teams, prefix: "R_")
  }

  @Test func anyOtherExportNeedsASurveyFile() throws {
    let scratch = try ScratchDirectory()
    let sample = PackageFiles.sample("responses.csv")
    let failure = #expect(throws: RunFailure.self) { try run(sample, to: scratch.path("out")) }
    guard case .undefined(.noSurvey(input: sample))? = failure else {
      Issue.record("another failure")
      return
    }
  }

  @Test func codesPrintedFromAnotherModelAreRefused() throws {
    let scratch = try ScratchDirectory()
    let ladder = Ladder([.any("a"), .any("b"), .any("c"), .any("d")])
    let model = try MaturityModel(yaml: Array(ladder.yaml.utf8), source: "model.yaml")
    let form = PrintedForm(limeSurvey: LimeSurveyForm(QuestionnaireForm(model: model)).text)
    let csv = VendorExport.limeSurvey(form, [])
    let input = try scratch.write(csv, as: "export.csv")
    let failure = #expect(throws: RunFailure.self) { try run(input, to: scratch.path("out")) }
    guard case .undefined(.printedFromAnotherModel)? = failure else {
      Issue.record("another failure")
      return
    }
  }

  private func run(
    _ input: String, survey: String? = nil, to directory: String
  ) throws -> RunReport {
    var configuration = RunConfiguration(
      inputs: [input], surveyFile: survey ?? "survey.yaml", outputDirectory: directory, jobs: 1,
      command: [])
    configuration.writesRespondents = true
    let definitions =
      if let survey {
        try Definitions(surveyFile: survey, model: nil)
      } else {
        try Definitions(printed: configuration)
      }
    return try Pipeline(configuration, definitions: definitions) { _ in }.run()
  }
}
