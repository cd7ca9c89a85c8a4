import MaturityModel
import SystemCalls

/// `CREATE TABLE` statements for PostgreSQL, with keys and comments, in an order in which the tables
/// can be created and filled.
package struct PostgreSQLDefinitions {
  private let tables: [(schema: TableSchema, columns: [TableSchema.Column])]

  /// Of every table a run can publish, for a model and no segments.
  package init(model: MaturityModel) {
    let repeated = RepeatedColumns(model: model, survey: nil)
    tables = PostgreSQLDefinitions.order.map { ($0, $0.columns(repeated)) }
  }

  /// Of the tables that a directory holds, with the columns they have there.
  ///
  /// - Throws: ``UnknownSet`` where it is no set, or one of another kind.
  package init(published path: String) throws(UnknownSet) {
    var tables: [(schema: TableSchema, columns: [TableSchema.Column])] = []
    for (table, start) in try PostgreSQLDefinitions.starts(in: path) {
      guard let columns = table.columns(header: PostgreSQLDefinitions.names(start)) else {
        throw .otherColumns(path: path + "/" + table.fileName)
      }
      tables.append((table, columns))
    }
    if tables.isEmpty { throw .noTables(path: path) }
    self.tables = tables
  }

  /// The tables that are there, each with more of its bytes than its header has.
  private static func starts(
    in path: String
  ) throws(UnknownSet) -> [(table: TableSchema, start: [UInt8])] {
    do throws(SystemCallError) {
      let directory = try Directory(path: path)
      var starts: [(table: TableSchema, start: [UInt8])] = []
      for table in order where try directory.status(of: table.fileName)?.kind == .regular {
        starts.append((table, try directory.start(of: table.fileName, count: 1 << 20)))
      }
      return starts
    } catch {
      throw .unreadable(error)
    }
  }

  /// Why there is nothing to be defined.
  package enum UnknownSet: Error {
    case unreadable(SystemCallError)
    case noTables(path: String)
    /// A file has not the columns that are declared.
    case otherColumns(path: String)
  }

  /// What is referred to comes first.
  private static let order = TableSchema.dimensions + TableSchema.results + TableSchema.records

  /// The column names of a CSV file: ids, so that no comma or quote is inside of one.
  private static func names(_ start: [UInt8]) -> [String] {
    let mark = CSVProfile.excel.start
    let line = start.dropFirst(start.starts(with: mark) ? mark.count : 0).prefix {
      $0 != UInt8(ascii: "\n") && $0 != UInt8(ascii: "\r")
    }
    return line.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false).map {
      String(decoding: $0.filter { $0 != UInt8(ascii: "\"") }, as: UTF8.self)
    }
  }
}

extension PostgreSQLDefinitions {
  package var text: String {
    "-- Tables of stagecraft for PostgreSQL, in the order in which they can be filled.\n"
      + tables.map { statements($0.schema, $0.columns) }.joined()
  }

  private func statements(_ table: TableSchema, _ columns: [TableSchema.Column]) -> String {
    let name = quoted(table.name)
    let lines = columns.map { column in
      "  \(quoted(column.name)) \(column.type.inPostgreSQL)\(isRequired(column, table) ? " NOT NULL" : "")"
    }
    let comments = columns.map { column in
      let unit = column.unit.map { " (\($0.rawValue))" } ?? ""
      return
        "COMMENT ON COLUMN \(name).\(quoted(column.name)) IS \(literal(column.meaning + unit));\n"
    }
    return """

      CREATE TABLE \(name) (
      \((lines + constraints(table)).joined(separator: ",\n"))
      );
      COMMENT ON TABLE \(name) IS \(literal(table.title));

      """ + comments.joined()
  }

  private func isRequired(_ column: TableSchema.Column, _ table: TableSchema) -> Bool {
    if case .primary(let key) = table.key { key.contains(column.name) } else { false }
  }

  private func constraints(_ table: TableSchema) -> [String] {
    let key: [String] =
      switch table.key {
      case .primary(let columns): ["  PRIMARY KEY (\(list(columns)))"]
      case .unique(let columns): ["  UNIQUE (\(list(columns)))"]
      case .none: []
      }
    let foreignKeys = table.foreignKeys.filter { key in
      tables.contains { $0.schema.name == key.table }
    }
    return key
      + foreignKeys.map { key in
        "  FOREIGN KEY (\(list(key.columns))) REFERENCES \(quoted(key.table)) "
          + "(\(list(key.tableColumns)))"
      }
  }

  private func list(_ columns: [String]) -> String {
    columns.map(quoted).joined(separator: ", ")
  }

  /// In quotes, since some names are words of SQL.
  private func quoted(_ name: String) -> String { doubling("\"", in: name) }

  private func literal(_ text: String) -> String { doubling("'", in: text) }

  private func doubling(_ quote: Character, in text: String) -> String {
    "\(quote)" + text.flatMap { $0 == quote ? "\($0)\($0)" : "\($0)" } + "\(quote)"
  }
}

extension TableSchema.ColumnType {
  fileprivate var inPostgreSQL: String {
    switch self {
    case .string, .integerOrWord: "text"
    case .integer: "bigint"
    case .number: "numeric"
    case .boolean: "boolean"
    }
  }
}
