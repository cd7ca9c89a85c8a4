import Ingest
import MaturityModel
import Normalize
import Pipeline
import Score
import SurveyMapping

/// Explains single records, with the same normalizer and the same scorer as a run.
package struct Explainer {
  private let inputs: RecordInputs
  private let definitions: Definitions
  private let observability: Observability
  private let scoring: ScoringPlan

  package init(
    _ configuration: RunConfiguration, definitions: Definitions
  ) throws(ExplanationFailure) {
    let (survey, model) = (definitions.survey, definitions.model)
    inputs = try running { () throws(RunFailure) in
      try RecordInputs(configuration, definitions: definitions, isReadTwice: true)
    }
    self.definitions = definitions
    observability = Observability(survey: survey, model: model)
    scoring = ScoringPlan(survey: survey, model: model, observability: observability)
  }

  /// Explains the record that is named, as `ID` or `SOURCE#RECORD`; of several with one id, the one
  /// that counts.
  package func explain(_ text: String) throws(ExplanationFailure) -> Explanation {
    switch RecordReference(text, sources: inputs.sources) {
    case .place(let input, let number): try explain(input: input, number: number)
    case .id(let id): try explain(id: id)
    }
  }

  private func explain(id: String) throws(ExplanationFailure) -> Explanation {
    if definitions.survey.respondent.id == nil {
      throw .surveyHasNoIDs(sources: inputs.sources)
    }
    var finder = RecordFinder(inputs, survey: definitions.survey)
    let all = try running { () throws(RunFailure) in try finder.records(id: id) }
    guard let record = all.winner ?? all.first else {
      throw .notFound(byID: true, read: finder.read)
    }
    return try explanation(of: record, among: all)
  }

  private func explain(input: Int, number: UInt64) throws(ExplanationFailure) -> Explanation {
    var finder = RecordFinder(inputs, survey: definitions.survey)
    let found = try running { () throws(RunFailure) in
      try finder.record(input: input, number: number)
    }
    guard let found else { throw .notFound(byID: false, read: finder.read) }
    let maker = makeMaker(found.plan)
    // Whether it counts depends on all records with its id.
    guard let id = try running({ () throws(RunFailure) in try maker.id(of: found) }) else {
      return try explanation(of: found, among: nil)
    }
    let all = try running { () throws(RunFailure) in try finder.records(id: id) }
    return try explanation(of: found, among: all)
  }

  private func explanation(
    of record: FoundRecord, among all: FoundRecords?
  ) throws(ExplanationFailure) -> Explanation {
    let maker = makeMaker(record.plan, duplicates: all?.duplicates)
    return try running { () throws(RunFailure) in
      try maker.explanation(of: record, among: all)
    }
  }

  private func makeMaker(
    _ plan: NormalizationPlan, duplicates: DuplicateIndex? = nil
  ) -> ExplanationMaker {
    ExplanationMaker(
      plan: plan, scoring: scoring, duplicates: duplicates, stream: inputs.stream(),
      sources: inputs.sources)
  }

  /// Explains every record that can be parsed, in input order, each as if it counted.
  func forEach(_ body: (Explanation) throws -> Void) throws {
    let stream = inputs.stream()
    var made: (input: Int, maker: ExplanationMaker)?
    while let portion = try stream.next() {
      let input = portion.chunk.input
      if made?.input != input { made = (input, makeMaker(portion.plan)) }
      for record in 0..<portion.records.count {
        guard let found = FoundRecord(portion, at: portion.records.position(of: record)) else {
          continue
        }
        if let explanation = try made?.maker.explanation(of: found, among: nil) {
          try body(explanation)
        }
      }
    }
  }
}

/// Runs what can fail like a run.
private func running<Result>(
  _ body: () throws(RunFailure) -> Result
) throws(ExplanationFailure) -> Result {
  do {
    return try body()
  } catch {
    throw .run(error)
  }
}
