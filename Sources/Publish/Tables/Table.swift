import Statistics

/// A published table: its name, its columns, and its rows on demand.
///
/// One description feeds the CSV file, `results.json` and `datapackage.json`, so they cannot differ.
package struct Table {
  /// File name without `.csv`.
  package let name: String
  package let title: String
  package let columns: [Column]
  /// Hands over all rows, one at a time, in their final order.
  package let forEachRow: (_ body: ([Cell]) throws -> Void) throws -> Void

  package struct Column: Hashable, Sendable {
    package let name: String
    package let type: ColumnType
    /// What the column holds, for the data package; nil where its name says it.
    package let meaning: String?

    package init(_ name: String, _ type: ColumnType, _ meaning: String? = nil) {
      self.name = name
      self.type = type
      self.meaning = meaning
    }
  }

  /// A column's type, in the words of the Data Package standard.
  package enum ColumnType: String, Sendable {
    case string, integer, number, boolean
  }

  package init(
    _ name: String, title: String, columns: [Column],
    forEachRow: @escaping (_ body: ([Cell]) throws -> Void) throws -> Void
  ) {
    self.name = name
    self.title = title
    self.columns = columns
    self.forEachRow = forEachRow
  }
}

/// One value of a table.
package enum Cell: Hashable, Sendable {
  /// Text of the model or the survey file, or of stagecraft itself.
  case text(String)
  /// Text that came from respondents: guarded against being taken for a formula.
  case answer(String)
  case integer(UInt64)
  /// A number with exactly six decimals, already printed.
  case decimal(String)
  case boolean(Bool)
  /// Empty in CSV, null in JSON: no number, or not observed. Never 0, NaN or infinity.
  case null
}

extension Cell {
  /// The name of an input: it was given from outside, but for that of standard input.
  static func source(_ name: String) -> Cell { name == "-" ? .text(name) : .answer(name) }
  package static func integer(_ value: Int) -> Cell { .integer(UInt64(value)) }
  static func ratio(_ ratio: ExactRatio?) -> Cell {
    ratio.map { .decimal($0.sixDecimals) } ?? .null
  }
  static func weight(_ sum: WeightSum) -> Cell { .decimal(ExactRatio(sum).sixDecimals) }
  package static func bound(_ value: Double?) -> Cell {
    value.map { .decimal(Statistics.sixDecimals($0)) } ?? .null
  }
  /// A number of any sign, rounded half to even at the sixth decimal.
  package static func signed(_ value: Double?) -> Cell {
    guard let value else { return .null }
    let text = Statistics.sixDecimals(abs(value))
    let isNegative = value < 0 && text.contains { $0 != "0" && $0 != "." }
    return .decimal(isNegative ? "-" + text : text)
  }
  /// Millionths, as Score hands them over.
  static func millionths(_ value: UInt64) -> Cell { .decimal(sixDecimalText(value)) }
}
