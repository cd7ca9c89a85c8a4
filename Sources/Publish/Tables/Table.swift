import Statistics

/// A published table: what is declared of it, its columns in this run, and its rows on demand.
package struct Table {
  package let schema: TableSchema
  /// Those that the declaration repeats, each with its own name.
  package let columns: [TableSchema.Column]
  /// Hands over all rows, one at a time, in their final order.
  package let forEachRow: (_ body: ([Cell]) throws -> Void) throws -> Void

  package var name: String { schema.name }

  init(
    _ schema: TableSchema, _ repeated: RepeatedColumns,
    forEachRow: @escaping (_ body: ([Cell]) throws -> Void) throws -> Void
  ) {
    self.schema = schema
    columns = schema.columns(repeated)
    self.forEachRow = forEachRow
  }

  /// The same table with other rows.
  func replacingRows(
    _ forEachRow: @escaping (_ body: ([Cell]) throws -> Void) throws -> Void
  ) -> Table {
    Table(schema: schema, columns: columns, forEachRow: forEachRow)
  }

  private init(
    schema: TableSchema, columns: [TableSchema.Column],
    forEachRow: @escaping (_ body: ([Cell]) throws -> Void) throws -> Void
  ) {
    (self.schema, self.columns, self.forEachRow) = (schema, columns, forEachRow)
  }

  /// A table none of whose columns is repeated.
  package init(
    _ schema: TableSchema,
    forEachRow: @escaping (_ body: ([Cell]) throws -> Void) throws -> Void
  ) {
    self.schema = schema
    columns = schema.columns
    self.forEachRow = forEachRow
  }

  /// A table that is written while the run goes on, so that it has no rows here.
  package init(streamed schema: TableSchema, _ repeated: RepeatedColumns) {
    self.init(schema, repeated) { _ in }
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
