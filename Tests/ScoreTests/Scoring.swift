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
  private let scorer: Scorer
  private let responses: ResponseBatch
  private let scores = ScoreBatch()

  /// - Parameter questionnaire: nil asks for everything.
  init(_ ladder: Ladder, _ questionnaire: SmallQuestionnaire? = nil) throws {
    let questionnaire = questionnaire ?? SmallQuestionnaire(of: ladder)
    model = try MaturityModel(yaml: Array(ladder.yaml.utf8), source: "model.yaml")
    survey = try Survey(
      yaml: Array(questionnaire.yaml().utf8), source: "survey.yaml", model: model)
    let observability = Observability(survey: survey, model: model)
    scorer = Scorer(
      plan: ScoringPlan(survey: survey, model: model, observability: observability))
    responses = ResponseBatch(shape: NormalizationPlan.shape(survey, model))
  }

  func outcome(_ answers: Answers) -> Outcome {
    responses.removeAll()
    responses.append(plain(answers))
    scorer.score(responses, into: scores)
    return Outcome(scores, model: model)
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
  fileprivate init(_ scores: ScoreBatch, model: MaturityModel) {
    isScored = scores.isScored[0]
    low = Int(scores.low[0])
    high = Int(scores.high[0])
    highest = Int(scores.highest[0])
    next = scores.next[0] == 0 ? nil : Int(scores.next[0])
    compensatory = scores.compensatory[0]
    compensatoryFloor = Int(scores.compensatoryFloor[0])
    progress = scores.progress[0]
    readiness = scores.readiness[0] == .max ? nil : scores.readiness[0]
    let requirements = model.stages[next ?? 0].requires.map(\.id)
    blocking = Outcome.members(scores.blocking[0], of: requirements)
    blockingUnknown = Outcome.members(scores.blockingUnknown[0], of: requirements)
    isNextCovered = scores.isNextCovered[0]
    for (index, criterion) in model.criteria.enumerated() {
      shown[criterion.id] = Outcome.evidence(scores, index)
    }
  }

  private static func members(_ bits: UInt64, of names: [String]) -> [String] {
    names.enumerated().filter { bits >> UInt64($0.offset) & 1 == 1 }.map(\.element)
  }

  /// Every evidence the batch claims, so that a claim of two is seen.
  private static func evidence(_ scores: ScoreBatch, _ index: Int) -> String {
    let rows = [("yes", scores.yes), ("no", scores.no), ("not applicable", scores.notApplicable)]
    let claims = rows.filter { $0.1[index / 64] >> UInt64(index % 64) & 1 == 1 }.map(\.0)
    return claims.isEmpty ? "unknown" : claims.joined(separator: " and ")
  }
}
