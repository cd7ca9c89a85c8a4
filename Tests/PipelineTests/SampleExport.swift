import StagecraftTestSupport

/// The exports of SampleData with the survey files they are read with.
enum SampleExport: String, CaseIterable, CustomStringConvertible, Sendable {
  case tidy = "responses"
  case qualtrics = "responses-qualtrics"
  case messy = "responses-messy"

  var description: String { rawValue }
  var path: String { PackageFiles.sample(rawValue + ".csv") }
  var survey: String {
    PackageFiles.sample((self == .qualtrics ? rawValue : "responses") + ".survey.yaml")
  }
  var truth: String { PackageFiles.sample(rawValue + ".truth.csv") }

  /// The export's usual run, made once for all tests that look at it.
  var run: PipelineRun {
    get throws {
      switch self {
      case .tidy: try SampleExport.tidyRun.get()
      case .qualtrics: try SampleExport.qualtricsRun.get()
      case .messy: try SampleExport.messyRun.get()
      }
    }
  }

  private static let tidyRun = Result { try tidy.makeRun() }
  private static let qualtricsRun = Result { try qualtrics.makeRun() }
  private static let messyRun = Result { try messy.makeRun() }

  private func makeRun() throws -> PipelineRun { try PipelineRun([path], survey: survey) }
}
