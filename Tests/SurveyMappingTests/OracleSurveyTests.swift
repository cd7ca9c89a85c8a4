import Foundation
import MaturityModel
import SurveyMapping
import Testing

/// The independent Python implementation and its cases lie beside the package while it is written.
private let package = URL(filePath: #filePath).deletingLastPathComponent()
  .deletingLastPathComponent().deletingLastPathComponent()
private let oracle = package.appending(path: "../shared/oracle").standardizedFileURL

private func files(_ folder: URL, named suffix: String) -> [URL] {
  let path = folder.path(percentEncoded: false)
  let names = FileManager.default.enumerator(atPath: path)?.compactMap { $0 as? String } ?? []
  return names.sorted().filter { $0.hasSuffix(suffix) }.map { folder.appending(path: $0) }
}

private let oracleSurveys =
  files(oracle.appending(path: "surveys"), named: ".yaml")
  + files(oracle.appending(path: "cases"), named: "survey.yaml")

/// The survey in a file with the model that it names.
private func load(_ file: URL) throws -> (survey: Survey, model: MaturityModel) {
  let yaml = Array(try Data(contentsOf: file))
  let name = try Survey.modelReference(yaml: yaml, source: file.lastPathComponent) ?? ""
  let path = file.deletingLastPathComponent().appending(path: name).standardizedFileURL
  let model =
    try MaturityModel.builtIn(name)
    ?? MaturityModel(yaml: Array(try Data(contentsOf: path)), source: name)
  return (try Survey(yaml: yaml, source: file.lastPathComponent, model: model), model)
}

@Suite(.enabled(if: !oracleSurveys.isEmpty, "no oracle beside the package"))
struct OracleSurveyTests {
  @Test(arguments: oracleSurveys)
  func oracleSurveysAreSurveys(_ file: URL) {
    #expect(throws: Never.self) { _ = try load(file) }
  }

  /// Worked out by hand from section 3.3 of the contract: what `asks` names, whether it makes a
  /// third and two requirements of its stage.
  @Test(
    arguments: [
      (
        "14_gap_in_the_middle", [1, 3],
        ["analysis_tool", "champion", "ml_language", "version_control"]
      ),
      ("55_one_requirement_is_enough", [3], ["ml_language"]),
      ("70_scale_without_no", [], []),
    ] as [(String, [Int], [String])])
  func questionnaireCoverageIsTheOracles(
    _ name: String, _ stages: [Int], _ observable: [String]
  ) throws {
    let (survey, model) = try load(oracle.appending(path: "cases/\(name)/survey.yaml"))
    let seen = Observability(survey: survey, model: model)
    let deniable = model.criteria.indices.filter { seen.deniable[$0] }.map { model.criteria[$0].id }
    #expect(deniable.sorted() == observable)
    #expect(seen.assessableStages == stages)
  }
}

@Suite struct SampleSurveyTests {
  @Test func samplesAreSurveys() throws {
    let samples = files(package.appending(path: "SampleData"), named: ".yaml")
    for file in samples { #expect(throws: Never.self) { _ = try load(file) } }
  }
}
