import Inspection
import StagecraftTestSupport
import Testing

/// Public exports that lie beside the package on some machines.
struct RealExportTests {
  /// Responses as Python's csv module counts them: records without the header records.
  static let responses: [(file: String, count: UInt64)] = [
    ("cncf/cloudnative/2022 CNCF Survey - Raw Data.csv", 2286),
    ("cncf/cloudnative/Cloud_Native_Survey_2018.csv", 2401),
    ("cncf/cloudnative/Cloud_Native_Survey_2019.csv", 1337),
    ("cncf/micro-surveys/CNCF Cloud Native and Kubernetes FinOps Microsurvey.csv", 102),
    ("cncf/micro-surveys/CNCF GitOps Microsurvey.csv", 220),
    ("cncf/micro-surveys/CNCF Training and Certifications Microsurvey.csv", 134),
    ("cncf/micro-surveys/CNCF WASM Micro-Survey.csv", 93),
    ("cncf/maintainer/2017/results-h1-2017.csv", 20),
    ("cncf/tags/observability/2021-Cloud_Native_Observability_Microsurvey.csv", 186),
    ("jupyter/surveys/2015-12-notebook-ux/20160115235816-SurveyExport.csv", 1706),
    ("jupyter/surveys/2016-05-education-survey/responses.csv", 125),
    ("jupyter/surveys/2020-12-jupyter-survey/data/all_responses.csv", 1135),
    ("netdevops/2016.tsv", 307), ("netdevops/2019.tsv", 293), ("netdevops/2020.tsv", 333),
    ("qualtRics_pkg/sample.csv", 1), ("qualtRics_pkg/sample_legacy.csv", 1),
    ("rse_survey/2016/uk/public_data.csv", 273),
  ]
  static let areHere = responses.allSatisfy {
    PackageFiles.exists(PackageFiles.realExport($0.file))
  }

  @Test(.enabled(if: areHere, "the exports of ../shared/data are not here"), arguments: responses)
  func responsesAreCountedAndTheDraftRuns(file: String, count: UInt64) throws {
    let scratch = try ScratchDirectory()
    let path = PackageFiles.realExport(file)
    let inspection = try inspect(file: path)
    #expect(inspection.responses == count)
    #expect(inspection.rejects.total == 0)
    let draft = try SurveyDraft(inspection, modelReference: "mlops-maturity")
    #expect(try run(path, draft: draft, scratch: scratch).inputs[0].accounting.read == count)
  }
}
