import MaturityModel
import Publish
import Score
import StagecraftTestSupport
import SurveyMapping

@testable import Aggregate
@testable import Normalize

/// Scores and tallies people, without any file.
struct Tallying {
  let model: MaturityModel
  let survey: Survey
  private let scoring: ScoringPlan
  private let shape: TallyShape
  private let rows: ResponseBatch.Shape

  init(
    _ ladder: Ladder = SharedLadder.ladder,
    _ questionnaire: SmallQuestionnaire = SharedLadder.questionnaire,
    textLimits: TextLimits = TextLimits(), analyses: Set<Analysis> = []
  ) throws {
    model = try MaturityModel(yaml: Array(ladder.yaml.utf8), source: "model.yaml")
    survey = try Survey(
      yaml: Array(questionnaire.yaml().utf8), source: "survey.yaml", model: model)
    let observability = Observability(survey: survey, model: model)
    scoring = ScoringPlan(survey: survey, model: model, observability: observability)
    shape = TallyShape(
      survey: survey, model: model, observability: observability, inputs: 1,
      textLimits: textLimits, analyses: analyses)
    rows = NormalizationPlan.shape(survey, model)
  }

  /// What one worker makes of some batches of people, one batch after the other.
  func tally(_ batches: [[Person]]) -> Tally { worker(batches).finish() }

  /// What several workers make of batches of people, with raked weights where the survey has margins.
  func merged(_ workers: [[[Person]]]) -> (tally: Tally, failure: RakingFailure?) {
    Tally.merged(workers.map(worker), shape)
  }

  private func worker(_ batches: [[Person]]) -> WorkerTally {
    let vocabulary = Vocabulary(
      segments: survey.segments.count, questions: survey.questions.count,
      limits: shape.textLimits)
    let worker = WorkerTally(shape, vocabulary: vocabulary)
    let (scorer, scores) = (Scorer(plan: scoring), ScoreBatch())
    for people in batches {
      let responses = ResponseBatch(shape: rows)
      for person in people { append(person, to: responses, vocabulary) }
      scorer.score(responses, into: scores)
      worker.add(responses, scores)
    }
    return worker
  }

  func tally(_ people: [Person]) -> Tally { tally([people]) }

  /// What each of some people scores by themselves.
  func scores(_ people: [Person]) -> [ResponseScore] {
    let vocabulary = Vocabulary(
      segments: survey.segments.count, questions: survey.questions.count,
      limits: shape.textLimits)
    let (scorer, scores) = (Scorer(plan: scoring), ScoreBatch())
    return people.map { person in
      let responses = ResponseBatch(shape: rows)
      append(person, to: responses, vocabulary)
      scorer.score(responses, into: scores)
      return scores.score(of: 0)
    }
  }

  private func append(
    _ person: Person, to responses: ResponseBatch, _ vocabulary: Vocabulary
  ) {
    var response = PlainResponse()
    response.yes = person.yes.compactMap(model.criterion)
    response.no = person.no.compactMap(model.criterion)
    response.terms = person.terms.compactMap(model.term)
    response.merged = response.terms.compactMap(rows.mergedTerms.firstIndex)
    response.metrics = Array(repeating: nil, count: rows.metrics)
    response.weight = person.weight
    response.record = person.record
    response.segments = survey.segments.indices.map {
      vocabulary.numberOfSegmentValue(person.country, segment: $0)
    }
    response.unmapped = person.unmapped.enumerated().map { place, text in
      ResponseBatch.UnmappedAnswer(
        question: 0,
        text: vocabulary.numberOfUnmappedAnswer(text, question: 0)
          ?? ResponseBatch.UnmappedAnswer.noText,
        isFirst: place == 0)
    }
    responses.append(response)
  }
}

extension Tally {
  /// All tables as they are published.
  func publishedTables() throws -> [String: String] {
    var tables: [String: String] = [:]
    for table in ResultTables(tally: self).all {
      var csv = CSVRecord()
      for column in table.columns { csv.appendField(column.name) }
      csv.endRecord()
      try table.forEachRow { cells in
        for cell in cells { csv.append(cell) }
        csv.endRecord()
      }
      tables[table.name] = String(decoding: csv.bytes, as: UTF8.self)
    }
    return tables
  }

  func published(_ name: String) throws -> PublishedTable {
    PublishedTable(text: try publishedTables()[name] ?? "")
  }
}
