import StagecraftTestSupport
import Testing

/// Duplicates as a whole run finds them.
@Suite struct DuplicateRunTests {
  private static func survey(_ policy: String) -> String {
    """
    schema: stagecraft/survey/1
    id: small
    model: model.yaml
    keep: [{id: real, column: status, not_in: [test]}]
    respondent: {id: id, duplicates: \(policy), weight: weight}
    questions:
      - {id: tools, column: tools, style: list, asks: [a, b]}

    """
  }

  /// Ids that stand in several inputs, and columns in another order in each of them; some records
  /// are filtered, some have a bad weight, some no id.
  private func inputs(_ directory: ScratchDirectory) throws -> [String] {
    var random = SeededGenerator(seed: 17)
    return try ["one.csv", "two.csv", "three.csv"].enumerated().map { place, name in
      let columns = ["id", "status", "weight", "tools"]
      let order = [[0, 1, 2, 3], [3, 2, 1, 0], [2, 0, 3, 1]][place]
      var lines = [order.map { columns[$0] }.joined(separator: ",")]
      for _ in 0..<300 {
        let id = Int.random(in: 0..<200, using: &random)
        let fields = [
          id % 20 == 0 ? "" : "p\(id)", id % 7 == 0 ? "test" : "real",
          Int.random(in: 0..<20, using: &random) == 0 ? "x" : "1", "a",
        ]
        lines.append(order.map { fields[$0] }.joined(separator: ","))
      }
      return try directory.write(lines.joined(separator: "\n") + "\n", as: name)
    }
  }

  private func run(
    _ directory: ScratchDirectory, _ inputs: [String], _ policy: String, jobs: Int, chunkBytes: Int
  ) throws -> [String: [UInt8]] {
    try directory.write(Ladder([.any("a")], [.any("b")]).yaml, as: "model.yaml")
    try directory.write(DuplicateRunTests.survey(policy), as: "survey.yaml")
    return try PipelineRun(inputs, survey: directory.path("survey.yaml"), in: directory) {
      ($0.jobs, $0.chunkBytes) = (jobs, chunkBytes)
      $0.rejectLimit = .count(.max)
    }.files()
  }

  @Test(arguments: ["first", "last"])
  func theSameRecordWinsWhateverTheThreadsAndChunks(_ policy: String) throws {
    let directory = try ScratchDirectory()
    let inputs = try inputs(directory)
    let expected = try run(directory, inputs, policy, jobs: 1, chunkBytes: 1 << 20)
    for (jobs, chunkBytes) in [(2, 64), (7, 64), (7, 700), (3, 1 << 20)] {
      let found = try run(directory, inputs, policy, jobs: jobs, chunkBytes: chunkBytes)
      #expect(found == expected, "\(jobs) jobs, chunks of \(chunkBytes)")
    }
  }

  /// What was guarded when it was published is the same id again.
  @Test func idsOfRespondentsCSVAreReadBackAsTheyWere() throws {
    let ids = ["=1+1", "+49", "-x", "@y", "\u{FF1D}z", "plain", "it's"]
    let directory = try ScratchDirectory()
    let survey = DuplicateRunTests.survey("last")
      .replacing("column: status", with: "column: fate")
      .replacing("{id: id,", with: "{id: respondent,")
      .replacing("weight: weight", with: "weight: record")
      .replacing("column: tools", with: "column: stage")
    try directory.write(Ladder([.any("a")], [.any("b")]).yaml, as: "model.yaml")
    let file = try directory.write(survey, as: "survey.yaml")
    let export = try directory.write(
      "respondent,fate,record,stage\n" + ids.map { "\($0),real,1,a\n" }.joined(),
      as: "=export.csv")
    let first = try PipelineRun([export], survey: file, in: directory)
    let text = String(decoding: try #require(first.files()["respondents.csv"]), as: UTF8.self)
    #expect(text.contains("'=export.csv,1,'=1+1,scored"))

    let published = try directory.write(text, as: "respondents.csv")
    let second = try PipelineRun([export, published], survey: file, in: directory)
    #expect(second.report.tally.totalAccounting.duplicate == UInt64(ids.count))
  }
}
