import Aggregate
import Foundation
import StagecraftTestSupport
import Testing

/// The same bytes for any number of threads and any chunk size.
///
/// Without optimization a whole sample takes seconds, so the usual run takes the first records of
/// each and every chunk size once. `STAGECRAFT_ALL_CASES=1 swift test --filter SameBytesTests`
/// takes the whole samples, and every chunk size with every number of threads.
@Suite struct SameBytesTests {
  private static let isThorough =
    ProcessInfo.processInfo.environment["STAGECRAFT_ALL_CASES"] == "1"

  private struct Way: Sendable {
    let jobs: Int
    let chunkBytes: Int
  }

  private static let ways: [Way] =
    isThorough
    ? [1, 2, 7].flatMap { jobs in
      [64, 100, 4096, 1 << 20, 64 << 20].map { Way(jobs: jobs, chunkBytes: $0) }
    }
    : [
      Way(jobs: 7, chunkBytes: 64), Way(jobs: 1, chunkBytes: 100), Way(jobs: 2, chunkBytes: 4096),
      Way(jobs: 7, chunkBytes: 1 << 20), Way(jobs: 2, chunkBytes: 64 << 20),
    ]

  /// Every chunk is scored again for each criterion, so not the smallest ones.
  private static let fewWays = [Way(jobs: 7, chunkBytes: 2000), Way(jobs: 2, chunkBytes: 1 << 20)]

  /// Compares every published file but `run.json` with those of one thread and usual chunks.
  private func expectSameBytes(
    _ inputs: [String], survey: String, analyses: Set<Analysis> = [],
    ways: [Way] = SameBytesTests.ways
  ) throws {
    let expected = try PipelineRun(inputs, survey: survey) {
      ($0.jobs, $0.analyses) = (1, analyses)
    }.files()
    #expect(expected.count == PublishedFiles.count(analyses: analyses))
    for way in ways {
      let found = try PipelineRun(inputs, survey: survey) {
        ($0.jobs, $0.chunkBytes, $0.analyses) = (way.jobs, way.chunkBytes, analyses)
      }.files()
      #expect(found.keys.sorted() == expected.keys.sorted())
      for (name, bytes) in expected where found[name] != bytes {
        Issue.record("\(name) differs: \(way)")
      }
    }
  }

  /// The survey file without its segments of many values, each of which has tables of its own. One
  /// segment is enough to see the order of groups.
  private func shortened(_ survey: String) throws -> String {
    try PackageFiles.text(survey).split(separator: "\n", omittingEmptySubsequences: false)
      .filter { !$0.contains("{id: industry,") && !$0.contains("{id: country,") }
      .joined(separator: "\n")
  }

  private func inputs(_ exports: [SampleExport], _ directory: ScratchDirectory) throws -> [String] {
    try exports.map { export in
      if SameBytesTests.isThorough || export == .messy { return export.path }
      return try directory.write(
        firstRecords(43, of: export.path), as: export.rawValue + ".csv")
    }
  }

  @Test(arguments: SampleExport.allCases)
  func samplesGiveTheSameBytes(_ export: SampleExport) throws {
    let directory = try ScratchDirectory()
    let survey = try directory.write(shortened(export.survey), as: "survey.yaml")
    try expectSameBytes(inputs([export], directory), survey: survey)
  }

  @Test func allAnalysesGiveTheSameBytes() throws {
    let directory = try ScratchDirectory()
    let survey = try directory.write(shortened(SampleExport.tidy.survey), as: "survey.yaml")
    try expectSameBytes(
      inputs([.tidy], directory), survey: survey, analyses: Set(Analysis.allCases),
      ways: SameBytesTests.fewWays)
  }

  @Test(arguments: ["first", "last"])
  func duplicatesOverTwoInputsGiveTheSameBytes(_ policy: String) throws {
    let directory = try ScratchDirectory()
    let text = try shortened(SampleExport.tidy.survey)
    let survey = try directory.write(
      text.replacing("duplicates: last", with: "duplicates: \(policy)"), as: "survey.yaml")
    try expectSameBytes(inputs([.messy, .tidy], directory), survey: survey)
  }

  @Test(.enabled(if: PackageFiles.exists(gitops), "no ../shared/data beside this checkout"))
  func aSmallRealExportGivesTheSameBytes() throws {
    let directory = try ScratchDirectory()
    let survey = try directory.write(SameBytesTests.gitopsSurvey, as: "survey.yaml")
    try expectSameBytes([SameBytesTests.gitops], survey: survey)
  }

  @Test(.enabled(if: PackageFiles.exists(kaggle), "no ../shared/data beside this checkout"))
  func threeHundredKaggleResponsesGiveTheSameBytes() throws {
    let directory = try ScratchDirectory()
    let input = try directory.write(firstRecords(302, of: SameBytesTests.kaggle), as: "kaggle.csv")
    let survey = try shortened(PackageFiles.sample("surveys/kaggle-2022.yaml"))
    try expectSameBytes([input], survey: directory.write(survey, as: "survey.yaml"))
  }

  private static let kaggle = PackageFiles.realExport(
    "kaggle2022/kaggle_survey_2022_responses.csv")
  private static let gitops = PackageFiles.realExport(
    "cncf/micro-surveys/CNCF GitOps Microsurvey.csv")
  private static let gitopsSurvey = """
    schema: stagecraft/survey/1
    id: gitops
    model: mlops-maturity
    source: {header_records: 2}
    respondent: {id: Respondent ID, duplicates: first}
    segments:
      - {id: experience, column: How long have you been using GitOps tools and practices?}
    questions:
      - id: tools
        columns: ["Which of the following GitOps tools are you using? Select all that apply:"]
        style: options
        asks: [ci_cd, version_control]

    """

  /// The first records of a file, header records included; a line end inside quotes ends none.
  private func firstRecords(_ count: Int, of path: String) throws -> [UInt8] {
    let bytes = try PackageFiles.bytes(path)
    var isQuoted = false
    var left = count
    for (index, byte) in bytes.enumerated() {
      if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
      if byte == UInt8(ascii: "\n"), !isQuoted { left -= 1 }
      if left == 0 { return Array(bytes[...index]) }
    }
    return bytes
  }
}
