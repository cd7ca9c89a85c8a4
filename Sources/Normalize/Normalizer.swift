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
  private let gate: RecordGate
  private let questions: [QuestionReader]
  private let segments: [MemoizedReader<Int32>]
  private let metrics: [MemoizedReader<MetricBand?>]
  private let selfAssessed = MemoizedReader<Int8>()
  private let row: ResponseRow

  /// - Parameters:
  ///   - vocabulary: the worker's; shared with its tally.
  ///   - duplicates: which records lose to a duplicate; nil where duplicates are kept.
  package init(
    plan: NormalizationPlan, vocabulary: Vocabulary, duplicates: DuplicateIndex?
  ) {
    self.plan = plan
    self.vocabulary = vocabulary
    self.duplicates = duplicates
    gate = RecordGate(plan: plan.gate)
    questions = plan.questions.indices.map {
      QuestionReader(plan: plan, question: $0, vocabulary: vocabulary)
    }
    segments = plan.segments.map { _ in MemoizedReader() }
    metrics = plan.metrics.map { _ in MemoizedReader() }
    row = ResponseRow(shape: plan.shape)
  }

  /// Fills `responses` with what `records` say; every record gets a fate or becomes a response.
  package func normalize(_ records: RecordBatch, into responses: ResponseBatch) {
    responses.reset(for: records)
    responses.accounting.read = UInt64(records.count + records.rejects.count)
    let rows = ResponseRows(responses)
    let fields = records.allFields
    var count = 0
    for record in 0..<records.count {
      guard let weight = admit(records, record, responses) else { continue }
      append(fields, record, weight, to: rows, at: count)
      rows.records[count] = records.number(of: record)
      if !row.unmapped.isEmpty { responses.unmapped += row.unmapped }
      count += 1
    }
    responses.count = count
    responses.rejects.sort { $0.position.record < $1.position.record }
    responses.accounting.rejected = UInt64(responses.rejects.count)
  }

  /// - Returns: the record's weight, or nil where it meets another fate.
  @inline(__always)
  private func admit(
    _ records: RecordBatch, _ record: Int, _ responses: ResponseBatch
  ) -> UInt64? {
    if !gate.admitsAll {
      switch gate.verdict(records, record) {
      case .admitted(let weight):
        if !isDuplicate(records, record) { return weight }
        responses.accounting.duplicate += 1
      case .filtered(let rule): responses.accounting.filtered[rule] += 1
      case .badWeight: responses.rejects.append(weightReject(records.position(of: record)))
      }
      return nil
    }
    if duplicates != nil, isDuplicate(records, record) {
      responses.accounting.duplicate += 1
      return nil
    }
    return UInt64(Billionths.perUnit)
  }

  private func isDuplicate(_ records: RecordBatch, _ record: Int) -> Bool {
    duplicates?.isLoser(input: records.input, record: records.number(of: record)) ?? false
  }

  private func weightReject(_ position: RecordPosition) -> Reject {
    let column = plan.gate.weight.map { plan.columns.wanted[$0] + 1 }
    return Reject(position: position, column: column, reason: .weight, detail: .none)
  }

  @inline(__always)
  private func append(
    _ fields: RecordFields, _ record: Int, _ weight: UInt64, to rows: ResponseRows, at place: Int
  ) {
    row.clear()
    for question in questions { question.read(fields, record, into: row) }
    rows.set(row, at: place)
    if plan.shape.hasWeights { rows.weights[place] = weight }
    for segment in segments.indices {
      rows.segments[place &* segments.count &+ segment] = segmentValue(segment, fields, record)
    }
    for metric in metrics.indices {
      rows.metrics[place &* metrics.count &+ metric] = band(metric, fields, record)
    }
    rows.selfAssessed[place] = selfAssessedStage(fields, record)
    rows.respondents[place] = gate.idText(fields, record)
  }

  @inline(__always)
  private func segmentValue(_ segment: Int, _ fields: RecordFields, _ record: Int) -> Int32 {
    segments[segment].read(fields.field(record: record, slot: plan.segments[segment])) { text in
      let trimmed = TextFolding.trim(text)
      let value =
        plan.survey.segments[segment].values[TextFolding.fold(trimmed)]
        ?? (plan.survey.source.missing.contains(trimmed) ? "(missing)" : trimmed)
      return vocabulary.numberOfSegmentValue(value, segment: segment)
    }
  }

  private func band(_ metric: Int, _ fields: RecordFields, _ record: Int) -> MetricBand? {
    metrics[metric].read(fields.field(record: record, slot: plan.metrics[metric])) { text in
      let trimmed = TextFolding.trim(text)
      if let mapped = plan.survey.metrics[metric].values[TextFolding.fold(trimmed)] {
        return mapped
      }
      if plan.survey.source.missing.contains(trimmed) { return nil }
      return MetricBand(number: trimmed.utf8)
    }
  }

  private func selfAssessedStage(_ fields: RecordFields, _ record: Int) -> Int8 {
    guard let slot = plan.selfAssessed, let question = plan.survey.selfAssessed else { return -1 }
    return selfAssessed.read(fields.field(record: record, slot: slot)) { text in
      let folded = TextFolding.fold(text)
      if let mapped = question.values[folded] { return mapped.map { Int8($0) } ?? -1 }
      return plan.stageByName[folded].map { Int8($0) } ?? -1
    }
  }
}

/// Where a batch's responses are written, without looking at the batch each time.
private struct ResponseRows {
  let weights: UnsafeMutablePointer<UInt64>
  let segments: UnsafeMutablePointer<Int32>
  let metrics: UnsafeMutablePointer<MetricBand?>
  let selfAssessed: UnsafeMutablePointer<Int8>
  let records: UnsafeMutablePointer<UInt64>
  let respondents: UnsafeMutablePointer<UnsafeBufferPointer<UInt8>>
  private let yes: UnsafeMutablePointer<UInt64>
  private let no: UnsafeMutablePointer<UInt64>
  private let terms: UnsafeMutablePointer<UInt64>
  private let merged: UnsafeMutablePointer<UInt64>
  private let criterionWords: Int
  private let termWords: Int
  private let mergedWords: Int

  init(_ responses: ResponseBatch) {
    weights = responses.weightRows.base
    segments = responses.segmentRows.base
    metrics = responses.metricRows.base
    selfAssessed = responses.selfAssessedRows.base
    records = responses.recordRows.base
    respondents = responses.respondentRows.base
    yes = responses.yesRows.base
    no = responses.noRows.base
    terms = responses.termRows.base
    merged = responses.mergedRows.base
    criterionWords = responses.shape.criterionWords
    termWords = responses.shape.termWords
    mergedWords = responses.shape.mergedWords
  }

  /// Adds a row as one more response. Across questions a yes wins over a no.
  @inline(__always)
  func set(_ row: ResponseRow, at place: Int) {
    let words = row.words
    for word in 0..<criterionWords {
      let (proved, denied) = (words[row.yes &+ word], words[row.no &+ word])
      yes[place &* criterionWords &+ word] = proved
      no[place &* criterionWords &+ word] = denied & ~proved
    }
    for word in 0..<termWords {
      terms[place &* termWords &+ word] = words[row.terms &+ word]
    }
    for word in 0..<mergedWords {
      merged[place &* mergedWords &+ word] = words[row.merged &+ word]
    }
  }
}

/// Reads a column whose texts have few distinct meanings: each text is interpreted once. Belongs to
/// one worker.
final class MemoizedReader<Value: BitwiseCopyable> {
  private let memo = ByteMemo()
  private let values = BatchRows<Value>()
  private var count = 0

  @inline(__always)
  func read(_ field: UnsafeBufferPointer<UInt8>, interpret: (String) -> Value) -> Value {
    if let number = memo.value(forField: field) { return values.base[Int(number)] }
    return learn(field, interpret)
  }

  private func learn(
    _ field: UnsafeBufferPointer<UInt8>, _ interpret: (String) -> Value
  ) -> Value {
    let value = interpret(String(decoding: field, as: UTF8.self))
    if memo.hasRoom(for: field) {
      memo.remember(Int32(count), for: field)
      values.append(value, at: count)
      count += 1
    }
    return value
  }
}
