import Ingest
import MaturityModel
import Normalize
import Pipeline
import Score
import SurveyMapping

/// Makes explanations of the records of one input: the record goes through the normalizer and the
/// scorer alone, as it would among all others.
final class ExplanationMaker {
  private let plan: NormalizationPlan
  private let scoring: ScoringPlan
  private let stream: RecordStream
  private let sources: [String]
  private let vocabulary: Vocabulary
  private let normalizer: Normalizer
  private let scorer: Scorer
  private let identities: IdentityReader
  private var tracer: ResponseTracer
  private let records = RecordBatch()
  private let responses: ResponseBatch
  private let scores = ScoreBatch()

  /// - Parameter duplicates: which records lose to another one; nil: none does.
  init(
    plan: NormalizationPlan, scoring: ScoringPlan, duplicates: DuplicateIndex?,
    stream: RecordStream, sources: [String]
  ) {
    self.plan = plan
    self.scoring = scoring
    self.stream = stream
    self.sources = sources
    vocabulary = Vocabulary(
      segments: plan.survey.segments.count, questions: plan.survey.questions.count)
    normalizer = Normalizer(
      plan: plan, vocabulary: vocabulary, duplicates: duplicates)
    scorer = Scorer(plan: scoring, wantsDetails: true)
    identities = IdentityReader(plan: plan.gate)
    tracer = ResponseTracer(plan: plan)
    responses = ResponseBatch(shape: plan.shape)
  }

  /// The id in a record that was found; nil where there is none.
  func id(of found: FoundRecord) throws(RunFailure) -> String? {
    guard case .parsed(let chunk) = found.content else { return nil }
    try stream.fill(records, from: chunk, plan)
    return identities.id(records, 0).map { String(decoding: $0, as: UTF8.self) }
  }

  /// - Parameter all: the records with the same id, where the record has one.
  func explanation(
    of found: FoundRecord, among all: FoundRecords?
  ) throws(RunFailure) -> Explanation {
    switch found.content {
    case .refused(let reject):
      return explanation(of: found, .rejected(reject), trace: nil, among: nil)
    case .parsed(let chunk):
      try stream.fill(records, from: chunk, plan)
      normalizer.normalize(records, into: responses)
      let trace = tracer.trace(records, 0)
      return explanation(of: found, fate(trace, among: all), trace: trace, among: all)
    }
  }

  private func explanation(
    of found: FoundRecord, _ fate: Explanation.Fate, trace: ResponseTrace?,
    among all: FoundRecords?
  ) -> Explanation {
    let others = all.map { self.others($0, than: found) } ?? []
    return Explanation(
      model: plan.model, survey: plan.survey, observability: scoring.observability,
      place: place(found.input, found.position), columnNames: found.columnNames, fate: fate,
      trace: trace, others: others, otherCount: all.map { $0.count - 1 } ?? 0)
  }

  private func place(_ input: Int, _ position: RecordPosition) -> Explanation.Place {
    Explanation.Place(source: sources[input], position: position)
  }

  /// What the normalizer made of the only record it was given.
  private func fate(_ trace: ResponseTrace, among all: FoundRecords?) -> Explanation.Fate {
    let accounting = responses.accounting
    if let reject = responses.rejects.first { return .rejected(reject) }
    if let rule = accounting.filtered.firstIndex(where: { $0 > 0 }) {
      return .filtered(rule: rule)
    }
    if accounting.duplicate > 0 {
      return .duplicate(of: all?.winner.map { place($0.input, $0.position) })
    }
    scorer.score(responses, into: scores)
    let score = scores.score(of: 0)
    let verdict = verdict(score, scores.details[0], trace)
    return score.isScored ? .scored(verdict) : .unscored(verdict)
  }

  private func others(_ all: FoundRecords, than found: FoundRecord) -> [Explanation.Other] {
    all.shown.filter { $0.input != found.input || $0.position != found.position }.map { other in
      let isWinner =
        other.input == all.winner?.input && other.position == all.winner?.position
      let fate: Explanation.OtherFate =
        !other.isAdmitted
        ? .out : all.policy == .keep ? .counts : isWinner ? .winner : .duplicate
      return Explanation.Other(place: place(other.input, other.position), fate: fate)
    }
  }

  private func verdict(
    _ score: ResponseScore, _ details: ScoreDetails, _ trace: ResponseTrace
  ) -> Verdict {
    let requirements = score.next.map { plan.model.stages[$0].requires.indices } ?? 0..<0
    return Verdict(
      low: score.low, high: score.high, highest: score.highest, next: score.next,
      compensatory: details.compensatory, progress: details.progress,
      readiness: details.readiness,
      blocking: requirements.filter { score.blocking >> UInt64($0) & 1 == 1 },
      weight: responses.weights.first,
      segments: responses.segments.enumerated().map {
        vocabulary.segmentValues[$0].texts[Int($1)]
      },
      metrics: Array(responses.metrics),
      selfAssessed: responses.selfAssessed.first.flatMap { $0 < 0 ? nil : Int($0) },
      rules: scorer.trace(responses, 0), evidence: reasons(trace))
  }

  /// Per criterion: its evidence, and the questions and criteria behind it.
  private func reasons(_ trace: ResponseTrace) -> [CriterionReason] {
    let count = plan.model.criteria.count
    var proved = Array(repeating: [Int](), count: count)
    var denied = proved
    for (question, traced) in trace.questions.enumerated() {
      for criterion in traced.proved { proved[criterion].append(question) }
      for criterion in traced.denied { denied[criterion].append(question) }
    }
    return (0..<count).map { criterion in
      // A mirror shows what its original is, for the same reasons.
      let original = plan.model.criteria[criterion].mirrors ?? criterion
      let absorbers = proved[original].isEmpty ? plan.model.absorbers[original] : []
      return CriterionReason(
        value: value(of: criterion), provedBy: proved[original], deniedBy: denied[original],
        absorbedBy: absorbers.filter { !proved[$0].isEmpty })
    }
  }

  private func value(of criterion: Int) -> CriterionReason.Value {
    switch scores.evidence(of: criterion, 0) {
    case .yes: .yes
    case .no: .no
    case .unknown: .unknown
    case .notApplicable: .notApplicable
    }
  }
}
