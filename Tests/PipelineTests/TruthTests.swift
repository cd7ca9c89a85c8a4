import StagecraftTestSupport
import Testing

/// The made-up respondents have a true stage, from which their answers follow.
@Suite struct TruthTests {
  @Test(arguments: [(SampleExport.tidy, 344), (.qualtrics, 191)])
  func everyCompleteRespondentStandsAtTheirTrueStage(
    _ export: SampleExport, _ completeCount: Int
  ) throws {
    let truth = try PublishedTable(path: export.truth)
    let complete = truth.rows(where: ["complete": "true"])
    #expect(complete.count == completeCount)
    let run = try export.run
    var stages: [String: String] = [:]
    for row in try run.table("respondents").rows {
      if let id = row["respondent"] { stages[id] = row["stage"] }
    }
    for row in complete {
      let id = row["respondent"] ?? ""
      #expect(stages[id] == row["true_stage"], "\(id)")
    }
  }
}
