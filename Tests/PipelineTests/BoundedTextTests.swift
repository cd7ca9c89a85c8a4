import Normalize
import Pipeline
import Publish
import StagecraftTestSupport
import Testing

/// What respondents write is kept only up to a limit, and what becomes of the rest depends on all of
/// it, not on who read which part.
@Suite struct BoundedTextTests {
  private static let survey = """
    schema: stagecraft/survey/1
    id: texts
    model: mlops-maturity
    segments: [{id: team, column: team}]
    questions:
      - {id: tools, column: tools, style: list, separator: ";", asks: [ml_language, ci_cd]}
      - {id: title, column: title, style: choice}

    """

  private static let ways: [(jobs: Int, chunkBytes: Int)] = [
    (1, 1 << 20), (1, 50), (2, 50), (7, 30),
  ]

  private func run(
    _ records: [String], jobs: Int, chunkBytes: Int, segmentValues: Int = 100,
    unmappedTexts: Int = 100
  ) throws -> PipelineRun {
    let export = "team,tools,title\n" + records.map { $0 + "\n" }.joined()
    return try PipelineRun(export: export, survey: BoundedTextTests.survey) {
      ($0.jobs, $0.chunkBytes) = (jobs, chunkBytes)
      $0.textLimits.segmentValues = segmentValues
      $0.textLimits.unmappedTexts = unmappedTexts
    }
  }

  /// Records in which the texts t0, t1, … come once each, and then again from the first on.
  private func records(texts: Int) -> [String] {
    (0..<40).map { "a,Python;t\($0 % texts);Git,none of these" }
  }

  @Test func asManyUnmappedTextsAsTheLimitAreAllListed() throws {
    for way in BoundedTextTests.ways {
      let run = try run(
        records(texts: 8), jobs: way.jobs, chunkBytes: way.chunkBytes, unmappedTexts: 8)
      let rows = try run.table("unmapped_answers").rows(where: ["question": "tools"])
      #expect(rows.map { $0["answer"] } == (0..<8).map { "t\($0)" }, "\(way)")
      #expect(rows.allSatisfy { $0["n"] == "5" })
    }
  }

  @Test func oneUnmappedTextMoreIsOneRowWithTheNumberOfResponses() throws {
    // One response with two of the texts, one with a text twice, one without any.
    let more = ["a,t1;t2,", "a,t3; T3 ;t3,", "a,Python,"]
    var published: [String: [UInt8]]?
    for way in BoundedTextTests.ways {
      let run = try run(
        records(texts: 9) + more, jobs: way.jobs, chunkBytes: way.chunkBytes, unmappedTexts: 8)
      let rows = try run.table("unmapped_answers").rows
      #expect(
        rows == [
          ["question": "tools", "answer": "(more than 8 texts)", "n": "42"],
          ["question": "title", "answer": "none of these", "n": "40"],
        ])
      let files = try run.files()
      #expect(files == published ?? files, "\(way)")
      published = files
      let warnings = RunWarningsProbe.texts(run.report)
      #expect(warnings.contains { $0.contains("42 responses") && $0.contains("more than 8 texts") })
    }
  }

  @Test func noUnmappedTextAtAllCanBeAskedFor() throws {
    let run = try run(records(texts: 3), jobs: 2, chunkBytes: 50, unmappedTexts: 0)
    #expect(
      try run.table("unmapped_answers").rows.map { $0["answer"] }
        == ["(more than 0 texts)", "(more than 0 texts)"])
  }

  /// Otherwise ten thousand texts of a megabyte each would be kept.
  @Test func longUnmappedTextsAreToldApartByTheirFirstBytes() throws {
    let long = String(repeating: "ä", count: 499) + "aé"
    let run = try run(
      ["a,\(long)1,", "a,\(long)2,", "a,\(long.dropLast()),"], jobs: 1, chunkBytes: 1 << 20)
    let rows = try run.table("unmapped_answers").rows
    let start = String(repeating: "ä", count: 499) + "a"
    #expect(rows.map { $0["answer"] } == [start + "…", start])
    #expect(rows.map { $0["n"] } == ["2", "1"])
  }

  @Test func asManySegmentValuesAsTheLimitArePublished() throws {
    let records = (0..<40).map { "v\($0 % 8),Python," }
    for way in BoundedTextTests.ways {
      let run = try run(records, jobs: way.jobs, chunkBytes: way.chunkBytes, segmentValues: 8)
      let values = try run.table("stage_distribution").rows(where: ["segment": "team"])
      #expect(Set(values.compactMap { $0["segment_value"] }).count == 8)
    }
  }

  @Test func oneSegmentValueMoreStopsTheRunAndNamesTheColumn() throws {
    let records = (0..<40).map { "v\($0 % 9),Python," }
    for way in BoundedTextTests.ways {
      let failure = #expect(throws: RunFailure.self) {
        try run(records, jobs: way.jobs, chunkBytes: way.chunkBytes, segmentValues: 8)
      }
      guard case .tooManySegmentValues("team", limit: 8) = failure else {
        Issue.record("\(way): \(String(describing: failure))")
        continue
      }
    }
  }

  /// Few values, but of a kilobyte each and more.
  @Test func segmentValuesThatAreVeryLongStopTheRunToo() throws {
    let long = String(repeating: "x", count: 4000)
    let records = (0..<3).map { "\(long)\($0),Python," }
    #expect(throws: RunFailure.self) {
      try run(records, jobs: 2, chunkBytes: 5000, segmentValues: 10)
    }
    let kept = try run(records, jobs: 2, chunkBytes: 5000, segmentValues: 12)
    #expect(kept.report.tally.segments[0].count == 3)
  }
}

/// What `run.json` warns of.
private enum RunWarningsProbe {
  static func texts(_ report: RunReport) -> [String] {
    guard case .object(let members) = report.document,
      case .array(let texts)? = members.first(where: { $0.key == "warnings" })?.value
    else { return [] }
    return texts.compactMap { if case .string(let text) = $0 { text } else { nil } }
  }
}
