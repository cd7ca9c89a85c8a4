import Foundation
import Publish
import StagecraftTestSupport
import Testing

/// What `--min-cell` hides stays hidden.
@Suite struct DisclosureTests {
  /// A small survey with segments, unknown answers and conditions, made up from a seed.
  private struct Population {
    let ladder: Ladder
    let survey: String
    let export: String

    init(seed: UInt64) {
      var random = SeededGenerator(seed: seed)
      var ladder = Ladder(
        [.any("r1"), .any("t1")], [.any("t2"), .any("r2", "t3", when: "large")])
      for role in ["r1", "r2"] { ladder.edit(role) { $0.kind = "role" } }
      ladder.when("large", ("team_size", above: 9, unlessKnown: nil))
      ladder.antiPatterns = [("r1_without_t1", present: ["r1"], absent: ["t1"])]
      var questionnaire = SmallQuestionnaire(of: ladder)
      questionnaire.segments = ["place", "size"]
      questionnaire.minAnswered = "0.2"
      self.ladder = ladder
      survey = questionnaire.yaml()
      let people = 20 + random.number(below: 200)
      let likely = 2 + random.number(below: 3)
      var lines = ["id,has,place,size,team_size"]
      for person in 0..<people {
        var has = ladder.criteria.map(\.id).filter { _ in !random.oneIn(likely) }
        if random.oneIn(6) { has.append("other") }
        if has.isEmpty { has = ["nothing"] }
        // Few at some places, so that there is something to hide.
        let place = "p\(min(random.number(below: 6), random.number(below: 6)))"
        let team = random.pick(["", "5", "12", "20"])
        lines.append(
          "i\(person),\"\(has.joined(separator: ";"))\",\(place),s\(random.number(below: 2)),\(team)"
        )
      }
      export = lines.joined(separator: "\n") + "\n"
    }

    func run(minimum: UInt64?) throws -> PipelineRun {
      try PipelineRun(export: export, survey: survey, model: ladder.yaml) {
        $0.writesRespondents = false
        $0.minimumCell = minimum
        $0.analyses = [.leverage, .sensitivity, .validity]
      }
    }
  }

  @Test(arguments: 0..<12 as Range<UInt64>)
  func noSmallCountFollowsFromThePublishedOnes(seed: UInt64) throws {
    let population = Population(seed: seed)
    let minimum = 3 + Int(seed % 6)
    let all = try PublishedCounts(population.run(minimum: nil))
    let published = try PublishedCounts(population.run(minimum: UInt64(minimum)))
    for criterion in all.criteria.sorted().map(Optional.some) + [nil] {
      var puzzle = published.puzzle(of: all, criterion: criterion)
      puzzle.solve()
      #expect(!puzzle.isContradictory)
      for (name, count) in all.counts {
        guard let count, (1..<minimum).contains(count) else { continue }
        let told = puzzle.value(name)
        #expect(told == nil, "\(name) is told to be \(count)")
      }
    }
    for (name, count) in published.counts {
      guard let count else { continue }
      #expect(all.counts[name] == count, "\(name)")
    }
  }

  @Test func whatIsNotHiddenCanBeSolvedFor() throws {
    // The solver does see through a single hidden cell.
    let all = try PublishedCounts(Population(seed: 3).run(minimum: nil))
    var puzzle = all.puzzle(of: all, criterion: nil)
    puzzle.solve()
    #expect(!puzzle.isContradictory)
    var simple = CountPuzzle()
    simple.know("total", 10)
    simple.know("a", 7)
    simple.relate("total", ["a", "b"])
    simple.solve()
    #expect(simple.value("b") == 3)
  }

  @Test func aLargeSurveyKeepsItsNumbers() throws {
    let run = try PipelineRun(
      [PackageFiles.sample("responses.csv")],
      survey: PackageFiles.sample("responses.survey.yaml")
    ) {
      $0.writesRespondents = false
      $0.minimumCell = 5
    }
    let shown = try run.table("stage_distribution").rows(where: ["segment": "all"])
    #expect(shown.allSatisfy { $0["n"] != "" && $0["share"] != "" })
    #expect(try run.table("role_gaps").rows.contains { $0["yes"] != "" })
  }

  @Test func everyOutputHasTheSameEmptyCells() throws {
    let run = try Population(seed: 11).run(minimum: 5)
    let results = try #require(
      JSONSerialization.jsonObject(
        with: Data(PackageFiles.bytes(run.directory.path("out/results.json")))) as? [String: Any])
    let tables = try #require(results["tables"] as? [String: [[String: Any]]])
    for (name, rows) in tables {
      let csv = try run.table(name)
      #expect(csv.rows.count == rows.count)
      for (row, object) in zip(csv.rows, rows) {
        for column in csv.columns {
          let isEmpty = object[column] is NSNull || object[column] as? String == ""
          #expect((row[column] == "") == isEmpty, "\(name) \(column)")
        }
      }
    }
    let listed = try run.table("suppression").rows
    #expect(!listed.isEmpty)
    #expect(listed.allSatisfy { ["small", "complementary"].contains($0["reason"]) })
  }

  @Test func withoutItNothingIsHiddenOrAdded() throws {
    let run = try Population(seed: 11).run(minimum: nil)
    #expect(!run.directory.names(in: "out").contains("suppression.csv"))
    let report = try PackageFiles.text(run.directory.path("out/run.json"))
    #expect(!report.contains("min_cell"))
    #expect(try !PackageFiles.text(run.directory.path("out/report.html")).contains("withheld"))
  }

  @Test func tooFewResponsesAltogetherTellNothing() throws {
    let export = "id,has,place,size,team_size\na,r1;t1,p,s,5\nb,t1,p,s,5\n"
    let population = Population(seed: 1)
    let run = try PipelineRun(
      export: export, survey: population.survey, model: population.ladder.yaml
    ) {
      $0.writesRespondents = false
      $0.minimumCell = 3
    }
    for name in ["stage_distribution", "stage_bounds", "stage_rules", "term_adoption", "unlock"] {
      for row in try run.table(name).rows {
        for (column, text) in row
        where ["n", "base_n", "share", "held", "blocked"].contains(column) {
          #expect(text == "", "\(name) \(column)")
        }
      }
    }
    #expect(run.report.fates.read == nil)
    #expect(run.report.fates.scored == nil)
  }

  @Test func rareAnswersArePooled() throws {
    let texts = ["xa", "xa", "xa", "xb", "xb", "xc", "xd"]
    let more = Array(repeating: "t1", count: 20)
    let export =
      "id,has,place,size,team_size\n"
      + (texts + more).enumerated().map { "i\($0.offset),\($0.element),p,s,5\n" }.joined()
    let population = Population(seed: 1)
    let run = try PipelineRun(
      export: export, survey: population.survey, model: population.ladder.yaml
    ) {
      $0.writesRespondents = false
      $0.minimumCell = 3
    }
    let rows = try run.table("unmapped_answers").rows.map { [$0["answer"], $0["n"]] }
    #expect(rows == [["xa", "3"], ["(rare)", "4"]])
    let report = try PackageFiles.text(run.directory.path("out/run.json"))
    #expect(!report.contains("7 answers"))
  }

  @Test func smallFatesAreHiddenTogether() throws {
    let lines = (0..<20).map { "i\($0),t1,p,s,20" } + (0..<2).map { "u\($0),,p,s,20" }
    let population = Population(seed: 1)
    let run = try PipelineRun(
      export: "id,has,place,size,team_size\n" + lines.joined(separator: "\n") + "\n",
      survey: population.survey, model: population.ladder.yaml
    ) {
      $0.writesRespondents = false
      $0.minimumCell = 5
    }
    #expect(run.report.fates.scored == 20)
    #expect(run.report.fates.unscored == nil)
    // It would tell the two by subtraction.
    #expect(run.report.fates.read == nil)
  }

  @Test func threadsAndChunksDoNotChangeWhatIsHidden() throws {
    let population = Population(seed: 7)
    let runs = try [(1, 64), (2, 1000)].map { jobs, bytes in
      try PipelineRun(
        export: population.export, survey: population.survey, model: population.ladder.yaml
      ) {
        $0.writesRespondents = false
        $0.minimumCell = 4
        $0.jobs = jobs
        $0.chunkBytes = bytes
      }.files()
    }
    #expect(runs[0] == runs[1])
  }

  @Test func anInputWithFewIsNotCountedByItself() throws {
    let population = Population(seed: 1)
    let directory = try ScratchDirectory()
    let header = "id,has,place,size,team_size\n"
    try directory.write(population.survey, as: "survey.yaml")
    try directory.write(population.ladder.yaml, as: "model.yaml")
    let many = (0..<20).map { "i\($0),t1,p,s,20\n" }.joined()
    try directory.write(header + many, as: "many.csv")
    try directory.write(header + "a,t1,p,s,20\nb,t1,p,s,20\n", as: "few.csv")
    let run = try PipelineRun(
      [directory.path("many.csv"), directory.path("few.csv")],
      survey: directory.path("survey.yaml"), in: directory
    ) {
      $0.writesRespondents = false
      $0.minimumCell = 5
    }
    let report = try PackageFiles.text(run.directory.path("out/run.json"))
    #expect(report.contains("\"scored\": 22"))
    #expect(!report.contains("\"scored\": 20"))
    #expect(!report.contains("\"scored\": 2,"))
  }
}
