import StagecraftTestSupport
import Testing

/// `stagecraft compare`, run as people run it, on sets that `run` published.
@Suite struct ComparisonTests {
  private static let header = "id,weight,has\n"
  private static let ladder = Ladder([.any("sheet")], [.any("language")])

  private let directory: ScratchDirectory

  init() throws {
    directory = try ScratchDirectory()
    try directory.write(ComparisonTests.ladder.yaml, as: "model.yaml")
  }

  /// Publishes a set: how many have each answer, with ids that count from `start`.
  private func publish(
    _ name: String, _ answers: [(String, Int)], start: Int = 1, deniable: [String]? = nil,
    isWeighted: Bool = false, profile: String = "bi"
  ) throws {
    var questionnaire = SmallQuestionnaire(deniable: deniable ?? ["sheet", "language"])
    questionnaire.isWeighted = isWeighted
    try directory.write(questionnaire.yaml(), as: name + ".yaml")
    var (text, id) = (ComparisonTests.header, start)
    for (answer, count) in answers {
      for _ in 0..<count {
        text += "r\(id),2,\(answer)\n"
        id += 1
      }
    }
    try directory.write(text, as: name + ".csv")
    let result = try BuiltCommand.run([
      "run", directory.path(name + ".csv"), "--survey", directory.path(name + ".yaml"), "--out",
      directory.path(name), "--respondents", "--no-report", "--quiet", "--profile", profile,
    ])
    #expect(result.exitCode == 0, "\(result.messages)")
  }

  private func compare(_ options: [String] = []) throws -> BuiltCommand.Result {
    try BuiltCommand.run(["compare", directory.path("a"), directory.path("b")] + options)
  }

  private func publishBoth() throws {
    try publish("a", [("nothing", 30), ("sheet", 40), ("sheet;language", 30)])
    try publish("b", [("nothing", 15), ("sheet", 40), ("sheet;language", 45)], start: 51)
  }

  @Test func tablesHoldWhatTheRunsPublished() throws {
    try publishBoth()
    let result = try compare(["--out", directory.path("c")])
    #expect(result.exitCode == 0, "\(result.messages)")
    let stages = try PublishedTable(path: directory.path("c/comparison_stages.csv"))
    let row = try #require(stages.row(where: ["measure": "at", "stage": "2"]))
    #expect(row["share_a"] == "0.300000" && row["share_b"] == "0.450000")
    // Newcombe's interval of 45/100 - 30/100 by hand from Wilson's (0.218949, 0.395849) and
    // (0.356145, 0.547554).
    #expect(row["difference"] == "0.150000")
    #expect(row["difference_low"] == "0.015852" && row["difference_high"] == "0.276831")
    let tests = try PublishedTable(path: directory.path("c/comparison_tests.csv"))
    // R: chisq.test(rbind(c(30, 40, 30), c(15, 40, 45)))
    let chiSquare = try #require(tests.row(where: ["test": "chi_square"]))
    #expect(chiSquare["statistic"] == "8.000000" && chiSquare["df"] == "2")
    #expect(chiSquare["p"] == "0.018316")
  }

  @Test func respondentsOfBothAreMatchedByTheirIDs() throws {
    try publishBoth()
    _ = try compare(["--out", directory.path("c")])
    // r51…r100 of A (20 sheet, 30 language) are the first 50 of B (15 nothing, 35 sheet).
    let rows = try PublishedTable(path: directory.path("c/comparison_transitions.csv")).rows
    #expect(rows.compactMap { $0["n"] } == ["0", "0", "0", "15", "5", "0", "0", "30", "0"])
    let tests = try PublishedTable(path: directory.path("c/comparison_tests.csv"))
    // 30 of 30 fell below stage 2: (30 - 1)² / 30.
    let crossing = try #require(tests.row(where: ["test": "mcnemar", "stage": "2"]))
    #expect(crossing["statistic"] == "28.033333" && crossing["family"] == "panel")
    // 15 of 15 fell below stage 1: 2 / 2¹⁵.
    #expect(tests.row(where: ["test": "mcnemar_exact", "stage": "1"])?["p"] == "6.10e-5")
    #expect(try !compare(["--no-panel"]).outputText.contains("The same respondents"))
  }

  /// With a byte order mark, CRLF and quotes around all texts.
  @Test func aSetForSpreadsheetsIsReadAsAnyOther() throws {
    try publishBoth()
    let plain = try compare()
    try publish(
      "b", [("nothing", 15), ("sheet", 40), ("sheet;language", 45)], start: 51, profile: "excel")
    let result = try compare()
    #expect(result.exitCode == 0, "\(result.messages)")
    #expect(result.output == plain.output)
  }

  @Test func theSameBytesComeOutAgain() throws {
    try publishBoth()
    let first = try compare(["--format", "json", "--out", directory.path("c")])
    let names = directory.names(in: "c")
    let files = try names.map { try PackageFiles.bytes(directory.path("c/" + $0)) }
    let again = try compare(["--format", "json", "--out", directory.path("c")])
    #expect(first.exitCode == 0 && again.exitCode == 0, "\(again.messages)")
    #expect(first.output == again.output)
    #expect(try names.map { try PackageFiles.bytes(directory.path("c/" + $0)) } == files)
    #expect(try PackageFiles.bytes(directory.path("c/comparison.json")) == first.output)
  }

  @Test func otherQuestionsAreRefusedUnlessExcused() throws {
    try publish("a", [("nothing", 30), ("sheet;language", 30)])
    try publish("b", [("nothing", 30), ("sheet;language", 30)], deniable: ["sheet"])
    let refused = try compare(["--out", directory.path("c")])
    #expect(refused.exitCode == 65 && refused.output.isEmpty)
    #expect(refused.messages.contains("Stage 2 Step 2 can be told in A only"))
    #expect(refused.messages.contains("only A's questions can deny: language."))
    #expect(!PackageFiles.exists(directory.path("c")))
    let excused = try compare(["--despite", "questions"])
    #expect(excused.exitCode == 0)
    #expect(excused.outputText.contains("WARNING: these are not comparable"))
    #expect(try compare(["--despite", "model"]).exitCode == 65)
  }

  @Test func anotherModelIsRefused() throws {
    try publish("a", [("sheet", 40)])
    try directory.write(
      ComparisonTests.ladder.yaml.replacing("version: 1.0.0", with: "version: 2.0.0"),
      as: "model.yaml")
    try publish("b", [("sheet", 40)])
    let refused = try compare()
    #expect(refused.exitCode == 65)
    #expect(refused.messages.contains("The model is ladder 1.0.0 in A, ladder 2.0.0 in B."))
    #expect(try compare(["--despite", "all"]).exitCode == 0)
  }

  @Test func weightedAgainstUnweightedIsRefused() throws {
    try publish("a", [("sheet", 40)])
    try publish("b", [("sheet", 40)], isWeighted: true)
    let refused = try compare()
    #expect(refused.exitCode == 65 && refused.messages.contains("B is weighted, the other is not."))
  }

  @Test func whatIsNoSetIs66AndADamagedOne65() throws {
    try publishBoth()
    #expect(
      try BuiltCommand.run(["compare", directory.path("a"), directory.path("no")]).exitCode == 66)
    try directory.write("segment,segment_value,stage,n\nall,all,0", as: "b/stage_distribution.csv")
    #expect(try compare().exitCode == 65)
  }

  @Test func wrongOptionsAre64() throws {
    try publishBoth()
    #expect(try compare(["--despite", "everything"]).exitCode == 64)
    #expect(try compare(["--out", directory.path("a")]).exitCode == 64)
  }

  @Test func aComparisonReplacesNoResultsAndResultsNoComparison() throws {
    try publishBoth()
    try publish("other", [("sheet", 3)])
    #expect(try compare(["--out", directory.path("other")]).exitCode == 73)
    #expect(PackageFiles.exists(directory.path("other/run.json")))
    #expect(try compare(["--out", directory.path("c")]).exitCode == 0)
    let run = try BuiltCommand.run([
      "run", directory.path("a.csv"), "--survey", directory.path("a.yaml"), "--out",
      directory.path("c"), "--quiet",
    ])
    #expect(run.exitCode == 73)
    #expect(PackageFiles.exists(directory.path("c/comparison.json")))
  }

  @Test func noIDIsEverSaid() throws {
    try publishBoth()
    let result = try compare(["--verbose"])
    #expect(!result.messages.contains("r51") && !result.outputText.contains("r51"))
  }
}
