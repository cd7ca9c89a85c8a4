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
  private let organisations = MemoizedReader<Int32>()
  private let leaders = MemoizedReader<Bool>()
  private let grades: [MemoizedReader<UInt32>]
  /// Nil where nobody's care is looked at.
  private let quality: QualityReader?
  /// The records at hand that become responses.
  private let kept = BatchRows<Int32>()

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
    grades = plan.graded.map { _ in MemoizedReader() }
    quality = plan.survey.quality.map { QualityReader($0, plan: plan) }
  }

  /// Fills `responses` with what `records` say; every record gets a fate or becomes a response.
  package func normalize(_ records: RecordBatch, into responses: ResponseBatch) {
    responses.reset(for: records)
    responses.accounting.read = UInt64(records.count + records.rejects.count)
    kept.reserve(records.count)
    let (places, weights, numbers) = (
      kept.base, responses.weightRows.base, responses.recordRows.base
    )
    var count = 0
    for record in 0..<records.count {
      guard let weight = admit(records, record, responses) else { continue }
      places[count] = Int32(truncatingIfNeeded: record)
      if plan.shape.hasWeights { weights[count] = weight }
      numbers[count] = records.number(of: record)
      count += 1
    }
    let fields = records.allFields
    if let quality { count = look(quality, fields, count, responses) }
    responses.count = count
    readAnswers(fields, kept[count], responses)
    readColumns(fields, kept[count], responses)
    if let slot = plan.organisation { readOrganisations(fields, slot, kept[count], responses) }
    responses.rejects.sort { $0.position.record < $1.position.record }
    responses.accounting.rejected = UInt64(responses.rejects.count)
  }

  /// Looks how carefully the first of the kept records were filled in, and lets those go that are
  /// filtered for it.
  ///
  /// - Returns: how many are left.
  private func look(
    _ quality: QualityReader, _ fields: RecordFields, _ count: Int, _ responses: ResponseBatch
  ) -> Int {
    var counts = quality.noCounts
    let (places, weights, numbers) = (
      kept.base, responses.weightRows.base, responses.recordRows.base
    )
    var left = 0
    for place in 0..<count {
      if let filter = quality.look(fields, Int(places[place]), &counts) {
        responses.accounting.filtered[plan.survey.keep.count + filter] += 1
        continue
      }
      places[left] = places[place]
      if plan.shape.hasWeights { weights[left] = weights[place] }
      numbers[left] = numbers[place]
      left += 1
    }
    responses.quality = counts
    return left
  }

  private func readAnswers(
    _ fields: RecordFields, _ kept: UnsafeBufferPointer<Int32>, _ responses: ResponseBatch
  ) {
    let rows = AnswerRows(responses)
    rows.clear(kept.count)
    for question in questions {
      question.read(fields, kept, into: rows, unmapped: &responses.unmapped)
    }
    rows.settle(kept.count)
  }

  /// Segments, metrics, the stage people gave themselves, and ids.
  private func readColumns(
    _ fields: RecordFields, _ kept: UnsafeBufferPointer<Int32>, _ responses: ResponseBatch
  ) {
    let (segmentRows, metricRows) = (responses.segmentRows.base, responses.metricRows.base)
    for segment in segments.indices {
      for place in kept.indices {
        segmentRows[place &* segments.count &+ segment] = segmentValue(
          segment, fields, Int(kept[place]))
      }
    }
    for metric in metrics.indices {
      for place in kept.indices {
        metricRows[place &* metrics.count &+ metric] = band(metric, fields, Int(kept[place]))
      }
    }
    let (selfRows, idRows) = (responses.selfAssessedRows.base, responses.respondentRows.base)
    for place in kept.indices {
      selfRows[place] = selfAssessedStage(fields, Int(kept[place]))
      idRows[place] = gate.idText(fields, Int(kept[place]))
    }
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

  /// Organisations, who leads them, and grades.
  private func readOrganisations(
    _ fields: RecordFields, _ slot: Int, _ kept: UnsafeBufferPointer<Int32>,
    _ responses: ResponseBatch
  ) {
    for (place, record) in kept.enumerated() {
      let name = fields.cell(Int(record), slot)
      responses.organisationRows.base[place] = organisations.read(name) { text in
        let trimmed = TextFolding.trim(text)
        return plan.survey.source.missing.contains(trimmed)
          ? -1 : vocabulary.numberOfOrganisation(trimmed)
      }
      responses.leaderRows.base[place] = isLeader(fields, Int(record))
      for (index, graded) in plan.graded.enumerated() {
        let cell = fields.cell(Int(record), graded.slot)
        responses.gradeRows.base[place * grades.count + index] = grades[index].read(cell) { text in
          let grade = plan.survey.questions[graded.question].grades[TextFolding.fold(text)]
          return grade.map { UInt32($0.count) } ?? ResponseBatch.noGrade
        }
      }
    }
  }

  private func isLeader(_ fields: RecordFields, _ record: Int) -> Bool {
    guard let slot = plan.leader, let rule = plan.survey.respondent.leader else { return false }
    return leaders.read(fields.cell(record, slot)) { rule.texts.contains(TextFolding.fold($0)) }
  }

  @inline(__always)
  private func segmentValue(_ segment: Int, _ fields: RecordFields, _ record: Int) -> Int32 {
    segments[segment].read(fields.cell(record, plan.segments[segment])) { text in
      let trimmed = TextFolding.trim(text)
      let value =
        plan.survey.segments[segment].values[TextFolding.fold(trimmed)]
        ?? (plan.survey.source.missing.contains(trimmed) ? "(missing)" : trimmed)
      return vocabulary.numberOfSegmentValue(value, segment: segment)
    }
  }

  private func band(_ metric: Int, _ fields: RecordFields, _ record: Int) -> MetricBand? {
    metrics[metric].read(fields.cell(record, plan.metrics[metric])) { text in
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
    return selfAssessed.read(fields.cell(record, slot)) { text in
      let folded = TextFolding.fold(text)
      if let mapped = question.values[folded] { return mapped.map { Int8($0) } ?? -1 }
      return plan.stageByName[folded].map { Int8($0) } ?? -1
    }
  }
}

/// Reads a column whose texts have few distinct meanings: each text is interpreted once. Belongs to
/// one worker.
final class MemoizedReader<Value: BitwiseCopyable> {
  private let memo = ByteMemo<Value>()

  @inline(__always)
  func read(_ field: UnsafeBufferPointer<UInt8>, interpret: (String) -> Value) -> Value {
    memo.value(forField: field) ?? learn(field, interpret)
  }

  private func learn(
    _ field: UnsafeBufferPointer<UInt8>, _ interpret: (String) -> Value
  ) -> Value {
    let value = interpret(String(decoding: field, as: UTF8.self))
    memo.remember(value, for: field)
    return value
  }
}
