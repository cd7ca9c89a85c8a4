import MaturityModel
import StagecraftTestSupport
import Statistics
import SurveyMapping

@testable import Normalize
@testable import Score

/// What one respondent's answers say, before absorption.
struct Answers: Sendable {
  var yes: [String] = []
  var no: [String] = []
  /// Terms that prove one of several criteria.
  var merged: [String] = []
  /// Closed bands; a missing end is open. A metric that is not here is unknown.
  var metrics: [String: Band] = [:]

  struct Band: Hashable, Sendable {
    var low: Int?
    var high: Int?

    static func exactly(_ number: Int) -> Band { Band(low: number, high: number) }
  }
}

/// One response's scores in words.
struct Outcome: Hashable, Sendable, CustomStringConvertible {
  var isScored = false
  var low = 0
  var high = 0
  var highest = 0
  var next: Int?
  /// In millionths.
  var compensatory: UInt64 = 0
  var compensatoryFloor = 0
  var progress: UInt64 = 0
  var readiness: UInt64?
  var blocking: [String] = []
  var blockingUnknown: [String] = []
  var isNextCovered = false
  /// As the gap tables show it.
  var shown: [String: String] = [:]

  var description: String {
    "scored \(isScored) low \(low) high \(high) highest \(highest) next \(String(describing: next)) "
      + "compensatory \(compensatory) floor \(compensatoryFloor) progress \(progress) "
      + "readiness \(String(describing: readiness)) blocking \(blocking) "
      + "unknown \(blockingUnknown) covered \(isNextCovered) "
      + "shown \(shown.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" })"
  }
}

/// Scores answers by the product's scorer, without any file.
struct Scoring {
  let model: MaturityModel
  let survey: Survey
  private let plan: ScoringPlan
  private let scorer: Scorer
  private let responses: ResponseBatch
  private let scores = ScoreBatch()

  /// - Parameter questionnaire: nil asks for everything.
  init(
    _ ladder: Ladder, _ questionnaire: SmallQuestionnaire? = nil,
    reading: StageReading = .standard
  ) throws {
    let questionnaire = questionnaire ?? SmallQuestionnaire(of: ladder)
    model = try MaturityModel(yaml: Array(ladder.yaml.utf8), source: "model.yaml").read(reading)
    survey = try Survey(
      yaml: Array(questionnaire.yaml().utf8), source: "survey.yaml", model: model)
    let observability = Observability(survey: survey, model: model)
    plan = ScoringPlan(survey: survey, model: model, observability: observability)
    scorer = Scorer(plan: plan, wantsDetails: true)
    responses = ResponseBatch(shape: NormalizationPlan.shape(survey, model))
  }

  func outcome(_ answers: Answers) -> Outcome { outcomes([answers]).first ?? Outcome() }

  /// The outcomes of one batch.
  func outcomes(_ batch: [Answers]) -> [Outcome] {
    fill(batch)
    scorer.score(responses, into: scores)
    return batch.indices.map { response in
      Outcome(
        scores.score(of: response), scores.details[response], model: model,
        shown: { scores.evidence(of: $0, response) })
    }
  }

  /// The same, one response after the other.
  func evaluatedOutcomes(_ batch: [Answers]) -> [Outcome] {
    fill(batch)
    return batch.indices.map { response in
      let evaluation = scorer.evaluate(responses, response)
      return Outcome(
        evaluation.score, evaluation.details, model: model, shown: evaluation.shown)
    }
  }

  /// The rows, published stages and false conditions of the last batch, which must say the same as
  /// its words.
  func rowsAgreeWithWords() -> Bool {
    (0..<scores.count).allSatisfy { response in
      let row = scores.rows + response * scores.rowWords
      return Int(scores.low[response]) == scores.score(of: response).low
        && model.criteria.indices.allSatisfy { criterion in
          let original = model.criteria[criterion].mirrors ?? criterion
          let bits = row[original / 64] &>> UInt64(original % 64) & 1
          return switch scores.evidence(of: criterion, response) {
          case .yes: bits == WordPair(1, 0)
          case .no: bits == WordPair(0, 1)
          case .unknown, .notApplicable: bits == .zero
          }
        }
    }
  }

  private func fill(_ batch: [Answers]) {
    responses.removeAll()
    for answers in batch { responses.append(plain(answers)) }
  }

  private func billionths(_ number: Int) -> Billionths {
    Billionths(count: Int64(number) * Billionths.perUnit)
  }

  private func plain(_ answers: Answers) -> PlainResponse {
    let merged = responses.shape.mergedTerms.map { model.terms[$0].id }
    var response = PlainResponse()
    response.yes = answers.yes.compactMap(model.criterion)
    response.no = answers.no.compactMap(model.criterion)
    response.merged = answers.merged.compactMap(merged.firstIndex)
    response.metrics = survey.metrics.map { metric in
      answers.metrics[metric.id].map { band in
        MetricBand(low: band.low.map(billionths), high: band.high.map(billionths))
      }
    }
    return response
  }
}

extension Outcome {
  fileprivate init(
    _ score: ResponseScore, _ details: ScoreDetails, model: MaturityModel,
    shown evidence: (Int) -> ShownEvidence
  ) {
    isScored = score.isScored
    (low, high, highest, next) = (score.low, score.high, score.highest, score.next)
    compensatoryFloor = score.compensatoryFloor
    compensatory = details.compensatory
    progress = details.progress
    readiness = details.readiness
    let requirements = model.stages[next ?? 0].requires.map(\.id)
    blocking = Outcome.members(score.blocking, of: requirements)
    blockingUnknown = Outcome.members(score.blockingUnknown, of: requirements)
    isNextCovered = score.isNextCovered
    for (index, criterion) in model.criteria.enumerated() {
      shown[criterion.id] =
        evidence(index) == .notApplicable ? "not applicable" : "\(evidence(index))"
    }
  }

  private static func members(_ bits: UInt64, of names: [String]) -> [String] {
    names.enumerated().filter { bits >> UInt64($0.offset) & 1 == 1 }.map(\.element)
  }
}
