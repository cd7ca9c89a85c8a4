import Inspection
import MaturityModel
import SurveyMapping
import Testing

/// What a questionnaire will be able to tell, and what it would take to tell more.
struct ForecastTests {
  private func forecast(asks: String) throws -> (Forecast, MaturityModel) {
    let model = try builtInModel()
    let yaml = """
      schema: stagecraft/survey/1
      id: s
      questions: [{id: q, column: Q, style: list, asks: [\(asks)]}]
      """
    let survey = try Survey(yaml: Array(yaml.utf8), source: "s", model: model)
    return (Forecast(survey: survey, model: model, terms: []), model)
  }

  @Test func theLiftIsTheFewestRequirementsThatMakeTheNextStageAssessable() throws {
    let (forecast, _) = try forecast(asks: "ml_language, version_control, ci_cd")
    #expect(forecast.assessable == [3])
    let next = try #require(forecast.next.first)
    #expect(next.stage == 4)
    #expect(next.requirements == 1)
    #expect(next.criteria == 1)
  }

  @Test func askingForTheLiftLiftsTheCeiling() throws {
    for asks in ["analysis_tool", "ml_language, version_control", "ci_cd", "leader_buy_in"] {
      let (before, model) = try forecast(asks: asks)
      let lift = try #require(before.next.first)
      let more = lift.candidates.prefix(lift.requirements)
        .flatMap { $0.criteria.prefix($0.missing) }.map { model.criteria[$0].id }
      let (after, _) = try forecast(asks: ([asks] + more).joined(separator: ", "))
      #expect(after.assessable.contains(lift.stage))
      let (fewer, _) = try forecast(asks: ([asks] + more.dropLast()).joined(separator: ", "))
      #expect(!fewer.assessable.contains(lift.stage))
    }
  }

  @Test func nothingIsAboveTheTop() throws {
    let (forecast, _) = try forecast(asks: "leader_buy_in, ml_leader, business_advocate")
    #expect(forecast.assessable == [5])
    #expect(forecast.next.isEmpty)
  }
}
