import Aggregate
import MaturityModel
import SurveyMapping

/// The names of the columns that depend on the model and the survey file.
package struct RepeatedColumns: Sendable {
  private let roles: [Named]
  private let tools: [Named]
  private let segments: [Named]

  private struct Named: Sendable {
    let name: String
    let meaning: String
  }

  /// - Parameter survey: nil: no segments.
  package init(model: MaturityModel, survey: Survey?) {
    let criteria = { (kind: Criterion.Kind) in
      model.criteria.filter { $0.kind == kind }.map { Named(name: $0.id, meaning: $0.label) }
    }
    roles = criteria(.role)
    tools = criteria(.tool)
    segments = (survey?.segments ?? []).map {
      Named(name: $0.id, meaning: "The response's value of the segment \($0.id)")
    }
  }

  fileprivate func columns(for column: TableSchema.Column) -> [TableSchema.Column] {
    let named =
      switch column.repetition {
      case .roleCriteria: roles
      case .toolCriteria: tools
      case .segments: segments
      case nil: [Named(name: column.name, meaning: column.meaning)]
      }
    return named.map { column.named($0.name, $0.meaning) }
  }
}

extension TableSchema.Column {
  fileprivate func named(_ name: String, _ meaning: String) -> Self {
    Self(name, type, meaning, unit: unit, values: values)
  }
}

extension TableSchema {
  /// The table's columns in a run.
  package func columns(_ repeated: RepeatedColumns) -> [Column] {
    columns.flatMap(repeated.columns)
  }

  /// The columns of a published file of this table; nil where they are not those declared, as in one
  /// that another version has published.
  package func columns(header: [String]) -> [Column]? {
    guard let place = columns.firstIndex(where: { $0.repetition != nil }) else {
      return header == columns.map(\.name) ? columns : nil
    }
    let (before, after) = (columns[..<place], columns[(place + 1)...])
    guard header.count >= before.count + after.count,
      header.starts(with: before.map(\.name)),
      header.suffix(after.count).elementsEqual(after.map(\.name))
    else { return nil }
    let repeated = header[before.count..<header.count - after.count].map {
      columns[place].named($0, columns[place].meaning)
    }
    return before + repeated + after
  }
}
