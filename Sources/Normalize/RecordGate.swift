import Ingest
import Statistics
import SurveyMapping
import TextFolding

/// Decides what becomes of a parsed record before its answers are looked at: kept or filtered,
/// weighed, and identified. The pass that looks for duplicates and the main pass share it.
package final class RecordGate {
  /// What becomes of a record.
  package enum Verdict {
    case admitted(weight: UInt64)
    case filtered(rule: Int)
    case badWeight
  }

  private let plan: GatePlan
  private let keepMemos: [ByteMemo<Bool>]
  private let weightReader = MemoizedReader<UInt64?>()
  /// Fields that mean "no answer", as bytes; an id longer than all of them is none.
  private let missing: [[UInt8]]
  private let longestMissing: Int

  /// A gate for the records of one input; belongs to one worker.
  package init(plan: GatePlan) {
    self.plan = plan
    missing = plan.survey.source.missing.map { Array($0.utf8) }
    longestMissing = missing.map(\.count).max() ?? 0
    keepMemos = plan.keep.map { _ in ByteMemo() }
  }

  /// There is nothing to decide.
  var admitsAll: Bool { plan.keep.isEmpty && plan.weight == nil }

  /// The order of the tests is the contract's: keep, then weight. Duplicates come after.
  package func verdict(_ records: RecordBatch, _ record: Int) -> Verdict {
    for rule in plan.keep.indices {
      if !passes(rule, records.field(record: record, slot: plan.keep[rule])) {
        return .filtered(rule: rule)
      }
    }
    guard let slot = plan.weight else { return .admitted(weight: UInt64(Billionths.perUnit)) }
    let weight = weightReader.read(
      records.field(record: record, slot: slot), interpret: RecordGate.weight)
    return weight.map { .admitted(weight: $0) } ?? .badWeight
  }

  /// The respondent's id, trimmed; nil when there is none: then it is nobody's duplicate.
  func id(_ records: RecordBatch, _ record: Int) -> UnsafeBufferPointer<UInt8>? {
    guard let slot = plan.id else { return nil }
    let field = records.field(record: record, slot: slot)
    let trimmed = UnsafeBufferPointer(rebasing: field[TextFolding.trimmedRange(field)])
    if trimmed.isEmpty { return nil }
    if trimmed.count > longestMissing { return trimmed }
    return missing.contains { $0.elementsEqual(trimmed) } ? nil : trimmed
  }

  private func passes(_ rule: Int, _ field: UnsafeBufferPointer<UInt8>) -> Bool {
    if let known = keepMemos[rule].value(forField: field) { return known }
    let text = TextFolding.fold(utf8: field)
    let keep = plan.survey.keep[rule]
    let isAllowed = keep.allowed?.contains(text) ?? true
    let isRefused = keep.refused?.contains(text) ?? false
    keepMemos[rule].remember(isAllowed && !isRefused, for: field)
    return isAllowed && !isRefused
  }

  /// A respondent's weight in billionths: a decimal from 0 to 1,000,000,000.
  private static func weight(_ text: String) -> UInt64? {
    let trimmed = TextFolding.trim(text)
    guard let weight = Billionths(decimal: trimmed.utf8), weight >= .zero,
      weight.count <= 1_000_000_000 * Billionths.perUnit
    else { return nil }
    return UInt64(weight.count)
  }

  /// The respondent's id as it stands there, trimmed; empty when the survey has none.
  @inline(__always)
  func idText(_ fields: RecordFields, _ record: Int) -> UnsafeBufferPointer<UInt8> {
    guard let slot = plan.id else { return UnsafeBufferPointer(start: nil, count: 0) }
    let field = fields.cell(record, slot)
    return UnsafeBufferPointer(rebasing: field[TextFolding.trimmedRange(field)])
  }
}
