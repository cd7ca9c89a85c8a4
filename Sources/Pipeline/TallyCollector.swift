import Aggregate
import MaturityModel
import Normalize
import Organisations
import Publish
import Score
import SurveyMapping
import Synchronization

/// Serializes the making of the workers' parts of the results, and merges them at the end.
final class TallyCollector: Sendable {
  private let shape: TallyShape
  private let parts: Mutex<[Ownership]>

  /// What one worker counts. Used by that worker alone until all workers have ended.
  struct Part {
    let vocabulary: Vocabulary
    let tally: WorkerTally
    /// Nil where the survey knows of none.
    let organisations: OrganisationCollector?
    let clock = WorkerClock()
  }

  /// Only when the workers have ended is it looked at here.
  private struct Ownership: @unchecked Sendable {
    let part: Part
  }

  init(_ shape: TallyShape) {
    self.shape = shape
    parts = Mutex([])
  }

  func makePart() -> Part {
    let survey = shape.survey
    let vocabulary = makeVocabulary()
    let organisations = survey.respondent.organisation.map { _ in
      OrganisationCollector(
        rows, model: shape.model,
        gradedCriteria: survey.gradedQuestions.compactMap { survey.questions[$0].criterion },
        vocabulary: vocabulary)
    }
    let part = Part(
      vocabulary: vocabulary, tally: WorkerTally(shape, vocabulary: vocabulary),
      organisations: organisations)
    let ownership = Ownership(part: part)
    parts.withLock { $0.append(ownership) }
    return part
  }

  private var rows: ResponseBatch.Shape { NormalizationPlan.shape(shape.survey, shape.model) }

  private func makeVocabulary() -> Vocabulary {
    Vocabulary(
      segments: shape.survey.segments.count, questions: shape.survey.questions.count,
      limits: shape.textLimits)
  }

  /// Call when no worker is left.
  var times: [WorkerTimes] { parts.withLock { $0.map(\.part.clock.times) } }

  /// Call when no worker is left.
  ///
  /// - Returns: why the weights could not be raked, too, if they could not.
  /// - Throws: ``RunFailure`` where all workers together have met too many values of a segment, or
  ///   too many organisations.
  func merged() throws(RunFailure) -> Merged {
    try parts.withLock { (all) throws(RunFailure) in
      for segment in shape.survey.segments.indices
      where areTooMany(all.map { $0.part.vocabulary.segmentValues[segment] }) {
        throw tooManyValues(of: segment)
      }
      let merged = Tally.merged(all.map(\.part.tally), shape)
      let organisations = all.compactMap(\.part.organisations)
      return organisations.isEmpty ? merged : try rollUp(organisations, merged)
    }
  }

  typealias Merged = (tally: Tally, failure: RakingFailure?)

  /// Puts the respondents of each organisation together, and scores and counts those.
  private func rollUp(
    _ parts: [OrganisationCollector], _ respondents: Merged
  ) throws(RunFailure) -> Merged {
    let table = OrganisationTable(
      parts, shape: rows, model: shape.model, vocabulary: makeVocabulary())
    if table.count > shape.textLimits.organisations { throw tooManyOrganisations }
    let plan = ScoringPlan(
      survey: shape.survey, model: shape.model, observability: shape.observability)
    let units = WorkerTally(shape, vocabulary: table.vocabulary)
    let report = table.score(plan) { responses, scores in units.add(responses, scores) }
    if shape.survey.unit == .respondent {
      return (respondents.tally.with(report, counting: nil), respondents.failure)
    }
    let organisations = Tally.merged([units], shape)
    return (respondents.tally.with(report, counting: organisations.tally), organisations.failure)
  }

  /// - Parameter parts: what each worker has met of one segment.
  private func areTooMany(_ parts: [TextNumbers]) -> Bool {
    var union = TextNumbers()
    for text in parts.lazy.flatMap(\.texts) {
      _ = union.number(of: text)
      if shape.textLimits.areTooManyValues(union.texts.count, bytes: union.bytes) { return true }
    }
    return false
  }

  func tooManyValues(of segment: Int) -> RunFailure {
    .tooManySegmentValues(
      column: shape.survey.segments[segment].column, limit: shape.textLimits.segmentValues)
  }

  var tooManyOrganisations: RunFailure {
    .tooManyOrganisations(
      column: shape.survey.respondent.organisation ?? "", limit: shape.textLimits.organisations)
  }
}
