/// What every column of every table means, in Markdown.
package enum DataDictionary {
  package static var text: String {
    """
    # Data dictionary

    Every table that a run or a comparison can publish, and what its columns hold. Printed by `stagecraft schema
    dictionary`; made from the same declarations as the tables.

    Columns are only ever added, at the end. An empty field is null: a number that cannot be given, or
    is withheld. Columns in **bold** tell a table's rows apart; with → they refer to another table.
    Numbers have six decimals, shares are from 0 to 1, lists in a field are joined by `|`.

    """ + (TableSchema.all + TableSchema.comparison).map(section).joined()
  }

  private static func section(_ table: TableSchema) -> String {
    let references = Dictionary(
      table.foreignKeys.flatMap { key in key.columns.map { ($0, key.table) } }
    ) { first, _ in first }
    let rows = table.columns.map { column in
      let isKey = table.key.columns.contains(column.name)
      let name = isKey ? "**`\(column.name)`**" : "`\(column.name)`"
      let reference = references[column.name].map { " → `\($0)`" } ?? ""
      return "| \(name)\(reference) | \(column.type.inWords) | \(column.unit?.rawValue ?? "") | "
        + "\(escaped(column.meaning))\(words(column)) |\n"
    }
    return """

      ## `\(table.fileName)`

      \(table.title).\(presence(table))\(keyRemark(table))

      | column | type | unit | meaning |
      |---|---|---|---|

      """ + rows.joined()
  }

  private static func presence(_ table: TableSchema) -> String {
    switch table.presence {
    case .always: ""
    case .analysis(let analysis): " Only with `--analyses \(analysis.rawValue)`."
    case .option(let option): " Only with `\(option)`."
    case .survey(let key): " Only where the survey file has `\(key)`."
    case .command(let command): " Published by `\(command)`."
    }
  }

  private static func keyRemark(_ table: TableSchema) -> String {
    switch table.key {
    case .primary where table.kind == .record:
      " Its key holds where no input is given twice."
    case .primary: ""
    case .unique: " Parts of its key can be empty."
    case .none: " It has no key."
    }
  }

  private static func words(_ column: TableSchema.Column) -> String {
    guard case .words(let words) = column.values else { return "" }
    return ". One of " + words.map { "`\($0)`" }.joined(separator: ", ")
  }

  /// A `|` would end the field.
  private static func escaped(_ text: String) -> String {
    text.split(separator: "|", omittingEmptySubsequences: false).joined(separator: "\\|")
  }
}

extension TableSchema.ColumnType {
  fileprivate var inWords: String {
    switch self {
    case .string: "text"
    case .integerOrWord: "whole number or word"
    case .integer: "whole number"
    case .number: "number"
    case .boolean: "`true` or `false`"
    }
  }
}
