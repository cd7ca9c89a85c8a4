import Ingest
import StagecraftTestSupport
import Testing

@testable import Detection

/// What is expected of one public export.
struct RealCase: CustomTestStringConvertible, Sendable {
  let path: String
  let vendor: Vendor
  let headerRecords: Int
  let isTable: Bool

  init(_ path: String, _ vendor: Vendor, _ headerRecords: Int = 1, isTable: Bool = true) {
    self.path = path
    self.vendor = vendor
    self.headerRecords = headerRecords
    self.isTable = isTable
  }

  var testDescription: String { path }
  var delimiter: Unicode.Scalar { path.hasSuffix("tsv") ? "\t" : "," }
  /// One file alone is not UTF-8.
  var proposal: CharacterEncoding? { path.hasPrefix(Self.notUTF8) ? .windows1252 : nil }
  private static let notUTF8 = "cncf/cloudnative/2022 CNCF"
  var file: String { PackageFiles.realExport(path) }
}

/// The public exports in ../shared/data that hold responses, and the two that do not.
@Suite(
  .enabled(if: PackageFiles.exists(PackageFiles.realExport("")), "there is no ../shared/data"))
struct RealExportTests {
  private static let surveyMonkey = [
    "cncf/ambassador/2019/h1/CNCF_Ambassadors_Survey_2019_H1.csv",
    "cncf/ambassador/2019/h2/CNCF_Ambassadors_Survey_2019_H2.csv",
    "cncf/ambassador/2020/h1/CNCF_Ambassadors_Survey_2020_H1.csv",
    "cncf/ambassador/2021/CNCF_Ambassadors_Survey_2021.csv",
    "cncf/cloudnative/Cloud_Native_Survey_2018.csv",
    "cncf/cloudnative/Cloud_Native_Survey_2019.csv",
    "cncf/maintainer/2019/maintainer-survey-results-2019-h1.csv",
    "cncf/maintainer/2019/maintainer-survey-results-2019-h2.csv",
    "cncf/maintainer/2020/h1/CNCF_Maintainers_Survey_2020_H1.csv",
    "cncf/maintainer/2020/h2/CNCF_Maintainers_Survey_2020_H2.csv",
    "cncf/maintainer/2021/h1/CNCF_Maintainers_Survey_2021_H1.csv",
    "cncf/maintainer/2021/h2/CNCF_Maintainers_Survey_2021_H2.csv",
    "cncf/maintainer/2022/h1/CNCF Maintainers Survey 2022 H1.csv",
    "cncf/maintainer/2022/h2/CNCF Maintainers Survey 2022 H2.csv",
    "cncf/maintainer/2023/h1/CNCF Maintainers Survey 2023 H1.csv",
    "cncf/maintainer/2023/h2/CNCF Maintainers Survey 2023 H2.csv",
    "cncf/micro-surveys/CNCF Cloud Native and Kubernetes FinOps Microsurvey.csv",
    "cncf/micro-surveys/CNCF GitOps Microsurvey.csv",
    "cncf/micro-surveys/CNCF Training and Certifications Microsurvey.csv",
    "cncf/micro-surveys/CNCF WASM Micro-Survey.csv",
    "cncf/projects/strimzi/Strimzi Survey 2022.csv", "cncf/security/cnswp-survey-raw-data.csv",
    "cncf/tags/observability/2021-Cloud_Native_Observability_Microsurvey.csv",
    "cncf/toc/h1/CNCF_TOC_Survey_2020_H1.csv",
  ].map { RealCase($0, .surveyMonkey, 2) }

  private static let qualtrics =
    [
      "Better Sample Survey/Better_Sample_Survey", "Comment Coding/Test_Survey_for_Coded_Comments",
      "Long Exhaustive Sample Survey/Long_Exhaustive_Sample_Survey",
      "Many Different Question Types/Sample_Survey (Insights)",
      "Matrix Single Answer Survey/Matrix_Single_Answer_Testing",
      "Multiple Answer Matrix Questions/Multiple_Answer_Matrix_Questions (Insights)",
      "Multiple Answer Multiple Choices Questions/Multiple_Answer_MC_Questions (Insights)",
      "No Basis for Evaluation/No_Basis_for_Evaluation (Insights)", "Sample Survey/Sample_Survey",
      "Side-by-Side Questions/SidebySide_Questions (Insights)",
      "Single Answer Matrix Questions/Single_Answer_Matrix_Questions (Insights)",
      "Single Answer Multiple Choice Questions/Single_Answer_MC_Questions (Insights)",
      "Test Getting Choice Text from Response Columns/Choice_Text_from_Response_Columns",
      "Text Entry Components/Questions_with_Text_Entry_Components",
      "User Notes Survey/Notes_Survey",
    ].map { RealCase("qualtrics_tools/data/Sample Surveys/\($0).csv", .qualtrics, 3) }

  private static let qualtricsLegacy =
    [
      "Many Different Question Types/Sample_Survey",
      "Multiple Answer Matrix Questions/Multiple_Answer_Matrix_Questions",
      "Multiple Answer Multiple Choices Questions/Multiple_Answer_MC_Questions",
      "No Basis for Evaluation/No_Basis_for_Evaluation (Legacy)",
      "Side-by-Side Questions/SidebySide_Questions (Legacy)",
      "Single Answer Matrix Questions/Single_Answer_Matrix_Questions",
      "Single Answer Multiple Choice Questions/Single_Answer_MC_Questions",
      "Survey Logic/Survey_Logic_EVERYWHERE",
    ].map { RealCase("qualtrics_tools/data/Sample Surveys/\($0).csv", .qualtricsLegacy, 2) }

  private static let redcap = [
    "arm-multiple-delete", "arm-single-delete", "arm-single-longitudinal", "blank-for-gray-status",
    "checkboxes-1", "clinical-trial-1", "dag", "dag-write", "decimal-comma",
    "decimal-comma-and-dot", "decimal-dot", "file-repo", "longitudinal", "metadata-write",
    "multilevel-model-1", "nonnumeric-record-id", "potentially-problematic-values",
    "repeating-instruments", "repeating-instruments-sparse", "russian", "simple", "survey",
    "validation-types-1", "vignette-repeating",
  ].map { RealCase("redcapr/inst/test-data/projects/\($0)/data.csv", .redcap) }

  private static let others = [
    RealCase("cncf/cloudnative/2022 CNCF Survey - Raw Data.csv", .surveyMonkey, 3),
    RealCase("cncf/maintainer/2017/results-h1-2017.csv", .googleSheets),
    RealCase("cncf/maintainer/2017/results-h2-2017.csv", .googleSheets),
    RealCase("cncf/maintainer/2018/results-h1.csv", .googleSheets),
    // Published without its second header record: nothing says what it came from.
    RealCase("cncf/maintainer/2024/h1/CNCF Maintainers Survey 2024 H1.csv", .generic),
    RealCase(
      "cncf/maintainer/2020/h2/CNCF_Maintainers_Survey_2020_H2_Summary.csv", .generic,
      isTable: false),
    RealCase("cncf/projects/strimzi/Strimzi Survey 2020.csv", .generic, isTable: false),
    RealCase("jupyter/surveys/2015-12-notebook-ux/20160115235816-SurveyExport.csv", .alchemer),
    RealCase("jupyter/surveys/2016-05-education-survey/responses.csv", .googleSheets),
    RealCase(
      "jupyter/surveys/2018-09-jupytercon-2018/jupyterlab_test/jupyterlab-ux-data.csv", .generic,
      2),
    RealCase(
      "jupyter/surveys/2018-09-jupytercon-2018/phosphor_test/phosphor-ux-data.csv", .generic),
    RealCase("jupyter/surveys/2020-12-jupyter-survey/data/all_responses.csv", .surveyMonkey),
    RealCase("jupyter/surveys/2020-12-jupyter-survey/data/text_fields.csv", .surveyMonkey),
    RealCase("kaggle2018/multipleChoiceResponses.csv", .kaggle, 2),
    RealCase("kaggle2020/kaggle_survey_2020_responses.csv", .kaggle, 2),
    RealCase("kaggle2022/kaggle_survey_2022_responses.csv", .kaggle, 2),
    RealCase("netdevops/2016.tsv", .googleSheets), RealCase("netdevops/2019.tsv", .googleSheets),
    RealCase("netdevops/2020.tsv", .googleSheets),
    RealCase("qualtRics_pkg/sample.csv", .qualtrics, 3),
    RealCase("qualtRics_pkg/sample_legacy.csv", .qualtricsLegacy, 2),
    RealCase("rse_survey/2016/uk/public_data.csv", .limeSurvey),
    RealCase("rse_survey/2017/de/public_data.csv", .limeSurvey),
    RealCase("rse_survey/2017/uk/public_data.csv", .limeSurvey),
    RealCase("rse_survey/2017/us/public_data.csv", .limeSurvey),
    RealCase("rse_survey/2018/public_data.csv", .limeSurvey),
    RealCase("so2024/survey_data_updated.csv", .stackOverflow),
  ]

  static let cases = surveyMonkey + qualtrics + qualtricsLegacy + redcap + others

  @Test(arguments: cases)
  func isDecidedRight(_ expected: RealCase) throws {
    let detection = try Exports.detect(try Exports.start(expected.file))
    #expect(detection.vendor == expected.vendor)
    #expect(detection.dialect.headerRecords == expected.headerRecords)
    #expect(detection.dialect.delimiter == UInt8(ascii: expected.delimiter))
    #expect(detection.alternatives == [])
    #expect(detection.isTableOfResponses == expected.isTable)
    #expect(detection.encodingProposal?.encoding == expected.proposal)
  }

  @Test(arguments: [
    ("kaggle2018/multipleChoiceResponses.csv", 50),
    ("kaggle2020/kaggle_survey_2020_responses.csv", 47),
    ("kaggle2022/kaggle_survey_2022_responses.csv", 43),
    ("cncf/cloudnative/2022 CNCF Survey - Raw Data.csv", 41),
  ])
  func questionsAreAsManyAsWereAsked(_ path: String, _ count: Int) throws {
    let bytes = try Exports.start(PackageFiles.realExport(path))
    let detection = try Exports.detect(bytes)
    let columns = detection.vendor.profile.columns(of: try Exports.headers(bytes, detection))
    #expect(Set(columns.filter { !$0.isMetadata }.map(\.questionKey)).count == count)
  }

  @Test(arguments: ["Part_1", "Part_2"])
  func workbooksAreRefused(_ part: String) throws {
    let path = PackageFiles.realExport("cncf/cloudnative/Cloud_Native_Survey_2021-\(part).xlsx")
    guard PackageFiles.exists(path) else { return }
    #expect(throws: DetectionError.notText(what: "an Excel workbook (.xlsx)")) {
      try Exports.detect(try Exports.start(path))
    }
  }
}
