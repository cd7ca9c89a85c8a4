import StagecraftTestSupport
import Testing

@Suite struct ReferenceComparisonTests {
  /// Sixty models a seed, ten responses a model.
  @Test(arguments: [1, 2, 3, 4, 5, 6, 7, 8] as [UInt64])
  func theScorerAgreesWithThePlainReadingOfTheContract(_ seed: UInt64) throws {
    var cases = RandomCases(seed: seed)
    for _ in 0..<60 {
      let ladder = cases.ladder()
      let questionnaire = cases.questionnaire(of: ladder)
      let scoring = try Scoring(ladder, questionnaire)
      let reference = ReferenceScorer(ladder: ladder, questionnaire: questionnaire)
      for _ in 0..<10 {
        let answers = cases.answers(to: questionnaire, ladder)
        let (found, expected) = (scoring.outcome(answers), reference.outcome(answers))
        guard found == expected else {
          Issue.record(
            """
            \(ladder.yaml)\(questionnaire.yaml())\(answers)
            found    \(found)
            expected \(expected)
            """)
          return
        }
      }
    }
  }

  /// The comparison is worth something only if the cases reach everywhere.
  @Test func randomCasesReachEveryKindOfOutcome() throws {
    var cases = RandomCases(seed: 9)
    var seen: Set<String> = []
    for _ in 0..<300 {
      let ladder = cases.ladder()
      let questionnaire = cases.questionnaire(of: ladder)
      let reference = ReferenceScorer(ladder: ladder, questionnaire: questionnaire)
      let outcome = reference.outcome(cases.answers(to: questionnaire, ladder))
      seen.insert(outcome.isScored ? "scored" : "unscored")
      seen.insert("stage \(outcome.low)")
      if outcome.low < outcome.high { seen.insert("undetermined") }
      if outcome.highest > outcome.low { seen.insert("higher stage holds") }
      if !outcome.blockingUnknown.isEmpty { seen.insert("blocked by unknown") }
      if outcome.blocking.isEmpty, outcome.next != nil { seen.insert("held by coverage") }
      if outcome.readiness != nil { seen.insert("ready") }
      seen.formUnion(outcome.shown.values)
    }
    #expect(
      seen == [
        "scored", "unscored", "stage 0", "stage 1", "stage 2", "stage 3", "stage 4",
        "undetermined", "higher stage holds", "blocked by unknown", "held by coverage", "ready",
        "yes", "no", "unknown", "not applicable",
      ])
  }
}
