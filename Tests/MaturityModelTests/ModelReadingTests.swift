import MaturityModel
import Statistics
import Testing

@Suite struct ModelReadingTests {
  private let model: MaturityModel

  init() throws { model = try MaturityModel(yaml: Array(smallModel.utf8), source: "small.yaml") }

  @Test func headIsRead() {
    #expect(model.id == "small")
    #expect(model.version == "2.0")
    #expect(model.title == "small")
  }

  @Test func stagesAreNumberedByPosition() {
    #expect(model.stages.map(\.number) == [0, 1, 2])
    #expect(model.stages.map(\.coverage.text) == ["0.5", "0.5", "0.75"])
    #expect(model.stages[1].aliases == ["Stage 1"])
  }

  @Test func requirementsPointAtCriteriaAndConditions() {
    #expect(model.stages[0].requires.isEmpty)
    #expect(model.stages[2].requires[0] == model.stages[2].requires.first { $0.id == "people" })
    #expect(model.stages[2].requires[0].anyOf == [1, 2])
    #expect(model.stages[2].requires.map(\.atLeast) == [2, 1])
    #expect(model.stages[2].requires.map(\.appliesIf) == [nil, 0])
  }

  @Test func conditionsKeepTheirThresholds() {
    #expect(model.conditions.map(\.id) == ["large"])
    #expect(model.conditions[0].any.map(\.metric) == ["team_size"])
    #expect(model.conditions[0].any.map(\.above.text) == ["9.5"])
    #expect(model.conditions[0].any.map(\.unlessKnown) == ["share"])
  }

  @Test func criteriaKeepFileOrder() {
    #expect(model.criteria.map(\.id).first == "git")
    #expect(model.criteria.map(\.weight.text) == ["1", "1", "0.5", "1", "1", "1"])
    #expect(model.criterion("lead") == 2)
    #expect(model.criterion("boss") == nil)
    #expect(model.criteria.map(\.isCounted) == [true, true, true, false, false, false])
    #expect(model.criteria[4].mirrors == 2)
    #expect(model.criteria[3].advice == "Find one")
  }

  @Test func absorptionGoesAnyNumberOfSteps() {
    #expect(model.criteria[1].absorbedBy == [2])
    #expect(model.absorbers == [[], [2, 3], [3], [], [], []])
  }

  @Test func aliasesAreFoldedAndBelongToTheFirstTerm() {
    #expect(
      model.termByAlias == ["git": 0, "github": 0, "hosted git": 1, "boss": 2])
    #expect(model.term("hosted_git") == 1)
    #expect(model.terms[2].provesOneOf == [2, 3])
  }

  @Test func antiPatternsPointAtCriteria() {
    #expect(model.antiPatterns[0].whenPresent == [2])
    #expect(model.antiPatterns[0].whenAbsent == [0])
  }

  @Test func nullStandsForAnAbsentOptionalKey() throws {
    let yaml = smallModel.replacing("aliases: [GitHub]", with: "aliases: ~").replacing(
      "version: 2.0", with: "version: 2.0\ntitle:")
    #expect(try MaturityModel(yaml: Array(yaml.utf8), source: "m").terms[0].aliases == [])
  }

  @Test func builtInModelIsAModel() throws {
    for id in MaturityModel.builtInIDs {
      let model = try #require(try MaturityModel.builtIn(id))
      #expect(model.id == id)
      #expect(model.stages.count == 6)
    }
    #expect(try MaturityModel.builtIn("other") == nil)
    #expect(MaturityModel.builtInYAML("other") == nil)
  }
}
