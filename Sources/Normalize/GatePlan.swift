import Ingest
import SurveyMapping

/// What decides on a record before its answers are looked at, bound to the columns of one input.
package struct GatePlan: Sendable {
  package let columns: ColumnSelection
  let survey: Survey
  let keep: [Int]
  let id: Int?
  let weight: Int?

  /// - Parameter columns: those that are cut; every bound column is among them.
  init(survey: Survey, binding: ColumnBinding, columns: ColumnSelection) {
    self.columns = columns
    self.survey = survey
    keep = binding.keep.map { columns.slot(of: $0) ?? 0 }
    id = binding.id.flatMap(columns.slot)
    weight = binding.weight.flatMap(columns.slot)
  }

  /// For a pass that needs nothing else: no other column is cut.
  init(alone survey: Survey, binding: ColumnBinding, width: Int) {
    let wanted = Set(binding.keep + [binding.id, binding.weight].compactMap(\.self))
    self.init(
      survey: survey, binding: binding,
      columns: ColumnSelection(width: width, wanted: wanted.sorted()))
  }
}
