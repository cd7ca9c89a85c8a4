import Inspection
import MaturityModel
import StagecraftTestSupport
import SurveyMapping
import Testing

/// How much of what people answer the model knows, with a draft as it comes out of `init`.
///
/// The promise: at least four in five of the answers to questions about tools for data, machine
/// learning or platforms are terms. Only terms count: what a draft files under `none` or `other` does
/// not, and neither do people's own words.
///
/// Questions on clouds, containers, storage, databases, CI/CD, monitoring, serverless functions, ML
/// libraries, notebooks, BI and platform practice count. Questions whose options are mostly of no use
/// to a maturity ladder do not, since terms for them would say nothing: programming languages,
/// editors, web and desktop frameworks, package managers and build tools, office tools, ingress
/// proxies. That leaves out two that hold some terms among many others: Stack Overflow's "other
/// frameworks and libraries" (half of them .NET, Spring, mobile and desktop frameworks) and its
/// "tools" (three quarters of them package managers and build tools).
struct KnownAnswersTests {
  /// Questions of one export by subject, by the ids that a draft gives them.
  struct Case: CustomTestStringConvertible {
    let file: String
    let groups: [(subject: String, ids: [String])]
    var testDescription: String { file }
  }

  static let cases = [
    Case(
      file: "kaggle2018/multipleChoiceResponses.csv",
      groups: [
        ("platforms", ["q15", "q27"]), ("data", ["q12", "q21", "q22", "q29", "q30"]),
        ("machine learning", ["q14", "q19", "q20", "q28"]),
      ]),
    Case(
      file: "kaggle2020/kaggle_survey_2020_responses.csv",
      groups: [
        ("platforms", ["q12", "q26", "q27"]), ("data", ["q14", "q29", "q30", "q31", "q32", "q38"]),
        (
          "machine learning",
          ["q10", "q16", "q17", "q18", "q19", "q28", "q33", "q34", "q35"]
        ),
      ]),
    Case(
      file: "kaggle2022/kaggle_survey_2022_responses.csv",
      groups: [
        ("platforms", ["q31", "q33", "q34", "q42"]), ("data", ["q15", "q35", "q36"]),
        (
          "machine learning",
          [
            "q14", "q17", "q18", "q19", "q20", "q21", "q22", "q37", "q38", "q39", "q40", "q41",
          ]
        ),
      ]),
    Case(
      file: "so2024/survey_data_updated.csv",
      groups: [
        ("platforms", ["platform_worked", "professional_cloud"]), ("data", ["database_worked"]),
        ("practice", ["professional_tech"]),
      ]),
    Case(
      file: "cncf/cloudnative/Cloud_Native_Survey_2018.csv",
      groups: [
        (
          "platforms",
          [
            "data_center_types_company_organization",
            "company_organization_deploys_containers_environm",
            "company_organization_runs_kubernetes_environment",
            "kubernetes_environment_s_target_during", "if_yes_hosted_serverless_platforms",
            "if_yes_installable_serverless_platforms",
          ]
        ), ("containers", ["company_organization_manages_containers"]),
        (
          "projects in production",
          ["these_cloud_native_projects_company", "these_cloud_native_storage_projects"]
        ),
        ("CI/CD", ["tools_manage_ci_cd_pipeline"]),
      ]),
    Case(
      file: "cncf/cloudnative/Cloud_Native_Survey_2019.csv",
      groups: [
        (
          "platforms",
          [
            "data_center_types_company_organization", "kubernetes_environment_s_target_during",
            "if_yes_23_hosted_platform", "if_yes_23_installable_software",
          ]
        ), ("containers", ["company_organization_manages_containers"]),
        (
          "projects in production",
          [
            "indicate_if_company_organization_evaluating",
            "indicate_if_company_organization_evaluating_2",
            "indicate_if_company_organization_evaluating_3",
            "indicate_if_company_organization_evaluating_4",
            "indicate_if_company_organization_evaluating_5",
          ]
        ), ("CI/CD", ["tools_manage_ci_cd_pipeline"]),
      ]),
  ]
  static let areHere = cases.allSatisfy {
    PackageFiles.exists(PackageFiles.realExport($0.file))
  }

  @Test(.enabled(if: areHere, "the exports of ../shared/data are not here"), arguments: cases)
  func fourInFiveAnswersOnToolsAreTerms(_ export: Case) throws {
    let scratch = try ScratchDirectory()
    let path = try beginning(of: PackageFiles.realExport(export.file), scratch)
    let inspection = try inspect(file: path)
    let draft = try SurveyDraft(inspection, modelReference: "mlops-maturity")
    let check = try SurveyCheck(
      ExportRequest(path: path), survey: draft.survey, model: try builtInModel())
    var whole = Shares()
    for (subject, ids) in export.groups {
      var group = Shares()
      for id in ids {
        let place = try #require(
          draft.survey.questions.firstIndex { $0.id == id }, "\(id) is not in the draft")
        group.add(
          check.questions[place], silent: silent(draft.survey.questions[place], inspection))
      }
      #expect(
        5 * group.named + 4 * group.silent >= 4 * group.all,
        "\(subject): \(group.named) of \(group.all), \(group.silent) of them nothing or other")
      whole.add(group)
    }
    #expect(5 * whole.named >= 4 * whole.all, "all: \(whole.named) of \(whole.all)")
  }

  @Test func whatADraftFilesUnderNoneIsNoTerm() throws {
    let scratch = try ScratchDirectory()
    let csv = "Tools,x\n" + String(repeating: "Jenkins;Abacus,1\nAbacus;None,2\n", count: 6)
    let inspection = try inspect(csv, scratch: scratch)
    let draft = try SurveyDraft(inspection, modelReference: "mlops-maturity")
    let check = try SurveyCheck(
      ExportRequest(path: scratch.path("export.csv")), survey: draft.survey,
      model: try builtInModel())
    let question = try #require(check.questions.first)
    #expect(question.matched == 24)
    #expect(question.named == 6)
  }

  /// Counts of answers.
  private struct Shares {
    var named: UInt64 = 0
    var all: UInt64 = 0
    /// "None", "other" and the like.
    var silent: UInt64 = 0

    mutating func add(_ question: CheckedQuestion, silent: UInt64) {
      named += question.named
      all += question.matched + question.unmatchedInTotal
      self.silent += silent
    }

    mutating func add(_ other: Shares) {
      named += other.named
      all += other.all
      silent += other.silent
    }
  }

  /// Answers of a drafted question that name nothing, or scripts of one's own: they count for the
  /// export as a whole, where they are few, and not for a group, of which they say nothing.
  private func silent(_ drafted: Question, _ inspection: Inspection) -> UInt64 {
    let question = inspection.questions.first { question in
      let name = inspection.columns[question.columns[0]].name
      return drafted.columns.contains {
        $0.hasSuffix("*") ? name.hasPrefix($0.dropLast()) : name == $0
      }
    }
    let beginnings = [
      "none", "no / none", "no, ", "other", "i have not", "not applicable", "n/a", "don't ",
      "custom scripts", "shell scripts",
    ]
    return (question?.answers ?? []).filter { answer in
      answer.term == nil && beginnings.contains { answer.folded.hasPrefix($0) }
    }.reduce(0) { $0 + $1.count }
  }

  /// Whole records from the first megabytes: enough to measure, and quick without optimisation.
  private func beginning(of path: String, _ scratch: ScratchDirectory) throws -> String {
    let bytes = try PackageFiles.bytes(path)
    let limit = 3 << 20
    guard bytes.count > limit, let end = bytes[..<limit].lastIndex(of: 0x0A) else { return path }
    return try scratch.write(Array(bytes[...end]), as: "beginning.csv")
  }
}
