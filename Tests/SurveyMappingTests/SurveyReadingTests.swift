import MaturityModel
import Statistics
import SurveyMapping
import Testing

@Suite struct SurveyReadingTests {
  private let small: Survey

  init() throws { small = try survey(smallSurvey) }

  @Test func modelIsNamedBeforeItIsLoaded() throws {
    let yaml = Array(smallSurvey.utf8)
    #expect(try Survey.modelReference(yaml: yaml, source: "s") == "models/small.yaml")
    #expect(try Survey.modelReference(yaml: Array("id: x".utf8), source: "s") == nil)
    #expect(small.modelReference == "models/small.yaml")
  }

  @Test func sourceIsAsDeclared() {
    let source = small.source
    #expect(source.vendor == "kaggle")
    #expect(source.delimiter == 9)
    #expect(source.encoding == .windows1252)
    #expect(source.headerRecords == 3)
    #expect(source.labelRecord == 2)
    #expect(source.missing == ["", "NA", "-1"])
  }

  @Test func whatIsNotSaidIsNil() throws {
    let bare = try survey("{schema: stagecraft/survey/1, id: x, questions: []}")
    #expect(bare.source.vendor == nil && bare.source.delimiter == nil)
    #expect(bare.source.encoding == nil && bare.source.headerRecords == nil)
    #expect(bare.source.missing == SourceDeclaration.usualMissing)
    #expect(bare.respondent.id == nil && bare.respondent.weight == nil)
    #expect(bare.respondent.duplicates == .keep)
    #expect(bare.thresholds.minAnswered.text == "0.5")
    #expect(bare.thresholds.minObservable.text == "0.25")
    #expect(bare.thresholds.unobservable == .waive)
    #expect(bare.selfAssessed == nil)
  }

  @Test func textsToMatchAreFolded() {
    #expect(small.keep.first?.allowed == ["true", "ja, fertig"])
    #expect(small.keep.first?.refused == ["preview"])
    #expect(small.segments.first?.values == ["u.s.": "USA", "usa": "USA"])
    let tools = small.questions[0]
    #expect(tools.ticked == ["in use"])
    #expect(tools.explicit == ["none", "", "no comment", "git hosting", "both"])
    #expect(tools.answers == ["git hosting": [0], "both": [0, 1]])
  }

  @Test func metricsAreNumbersBandsOrUnknown() {
    let values = small.metrics.first?.values
    #expect(values?["1-2"] == .some(MetricBand(low: one(1), high: one(2))))
    #expect(values?["20+"] == .some(MetricBand(low: one(20), high: nil)))
    #expect(values?["five"] == .some(MetricBand(low: one(5), high: one(5))))
    #expect(values?["?"] == .some(nil))
    #expect(values?["other"] == nil)
  }

  private func one(_ count: Int64) -> Billionths { Billionths(count: count * Billionths.perUnit) }

  @Test func selfAssessmentKnowsTheStagesNamesToo() {
    #expect(
      small.selfAssessed?.values == [
        "none yet": 0, "unsure": nil, "stage 2": 1, "start": 0, "first": 1, "second": 2,
      ])
  }

  @Test func questionsPointAtCriteriaOnce() {
    #expect(small.questions.map(\.asks) == [[0, 3], [1], [1], [], []])
    #expect(small.questions.map(\.criterion) == [nil, nil, nil, 2, 5])
    #expect(small.questions[3].yes == ["4", "5"])
  }

  @Test func unselectedDeniesInOptionsAndListsOnly() throws {
    #expect(small.questions.map(\.deniesUnselected) == [true, false, false, false, false])
    let denying = try survey(
      smallSurvey.replacing("style: choice", with: "style: choice, unselected: absent"))
    #expect(denying.questions[2].deniesUnselected)
  }

  @Test func separatorIsFolded() throws {
    #expect(small.questions.map(\.separator) == [";", ",", ";", ";", ";"])
    let blank = try survey(smallSurvey.replacing("\" , \"", with: "\" \""))
    #expect(blank.questions[1].separator == " ")
  }

  @Test func columnAndColumnsAreTheSame() {
    #expect(small.questions.map(\.columns).prefix(2) == [["Tools_*", "Extra"], ["Roles"]])
    #expect(small.questions[0].except == ["Tools_B"])
  }
}
