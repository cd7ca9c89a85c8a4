import Ingest
import MaturityModel
import Statistics
import SurveyMapping
import TextFolding

/// Turns records into responses: a function from batch to batch.
///
/// What a text means is worked out once, on the exact path of ``AnswerInterpreter``, and remembered
/// by raw bytes, so that Unicode, folding and alias look-up cost nothing per record. Belongs to one
/// worker and one input layout.
package final class Normalizer {
  package let plan: NormalizationPlan
  private let vocabulary: Vocabulary
  private let duplicates: DuplicateIndex?
  private let wantsRespondents: Bool
  private var gate: RecordGate
  private var questions: [QuestionReader]
  private var segments: [MemoizedReader<Int32>]
  private var metrics: [MemoizedReader<MetricBand?>]
  private var selfAssessed = MemoizedReader<Int8>()
  private var scratch: EffectRow

  /// - Parameters:
  ///   - vocabulary: the worker's; shared with its tally.
  ///   - duplicates: which records lose to a duplicate; nil where duplicates are kept.
  ///   - wantsRespondents: keep the ids, for `respondents.csv`.
  package init(
    plan: NormalizationPlan, vocabulary: Vocabulary, duplicates: DuplicateIndex?,
    wantsRespondents: Bool
  ) {
    self.plan = plan
    self.vocabulary = vocabulary
    self.duplicates = duplicates
    self.wantsRespondents = wantsRespondents
    gate = RecordGate(plan: plan)
    questions = plan.questions.indices.map { QuestionReader(plan: plan, question: $0) }
    segments = plan.segments.map { _ in MemoizedReader() }
    metrics = plan.metrics.map { _ in MemoizedReader() }
    scratch = EffectRow(shape: plan.shape)
  }

  /// Fills `responses` with what `records` say; every record gets a fate or becomes a response.
  package func normalize(_ records: RecordBatch, into responses: ResponseBatch) {
    responses.reset(for: records)
    responses.accounting.read = UInt64(records.count + records.rejects.count)
    for record in 0..<records.count {
      switch gate.verdict(records, record) {
      case .filtered(let rule): responses.accounting.filtered[rule] += 1
      case .badWeight: responses.rejects.append(weightReject(records.position(of: record)))
      case .admitted(let weight):
        if isDuplicate(records, record) {
          responses.accounting.duplicate += 1
        } else {
          append(records, record, weight, to: responses)
        }
      }
    }
    responses.rejects.sort { $0.position.record < $1.position.record }
    responses.accounting.rejected = UInt64(responses.rejects.count)
  }

  private func isDuplicate(_ records: RecordBatch, _ record: Int) -> Bool {
    duplicates?.isLoser(input: records.input, record: records.number(of: record)) ?? false
  }

  private func weightReject(_ position: RecordPosition) -> Reject {
    let column = plan.weight.map { plan.columns.wanted[$0] + 1 }
    return Reject(position: position, column: column, reason: .weight, detail: .none)
  }

  private func append(
    _ records: RecordBatch, _ record: Int, _ weight: UInt64, to responses: ResponseBatch
  ) {
    scratch.clear()
    for question in questions.indices {
      questions[question].read(records, record, into: &scratch) { text in
        let number = vocabulary.numberOfUnmappedAnswer(text, question: question)
        return ResponseBatch.UnmappedAnswer(question: Int32(question), text: number)
      }
    }
    scratch.append(to: responses)
    if plan.shape.hasWeights { responses.weights.append(weight) }
    for segment in segments.indices {
      responses.segments.append(segmentValue(segment, records, record))
    }
    for metric in metrics.indices { responses.metrics.append(band(metric, records, record)) }
    responses.selfAssessed.append(selfAssessedStage(records, record))
    responses.records.append(records.number(of: record))
    if wantsRespondents {
      responses.respondents.append(gate.idText(records, record))
    }
    responses.count += 1
  }

  private func segmentValue(_ segment: Int, _ records: RecordBatch, _ record: Int) -> Int32 {
    let field = records.field(record: record, slot: plan.segments[segment])
    return segments[segment].read(field) { text in
      let trimmed = TextFolding.trim(text)
      let value =
        plan.survey.segments[segment].values[TextFolding.fold(trimmed)]
        ?? (plan.survey.source.missing.contains(trimmed) ? "(missing)" : trimmed)
      return vocabulary.numberOfSegmentValue(value, segment: segment)
    }
  }

  private func band(_ metric: Int, _ records: RecordBatch, _ record: Int) -> MetricBand? {
    let field = records.field(record: record, slot: plan.metrics[metric])
    return metrics[metric].read(field) { text in
      let trimmed = TextFolding.trim(text)
      if let mapped = plan.survey.metrics[metric].values[TextFolding.fold(trimmed)] {
        return mapped
      }
      if plan.survey.source.missing.contains(trimmed) { return nil }
      return MetricBand(number: trimmed.utf8)
    }
  }

  private func selfAssessedStage(_ records: RecordBatch, _ record: Int) -> Int8 {
    guard let slot = plan.selfAssessed, let question = plan.survey.selfAssessed else { return -1 }
    return selfAssessed.read(records.field(record: record, slot: slot)) { text in
      let folded = TextFolding.fold(text)
      if let mapped = question.values[folded] { return mapped.map { Int8($0) } ?? -1 }
      return plan.stageByName[folded].map { Int8($0) } ?? -1
    }
  }
}

/// Reads a column whose texts have few distinct meanings: each text is interpreted once.
struct MemoizedReader<Value> {
  private var memo = ByteMemo()
  private var values: [Value] = []

  init() {}

  mutating func read(
    _ field: UnsafeBufferPointer<UInt8>, interpret: (String) -> Value
  ) -> Value {
    if let number = memo.value(for: field) { return values[Int(number)] }
    let value = interpret(String(decoding: field, as: UTF8.self))
    if memo.hasRoom(for: field) {
      memo.remember(Int32(values.count), for: field)
      values.append(value)
    }
    return value
  }
}
