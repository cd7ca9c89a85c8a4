import Ingest
import SurveyMapping

/// What the fields of one record say, step by step: the part of `explain` that lies between a cell
/// and the evidence.
package struct ResponseTrace: Sendable {
  /// A field as it stands in the export.
  package struct Field: Hashable, Sendable {
    /// Counted from 0.
    package let column: Int
    package let text: String
  }

  /// One answer found in a field.
  package struct Token: Hashable, Sendable {
    /// Folded.
    package let text: String
    package let meaning: AnswerMeaning
  }

  package struct Cell: Hashable, Sendable {
    package let field: Field
    package let tokens: [Token]
    /// Only where the question is a scale.
    package let scale: ScaleMeaning?
  }

  /// One question, in the survey file's order.
  package struct Question: Sendable {
    /// Of a block of options only those with something in them.
    package let cells: [Cell]
    package let isAnswered: Bool
    /// Something unnamed or unmapped was chosen, so nothing is denied.
    package let holdsSomethingElse: Bool
    /// Criteria, as indexes in the model.
    package let proved: [Int]
    package let denied: [Int]
    /// Criteria of merged options: one of them, nobody knows which.
    package let maybe: [Int]
  }

  package let keep: [Field]
  package let id: Field?
  package let weight: Field?
  package let segments: [Field]
  package let metrics: [Field]
  package let selfAssessed: Field?
  package let questions: [Question]
}

/// Traces records. What is proved and denied comes from the very readers that a run uses; only the
/// tokens are worked out once more, by the same interpreter.
package struct ResponseTracer {
  private let plan: NormalizationPlan
  private let readers: [QuestionReader]
  private let response: ResponseBatch

  package init(plan: NormalizationPlan) {
    self.plan = plan
    let vocabulary = Vocabulary(segments: plan.segments.count, questions: plan.questions.count)
    readers = plan.questions.indices.map {
      QuestionReader(plan: plan, question: $0, vocabulary: vocabulary)
    }
    response = ResponseBatch(shape: plan.shape)
    response.reserve(1)
  }

  package func trace(_ records: RecordBatch, _ record: Int) -> ResponseTrace {
    let field = { (slot: Int) in self.field(records, record, slot) }
    let (keep, segments, metrics) = (
      plan.gate.keep.map(field), plan.segments.map(field), plan.metrics.map(field)
    )
    let (id, weight, selfAssessed) = (
      plan.gate.id.map(field), plan.gate.weight.map(field), plan.selfAssessed.map(field)
    )
    return ResponseTrace(
      keep: keep, id: id, weight: weight, segments: segments, metrics: metrics,
      selfAssessed: selfAssessed,
      questions: readers.indices.map { question(records, record, $0) })
  }

  private func field(_ records: RecordBatch, _ record: Int, _ slot: Int) -> ResponseTrace.Field {
    let bytes = records.field(record: record, slot: slot)
    return ResponseTrace.Field(
      column: plan.columns.wanted[slot], text: String(decoding: bytes, as: UTF8.self))
  }

  private func question(
    _ records: RecordBatch, _ record: Int, _ index: Int
  ) -> ResponseTrace.Question {
    let reader = readers[index]
    let (rows, words) = (AnswerRows(response), plan.shape.criterionWords)
    rows.clear(1)
    var unmapped: [ResponseBatch.UnmappedAnswer] = []
    let flags = reader.read(records.allFields, record, into: rows, 0, &unmapped)
    let cells = cells(records, record, index)
    return ResponseTrace.Question(
      cells: cells, isAnswered: flags.contains(.isAnswer),
      holdsSomethingElse: flags.contains(.somethingElse),
      proved: members(of: rows.yes, words: words), denied: members(of: rows.no, words: words),
      maybe: maybe(cells))
  }

  private func cells(
    _ records: RecordBatch, _ record: Int, _ index: Int
  ) -> [ResponseTrace.Cell] {
    let interpreter = readers[index].interpreter
    let isBlock = interpreter.question.style.readsAllColumns
    return plan.questions[index].compactMap { column in
      let field = field(records, record, column.slot)
      if interpreter.question.style == .scale {
        return ResponseTrace.Cell(
          field: field, tokens: [], scale: interpreter.scaleMeaning(of: field.text))
      }
      let tokens = interpreter.given(field.text, label: column.label).map {
        ResponseTrace.Token(text: $0, meaning: interpreter.meaning(of: $0))
      }
      if isBlock && field.text.isEmpty && tokens.isEmpty { return nil }
      return ResponseTrace.Cell(field: field, tokens: tokens, scale: nil)
    }
  }

  private func maybe(_ cells: [ResponseTrace.Cell]) -> [Int] {
    let terms = cells.flatMap(\.tokens).flatMap(\.meaning.terms)
    return Set(terms.flatMap { plan.model.terms[$0].provesOneOf }).sorted()
  }
}
