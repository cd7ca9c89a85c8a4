import MaturityModel
import Normalize
import Score
import Statistics

/// What the respondents of one organisation said, as sums: in whatever order they came, the same.
///
/// Takes 16 bytes for each criterion of the model and 8 for each stage, and besides about 100 for
/// each metric, segment and graded criterion that somebody answered: with what is made of it at the
/// end 7 KiB for the built-in model and a few segments.
package struct OrganisationEvidence: Sendable {
  package internal(set) var respondents: UInt64 = 0
  package internal(set) var leaders: UInt64 = 0
  /// Per criterion.
  var answers: [AnswerCounts]
  /// Answers that hold in part: criterion -> grade in billionths -> respondents.
  var graded: [Int: [UInt32: UInt64]] = [:]
  /// Rows of bits: what anybody has chosen.
  var terms: [UInt64]
  var merged: [UInt64]
  var metrics: [[MetricBand: UInt64]]
  /// By numbers of a vocabulary.
  var segments: [[Int32: UInt64]]
  /// Per stage, respondents who see themselves at it, and those who are at it.
  var selfAssessed: [UInt64]
  var stages: [UInt64]

  init(_ shape: ResponseBatch.Shape, criteria: Int, stages: Int) {
    answers = Array(repeating: AnswerCounts(), count: criteria)
    terms = Array(repeating: 0, count: shape.termWords)
    merged = Array(repeating: 0, count: shape.mergedWords)
    metrics = Array(repeating: [:], count: shape.metrics)
    segments = Array(repeating: [:], count: shape.segments)
    selfAssessed = Array(repeating: 0, count: stages)
    self.stages = Array(repeating: 0, count: stages)
  }

  /// - Parameter numbers: per segment, the numbers here of the other's segment values.
  mutating func merge(_ other: OrganisationEvidence, segmentValues numbers: [[Int32]]) {
    respondents += other.respondents
    leaders += other.leaders
    for criterion in answers.indices { answers[criterion].merge(other.answers[criterion]) }
    graded.merge(other.graded) { $0.merging($1, uniquingKeysWith: +) }
    for word in terms.indices { terms[word] |= other.terms[word] }
    for word in merged.indices { merged[word] |= other.merged[word] }
    for metric in metrics.indices {
      metrics[metric].merge(other.metrics[metric], uniquingKeysWith: +)
    }
    for segment in segments.indices {
      for (value, count) in other.segments[segment] {
        segments[segment][numbers[segment][Int(value)], default: 0] += count
      }
    }
    for stage in stages.indices {
      selfAssessed[stage] += other.selfAssessed[stage]
      stages[stage] += other.stages[stage]
    }
  }
}

/// How many respondents affirm and deny a criterion.
struct AnswerCounts: Hashable, Sendable {
  var yes: UInt32 = 0
  var no: UInt32 = 0
  /// Leaders among them.
  var leadersYes: UInt32 = 0
  var leadersNo: UInt32 = 0

  mutating func merge(_ other: AnswerCounts) {
    yes += other.yes
    no += other.no
    leadersYes += other.leadersYes
    leadersNo += other.leadersNo
  }

  var known: UInt32 { yes + no }
  /// Both sides have at least three answers of ten.
  var areDisputed: Bool { 10 * yes >= 3 * known && 10 * no >= 3 * known && known >= 2 }
}

/// One worker's part of what organisations say. A function from batches to sums.
package final class OrganisationCollector {
  private let shape: ResponseBatch.Shape
  private let model: MaturityModel
  /// The criterion of each question with grades.
  private let gradedCriteria: [Int]
  let vocabulary: Vocabulary
  /// By the numbers of the vocabulary.
  private(set) var evidence: [OrganisationEvidence] = []
  /// Respondents who name no organisation.
  private(set) var unnamed: UInt64 = 0

  /// - Parameter gradedCriteria: what each question with grades is about.
  package init(
    _ shape: ResponseBatch.Shape, model: MaturityModel, gradedCriteria: [Int],
    vocabulary: Vocabulary
  ) {
    self.shape = shape
    self.model = model
    self.gradedCriteria = gradedCriteria
    self.vocabulary = vocabulary
  }

  /// Adds what a batch's respondents say, and the stages they were found at.
  ///
  /// - Complexity: O(answers).
  package func add(_ responses: ResponseBatch, _ scores: ScoreBatch) {
    while evidence.count < vocabulary.organisations.names.count {
      evidence.append(
        OrganisationEvidence(shape, criteria: model.criteria.count, stages: model.stages.count))
    }
    for (response, organisation) in responses.organisations.enumerated() {
      guard organisation >= 0 else {
        unnamed += 1
        continue
      }
      add(responses, response, to: &evidence[Int(organisation)])
      if scores.isScored(response) {
        evidence[Int(organisation)].stages[Int(scores.low[response])] += 1
      }
    }
  }

  private func add(
    _ responses: ResponseBatch, _ response: Int, to sums: inout OrganisationEvidence
  ) {
    let isLeader = responses.leaders[response]
    sums.respondents += 1
    if isLeader { sums.leaders += 1 }
    let words = shape.criterionWords
    for word in 0..<words {
      forEachBit(of: responses.yes[response * words + word]) { bit in
        sums.answers[64 * word + bit].yes += 1
        if isLeader { sums.answers[64 * word + bit].leadersYes += 1 }
      }
      forEachBit(of: responses.no[response * words + word]) { bit in
        sums.answers[64 * word + bit].no += 1
        if isLeader { sums.answers[64 * word + bit].leadersNo += 1 }
      }
    }
    addGrades(responses, response, to: &sums)
    for word in sums.terms.indices {
      sums.terms[word] |= responses.terms[response * shape.termWords + word]
    }
    for word in sums.merged.indices {
      sums.merged[word] |= responses.merged[response * shape.mergedWords + word]
    }
    for metric in sums.metrics.indices {
      guard let band = responses.metrics[response * shape.metrics + metric] else { continue }
      sums.metrics[metric][band, default: 0] += 1
    }
    for segment in sums.segments.indices {
      let value = responses.segments[response * shape.segments + segment]
      sums.segments[segment][value, default: 0] += 1
    }
    let own = Int(responses.selfAssessed[response])
    if own >= 0 { sums.selfAssessed[own] += 1 }
  }

  /// A grade counts where no answer affirms or denies the criterion outright.
  private func addGrades(
    _ responses: ResponseBatch, _ response: Int, to sums: inout OrganisationEvidence
  ) {
    for (index, criterion) in gradedCriteria.enumerated() {
      let grade = responses.grades[response * shape.grades + index]
      if grade == ResponseBatch.noGrade { continue }
      let word = response * shape.criterionWords + criterion / 64
      let decided = (responses.yes[word] | responses.no[word]) >> UInt64(criterion % 64) & 1
      if decided == 0 { sums.graded[criterion, default: [:]][grade, default: 0] += 1 }
    }
  }

  private func forEachBit(of word: UInt64, _ body: (Int) -> Void) {
    var rest = word
    while rest != 0 {
      body(rest.trailingZeroBitCount)
      rest &= rest &- 1
    }
  }
}
