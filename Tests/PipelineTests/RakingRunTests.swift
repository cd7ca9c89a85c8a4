import Aggregate
import Ingest
import Pipeline
import StagecraftTestSupport
import Testing

/// Runs whose survey files have margins.
@Suite struct RakingRunTests {
  /// Stage 1 is reached by whoever has `a`.
  private func run(
    _ records: [String], _ rake: String?, isWeighted: Bool = false,
    configure: (inout RunConfiguration) -> Void = { _ in }
  ) throws -> PipelineRun {
    let ladder = Ladder([.any("a")])
    var questionnaire = SmallQuestionnaire(of: ladder)
    questionnaire.segments = ["region", "size"]
    questionnaire.isWeighted = isWeighted
    questionnaire.rake = rake.map { "{\($0)}" }
    let header = "id,has,region,size\(isWeighted ? ",weight" : "")\n"
    let lines = records.enumerated().map { "\($0),\($1)\n" }
    return try PipelineRun(
      export: header + lines.joined(), survey: questionnaire.yaml(), model: ladder.yaml,
      configure: configure)
  }

  /// The vector of Deming's algorithm that R's rake() agrees on; see make_raking.R.
  private static let eight = [
    "a,r0,s0", "a,r0,s0", "a,r0,s1", "nothing,r1,s0", "a,r1,s1", "nothing,r1,s1", "a,r1,s1",
    "nothing,r0,s1",
  ]
  private static let margins =
    "margins: {region: {r0: 0.5, r1: 0.5}, size: {s0: 0.6, s1: 0.4}}"

  @Test func theTablesHaveTheWeightsOfR() throws {
    let run = try run(RakingRunTests.eight, RakingRunTests.margins)
    let summary = try #require(try run.table("raking_summary").rows.first)
    #expect((summary["min_weight"], summary["max_weight"]) == ("0.543560", "1.887119"))
    #expect((summary["n_effective"], summary["design_effect"]) == ("6.475990", "1.235332"))
    #expect(
      (summary["base_n_effective"], summary["base_design_effect"]) == ("8.000000", "1.000000"))
    #expect((summary["n"], summary["weighted"], summary["cells"]) == ("8", "8.000000", "4"))
    let distribution = try run.table("stage_distribution")
    let reached = distribution.row(where: ["segment": "all", "stage": "1"])
    // 2 × 1.456440 + 0.543560 + 2 × 0.704294
    #expect((reached?["n"], reached?["weighted"]) == ("5", "4.865028"))
    #expect((reached?["share"], reached?["n_effective"]) == ("0.608128", "6.475990"))
    let size = distribution.row(where: ["segment_value": "s0", "stage": "1"])
    #expect(size?["base_weighted"] == "4.800000")
  }

  @Test func theReportHasEveryMargin() throws {
    let run = try run(RakingRunTests.eight, RakingRunTests.margins)
    let rows = try run.table("raking").rows
    #expect(rows.map { $0["category"] } == ["r0", "r1", "s0", "s1"])
    #expect(rows.map { $0["n"] } == ["4", "4", "3", "5"])
    #expect(rows.map { $0["base_share"] } == ["0.500000", "0.500000", "0.375000", "0.625000"])
    #expect(rows.map { $0["share"] } == ["0.500000", "0.500000", "0.600000", "0.400000"])
    for row in rows {
      #expect(abs(try #require(Double(row["error"] ?? ""))) < 1e-9)
      #expect(row["share"] == row["target"])
    }
    let document = try PackageFiles.text(run.directory.path("out/run.json"))
    #expect(document.contains("\"raking\": {\n"))
    #expect(document.contains("\"design_effect\": 1.235332"))
    let page = try PackageFiles.text(run.directory.path("out/report.html"))
    #expect(page.contains("id=\"numbers-margins\""))
    #expect(page.contains(" · shares are weighted"))
  }

  @Test func withoutMarginsThereIsNoReport() throws {
    let run = try run(RakingRunTests.eight, nil)
    #expect(!run.directory.names(in: "out").contains { $0.hasPrefix("raking") })
    let document = try PackageFiles.text(run.directory.path("out/run.json"))
    #expect(document.contains("\"raking\": null"))
  }

  @Test func baseWeightsAreWhatRakingStartsFrom() throws {
    let weighted = RakingRunTests.eight.map { $0 + ($0.contains("r0") ? ",3" : ",0.5") }
    let run = try run(weighted, RakingRunTests.margins, isWeighted: true)
    let summary = try #require(try run.table("raking_summary").rows.first)
    #expect((summary["base_weighted"], summary["weighted"]) == ("14.000000", "14.000000"))
    // Who weighs the same within a region gets what raking without weights gives.
    #expect(summary["n_effective"] == "6.475990")
  }

  private static func records(_ count: Int, seed: UInt64) -> (records: [String], truth: Double) {
    var numbers = SeededGenerator(seed: seed)
    var records: [String] = []
    while records.count < count {
      let isNorth = numbers.number(below: 100) < 60
      let isLarge = numbers.number(below: 100) < 25
      let reaches = numbers.number(below: 100) < 20 + (isNorth ? 0 : 30) + (isLarge ? 40 : 0)
      // The north answers once in four times, large firms always: the bias.
      if isNorth, !numbers.oneIn(4) { continue }
      if !isLarge, !numbers.oneIn(3) { continue }
      let place = (isNorth ? "north" : "south") + (isLarge ? ",large" : ",small")
      records.append((reaches ? "a," : "nothing,") + place)
    }
    return (records, 0.20 + 0.40 * 0.30 + 0.25 * 0.40)
  }

  private static let population =
    "margins: {region: {north: 0.6, south: 0.4}, size: {large: 0.25, small: 0.75}}"

  /// Who answers depends on region and size, and so does the stage.
  @Test func rakingRemovesAPlantedBias() throws {
    var covered = 0
    var errors: [Double] = []
    for seed in 1...12 as ClosedRange<UInt64> {
      let (records, truth) = RakingRunTests.records(1_500, seed: seed)
      let biased = try run(records, nil).table("stage_distribution")
      let raked = try run(records, RakingRunTests.population).table("stage_distribution")
      let one = ["segment": "all", "stage": "1"]
      let before = try #require(Double(biased.row(where: one)?["share"] ?? ""))
      let row = try #require(raked.row(where: one))
      let numbers = try ["share", "share_low", "share_high"].map {
        try #require(Double(row[$0] ?? ""))
      }
      #expect(before - truth > 0.12)
      errors.append(numbers[0] - truth)
      if numbers[1] < truth, truth < numbers[2] { covered += 1 }
    }
    #expect(abs(errors.reduce(0, +) / Double(errors.count)) < 0.01)
    #expect(errors.allSatisfy { abs($0) < 0.05 })
    #expect(covered >= 10)
  }

  @Test(arguments: [false, true])
  func sameBytesWhateverTheThreadsAndChunks(_ isWeighted: Bool) throws {
    var numbers = SeededGenerator(seed: 4)
    let records = RakingRunTests.records(300, seed: 3).records.map { record in
      record + (isWeighted ? "," + numbers.pick(["0.1", "1", "2.333333333", "7e3"]) : "")
    }
    let rake = RakingRunTests.population + ", trim: {low: 0.2, high: 4}"
    let run = { (jobs: Int, chunkBytes: Int) in
      try self.run(records, rake, isWeighted: isWeighted) {
        ($0.jobs, $0.chunkBytes, $0.analyses) = (jobs, chunkBytes, Set(Analysis.allCases))
      }.files()
    }
    let expected = try run(1, 256 << 10)
    #expect(expected["raking.csv"] != nil)
    for (jobs, chunkBytes) in [(7, 64), (2, 500), (1, 1_000), (7, 4_096), (2, 1 << 20)] {
      let found = try run(jobs, chunkBytes)
      #expect(found.keys.sorted() == expected.keys.sorted())
      for (name, bytes) in expected where found[name] != bytes {
        Issue.record("\(name) differs: \(jobs) jobs, chunks of \(chunkBytes)")
      }
    }
  }

  @Test func aRunThatCannotBeRakedPublishesNothing() throws {
    let directory = try ScratchDirectory()
    let ladder = Ladder([.any("a")])
    var questionnaire = SmallQuestionnaire(of: ladder)
    questionnaire.segments = ["region"]
    questionnaire.rake = "{margins: {region: {north: 0.5, south: 0.5}}}"
    try directory.write(questionnaire.yaml(), as: "survey.yaml")
    try directory.write(ladder.yaml, as: "model.yaml")
    try directory.write("id,has,region\n1,a,north\n", as: "export.csv")
    do {
      _ = try PipelineRun(
        [directory.path("export.csv")], survey: directory.path("survey.yaml"), in: directory)
      Issue.record("it was published")
    } catch RunFailure.raking(.emptyCategories(let names)) {
      #expect(names.map(\.segment) == ["region"] && names.map(\.category) == ["south"])
    }
    #expect(directory.names() == ["export.csv", "model.yaml", "survey.yaml"])
  }

  /// A wrong delimiter leaves categories empty, too: what is wrong is said first.
  @Test func tooManyRejectsAreSaidBeforeEmptyCategories() throws {
    do {
      _ = try run(Array(repeating: "a;north", count: 200), RakingRunTests.population)
      Issue.record("it was published")
    } catch RunFailure.tooManyRejects(_, let rejected, _, _) {
      #expect(rejected == 200)
    }
  }
}
