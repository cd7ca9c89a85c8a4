import Aggregate
import Pipeline
import Publish
import StagecraftTestSupport
import Testing

/// Runs whose survey files ask how carefully responses were filled in.
@Suite struct QualityRunTests {
  /// Stage 1 is reached by whoever has `a`. A record: has, seconds, and three answers of a grid.
  private func run(
    _ records: [String], _ quality: String?,
    configure: (inout RunConfiguration) -> Void = { _ in }
  ) throws -> PipelineRun {
    let ladder = Ladder([.any("a"), .any("b")])
    var questionnaire = SmallQuestionnaire(of: ladder)
    questionnaire.quality = quality.map { "{\($0)}" }
    let lines = records.enumerated().map { "\($0),\($1)\n" }
    return try PipelineRun(
      export: "id,has,seconds,g_1,g_2,g_3\n" + lines.joined(), survey: questionnaire.yaml(),
      model: ladder.yaml, configure: configure)
  }

  private func row(_ run: PipelineRun, _ check: String) throws -> [String: String] {
    try #require(try run.table("quality").row(where: ["check": check]))
  }

  // MARK: Speeders

  /// The median of 10, 20, 40, 100 is 30; the others did not say how long they took.
  private static let timed = [
    "a,10,,,", "a,20.9,,,", "a,40,,,", "a, 100 ,,,", "a,,,,", "a,NA,,,", "a,-5,,,", "a,1e3,,,",
    "a,12 s,,,", "a,.5,,,",
  ]

  @Test func speedersAreFasterThanAShareOfTheMedian() throws {
    let run = try run(QualityRunTests.timed, "speeders: {column: seconds, below: 0.5}")
    let row = try row(run, "speeders")
    #expect((row["item"], row["base_n"], row["n"]) == ("seconds", "4", "1"))
    #expect((row["share"], row["excluded"]) == ("0.250000", "false"))
    #expect((row["median_seconds"], row["limit_seconds"]) == ("30.000000", "15.000000"))
  }

  @Test(arguments: [("0.333333333", "0"), ("0.333333334", "1"), ("1", "2")])
  func whoTookAsLongAsTheLimitIsNoSpeeder(_ share: String, _ expected: String) throws {
    let run = try run(QualityRunTests.timed, "speeders: {column: seconds, below: \(share)}")
    #expect(try row(run, "speeders")["n"] == expected)
  }

  @Test func speedersAreFasterThanSeconds() throws {
    let run = try run(QualityRunTests.timed, "speeders: {column: seconds, seconds: 40}")
    let row = try row(run, "speeders")
    #expect((row["n"], row["limit_seconds"]) == ("2", "40.000000"))
  }

  @Test func whoTookLongerThanADayTookADay() throws {
    let run = try run(
      ["a,99999999999999999999999,,,", "a,86401,,,"], "speeders: {column: seconds, below: 1}")
    #expect(try row(run, "speeders")["median_seconds"] == "86400.000000")
  }

  @Test func noTimesHaveNoMedian() throws {
    let run = try run(["a,,,,"], "speeders: {column: seconds, below: 0.5}")
    let row = try row(run, "speeders")
    #expect((row["base_n"], row["share"], row["median_seconds"]) == ("0", "", ""))
  }

  // MARK: Straight lines

  @Test func straightLinesHaveOneAnswerWhateverItsSpelling() throws {
    let records = [
      "a,,4,4,4", "a,,Agree, agree ,AGREE", "a,,4,4,5", "a,,4,,4", "a,,,,", "a,,4,NA,5",
    ]
    let grid = { (rest: String) in "straight_liners: [{id: grid, columns: [\"g_*\"]\(rest)}]" }
    let three = try row(try run(records, grid("")), "straight_liners")
    #expect((three["item"], three["base_n"], three["n"]) == ("grid", "3", "2"))
    let two = try row(try run(records, grid(", at_least: 2")), "straight_liners")
    #expect((two["base_n"], two["n"]) == ("5", "3"))
  }

  /// More texts than are numbered.
  @Test func straightLinesAreFoundInColumnsInWhichPeopleTyped() throws {
    let records = (0..<6_000).map { "a,,text \($0),Text \($0),text \($0 % 3 == 0 ? $0 : $0 + 1)" }
    let row = try row(
      try run(records, "straight_liners: [{id: grid, columns: [\"g_*\"]}]"), "straight_liners")
    #expect((row["base_n"], row["n"]) == ("6000", "2000"))
  }

  // MARK: Contradictions

  @Test func anAnswerThatExcludesOthersBesideOneIsAContradiction() throws {
    let records = [
      "nothing;a,,,,", "Nothing; something unheard of,,,,", "nothing;other,,,,", "nothing,,,,",
      "nothing;nothing,,,,", "a;b,,,,", ",,,,",
    ]
    let row = try row(try run(records, "contradictions: [nothing]"), "contradictions")
    #expect((row["item"], row["base_n"], row["n"]) == ("has", "6", "3"))
    #expect((row["median_seconds"], row["limit_seconds"]) == ("", ""))
  }

  // MARK: Filters

  private static let checks =
    "speeders: {column: seconds, seconds: 30}, straight_liners: [{id: grid, columns: [\"g_*\"]}], "
    + "contradictions: [nothing]"
  private static let careless = [
    "a,10,1,1,1", "a,60,1,1,1", "nothing;a,60,1,2,1", "a;b,60,1,2,3", "nothing,60,,,",
    "nothing;b,20,1,2,3",
  ]

  @Test func whatIsFlaggedCountsUnlessItIsExcluded() throws {
    let run = try run(QualityRunTests.careless, QualityRunTests.checks)
    let fates = run.report.tally.totalAccounting
    #expect((fates.read, fates.scored, fates.filteredInTotal) == (6, 6, 0))
    #expect(try run.table("quality").rows.map { $0["n"] } == ["2", "2", "2"])
  }

  /// Each record is filtered once, by the first check that flags it, and counted by all.
  @Test func theAccountingBalancesWithFilters() throws {
    let run = try run(
      QualityRunTests.careless,
      QualityRunTests.checks + ", exclude: [speeders, contradictions, straight_liners]")
    let fates = run.report.tally.totalAccounting
    #expect(fates.isBalanced)
    #expect((fates.scored, fates.filtered) == (2, [2, 1, 1]))
    let rows = try run.table("quality").rows
    #expect(rows.map { $0["n"] } == ["2", "2", "2"])
    #expect(rows.map { $0["base_n"] } == ["6", "5", "6"])
    #expect(rows.allSatisfy { $0["excluded"] == "true" })
    let respondents = try run.table("respondents").rows
    #expect(respondents.map { $0["respondent"] } == ["3", "4"])
    #expect(respondents.map { $0["record"] } == ["4", "5"])
    let document = try PackageFiles.text(run.directory.path("out/run.json"))
    #expect(document.contains("\"quality_speeders\": 2"))
  }

  /// The tables are those of an export without the records that are filtered.
  @Test func whatIsFilteredTakesNoPartInTheResults() throws {
    let filtered = try run(
      QualityRunTests.careless, QualityRunTests.checks + ", exclude: [straight_liners]")
    let careful = QualityRunTests.careless.filter { !$0.hasSuffix("1,1,1") }
    let expected = try run(careful, nil).files()
    for name in ["stage_distribution.csv", "tool_gaps.csv", "unlock.csv", "term_adoption.csv"] {
      #expect(try filtered.files()[name] == expected[name], "\(name)")
    }
  }

  /// What is counted of respondents stays theirs where organisations are what stands at a stage.
  @Test func checksCountRespondentsOfOrganisations() throws {
    let survey = """
      schema: stagecraft/survey/1
      id: firms
      model: model.yaml
      unit: organisation
      respondent: {id: id, organisation: firm}
      quality: {speeders: {column: seconds, seconds: 30}, exclude: [speeders]}
      questions:
        - {id: has, column: has, style: list, asks: [a, b], none: [nothing]}

      """
    let run = try PipelineRun(
      export: "id,firm,seconds,has\n1,x,60,a\n2,x,10,b\n3,x,90,a\n4,y,20,a;b\n",
      survey: survey, model: Ladder([.any("a"), .any("b")]).yaml)
    #expect(try run.table("quality").rows.map { $0["base_n"] } == ["4"])
    #expect(try run.table("quality").rows.map { $0["n"] } == ["2"])
    #expect(run.report.tally.totalAccounting.filtered == [2])
    #expect(try run.table("organisations").rows.map { $0["respondents"] } == ["2"])
  }

  /// Each raking cell has a tally of its own; none of them counts this.
  @Test func rakingChangesNoCount() throws {
    let ladder = Ladder([.any("a")])
    var questionnaire = SmallQuestionnaire(of: ladder)
    questionnaire.segments = ["region"]
    questionnaire.rake = "{margins: {region: {r0: 0.9, r1: 0.1}}}"
    questionnaire.quality = "{contradictions: [nothing]}"
    let run = try PipelineRun(
      export: "id,has,region\n1,a,r0\n2,nothing;a,r1\n3,a,r1\n", survey: questionnaire.yaml(),
      model: ladder.yaml)
    #expect(try run.table("quality").rows.map { [$0["base_n"], $0["n"]] } == [["3", "1"]])
  }

  // MARK: Same bytes

  @Test func withoutTheKeyTheSetIsTheSame() throws {
    let bare = try run(QualityRunTests.careless, nil).files()
    #expect(bare["quality.csv"] == nil)
    let checked = try run(QualityRunTests.careless, QualityRunTests.checks).files()
    for (name, bytes) in bare where name.hasSuffix(".csv") {
      #expect(checked[name] == bytes, "\(name)")
    }
  }

  @Test func sameBytesWhateverTheThreadsAndChunks() throws {
    var numbers = SeededGenerator(seed: 10)
    let records = (0..<400).map { _ in
      let cells = (0..<3).map { _ in numbers.pick(["1", "2", ""]) }.joined(separator: ",")
      let has = numbers.pick(["a", "nothing;a", "nothing", "a;b", ""])
      return "\(has),\(numbers.number(below: 90)),\(cells)"
    }
    let quality = QualityRunTests.checks + ", exclude: [speeders, contradictions]"
    let files = { (jobs: Int, chunkBytes: Int) in
      try run(records, quality) { ($0.jobs, $0.chunkBytes) = (jobs, chunkBytes) }.files()
    }
    let expected = try files(1, 256 << 10)
    #expect(expected["quality.csv"] != nil)
    for (jobs, chunkBytes) in [(3, 64), (3, 1_000), (1, 500), (3, 1 << 20)] {
      let found = try files(jobs, chunkBytes)
      #expect(found.keys.sorted() == expected.keys.sorted())
      for (name, bytes) in expected where found[name] != bytes {
        Issue.record("\(name) differs: \(jobs) jobs, chunks of \(chunkBytes)")
      }
    }
  }

  /// A table of a few counts of everybody has nothing that could be hidden in part.
  @Test func withFewResponsesTheTableIsLeftOut() throws {
    let run = try run(QualityRunTests.careless, QualityRunTests.checks) { $0.minimumCell = 5 }
    #expect(try run.table("quality").rows.isEmpty)
  }
}
