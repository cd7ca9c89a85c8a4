import Publish

/// A result table with all its rows, to be read by the names of its columns.
package struct TableRows: Sendable {
  package let columns: [String]
  package let rows: [[Cell]]

  package init(columns: [String], rows: [[Cell]]) {
    (self.columns, self.rows) = (columns, rows)
  }

  package init(_ table: Table) {
    var rows: [[Cell]] = []
    // Only what it hands the rows to could fail.
    try? table.forEachRow { rows.append($0) }
    self.init(columns: table.columns.map(\.name), rows: rows)
  }

  /// Each row with its columns' names.
  func map<Value>(_ transform: (NamedRow) -> Value) -> [Value] {
    let places = Dictionary(columns.enumerated().map { ($1, $0) }) { first, _ in first }
    return rows.map { transform(NamedRow(places: places, cells: $0)) }
  }
}

/// A row whose cells are asked for by name. What is not there is empty.
struct NamedRow {
  fileprivate let places: [String: Int]
  let cells: [Cell]

  private func cell(_ name: String) -> Cell {
    guard let place = places[name], place < cells.count else { return .null }
    return cells[place]
  }

  func text(_ name: String) -> String { cell(name).string }
  func number(_ name: String) -> Double? { cell(name).number }
  func isTrue(_ name: String) -> Bool { cell(name).string == "true" }
  func count(_ name: String) -> UInt64 { known(name) ?? 0 }
  func known(_ name: String) -> UInt64? {
    if case .integer(let count) = cell(name) { return count }
    return UInt64(cell(name).string)
  }
}

extension Cell {
  /// As it stands in CSV, without a guard against formulas.
  package var string: String {
    switch self {
    case .text(let text), .answer(let text), .decimal(let text): text
    case .integer(let count): String(count)
    case .boolean(let truth): truth ? "true" : "false"
    case .null: ""
    }
  }

  var number: Double? {
    if case .integer(let count) = self { return Double(count) }
    return Double(string)
  }
}
