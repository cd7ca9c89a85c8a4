import Ingest
import Normalize
import SurveyMapping

/// Reads records as a run does, up to the look-up of answers.
final class CheckReader {
  private let plan: NormalizationPlan
  private let records = RecordBatch()
  private let parser = ChunkParser()
  private let gate: RecordGate
  private let tallies: [QuestionTally]
  private(set) var fates = CheckedFates()

  /// - Parameter columns: of the export.
  init(_ plan: NormalizationPlan, columns: [ExportColumn]) {
    self.plan = plan
    gate = RecordGate(plan: plan.gate)
    fates.filtered = Array(repeating: 0, count: plan.survey.keep.count)
    tallies = zip(plan.survey.questions, plan.questions).map { question, bound in
      QuestionTally(
        question,
        columns: bound.map { column in
          let index = plan.columns.wanted[column.slot]
          return QuestionTally.Column(
            slot: column.slot, label: column.label, column: index)
        }, model: plan.model, missing: plan.survey.source.missing)
    }
  }

  /// Takes in a chunk; returns the offset where the readers disagree, if they do.
  func add(_ chunk: RecordChunk) -> UInt64? {
    if let byteOffset = records.fill(from: chunk, columns: plan.columns, parser: parser) {
      return byteOffset
    }
    fates.read += UInt64(records.count + records.rejects.count)
    for reject in records.rejects { fates.rejects.add(reject) }
    for record in 0..<records.count { add(record) }
    return nil
  }

  private func add(_ record: Int) {
    switch gate.verdict(records, record) {
    case .filtered(let rule): fates.filtered[rule] += 1
    case .badWeight:
      fates.rejects.add(
        Reject(
          position: records.position(of: record), column: nil, reason: .weight, detail: .none))
    case .admitted:
      fates.kept += 1
      for tally in tallies { tally.add(records, record) }
    }
  }

  /// - Parameter freeText: columns of people's own words.
  func finish(freeText: Set<Int>) -> [QuestionUse] { tallies.map { $0.finish(freeText: freeText) } }
}
