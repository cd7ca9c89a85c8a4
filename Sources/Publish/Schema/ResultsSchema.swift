/// The JSON Schema (2020-12) of `results.json`.
///
/// It accepts what later versions add: tables, and columns at the end of a table.
package enum ResultsSchema {
  package static var document: JSONValue {
    .object([
      ("$schema", .string("https://json-schema.org/draft/2020-12/schema")),
      ("$id", .string("urn:stagecraft:results:1")),
      ("title", .string("results.json of stagecraft")),
      (
        "description",
        .string("All result tables of a run; a number that cannot be given is null.")
      ),
      ("type", .string("object")),
      ("required", .compact(.strings(["schema", "model", "survey", "accounting", "tables"]))),
      (
        "properties",
        .object([
          ("schema", .compact(.object([("const", .string("stagecraft/results/1"))]))),
          ("model", .compact(object(["id", "version"], of: [("type", .string("string"))]))),
          ("survey", .compact(object(["id"], of: [("type", .string("string"))]))),
          ("accounting", .compact(accounting)), ("tables", tables),
        ])
      ),
    ])
  }

  private static let count: [(String, JSONValue)] = [
    ("type", .string("integer")), ("minimum", .number("0")),
  ]

  private static func object(
    _ names: [String], of value: [(String, JSONValue)], and others: [(String, JSONValue)] = []
  ) -> JSONValue {
    .object([
      ("type", .string("object")), ("required", .strings(names + others.map(\.0))),
      ("properties", .object(names.map { ($0, .object(value)) } + others)),
    ])
  }

  private static var accounting: JSONValue {
    let reasons = JSONValue.object([
      ("type", .string("object")), ("additionalProperties", .object(count)),
    ])
    return object(
      ["read", "scored", "unscored", "filtered", "duplicate", "rejected"], of: count,
      and: [("filtered_by", reasons)])
  }

  private static var tables: JSONValue {
    let always = TableSchema.results.filter {
      if case .always = $0.presence { true } else { false }
    }
    return .object([
      ("type", .string("object")),
      ("required", .compact(.strings(always.map(\.name)))),
      ("properties", .object(TableSchema.results.map { ($0.name, table($0)) })),
    ])
  }

  private static func table(_ table: TableSchema) -> JSONValue {
    let named = table.columns.filter { $0.repetition == nil }
    let repeated = table.columns.filter { $0.repetition != nil }
    let row: [(String, JSONValue)] = [
      ("type", .string("object")), ("required", .compact(.strings(named.map(\.name)))),
      ("properties", .object(named.map { ($0.name, .compact(column($0, of: table))) })),
    ]
    let others = repeated.map { ("additionalProperties", JSONValue.compact(column($0, of: table))) }
    return .object([
      ("description", .string(table.title)), ("type", .string("array")),
      ("items", .object(row + others)),
    ])
  }

  private static func column(_ column: TableSchema.Column, of table: TableSchema) -> JSONValue {
    let isKey = if case .primary(let key) = table.key { key.contains(column.name) } else { false }
    var members: [(String, JSONValue)] = [
      ("description", .string(column.meaning)),
      ("type", .strings(column.type.inJSON + (isKey ? [] : ["null"]))),
    ]
    if case .words(let words) = column.values {
      members.append(
        ("enum", .array(words.map { .string($0) } + (isKey ? [] : [.null]))))
    }
    if column.unit?.isNeverNegative == true { members.append(("minimum", .number("0"))) }
    if column.unit == .share { members.append(("maximum", .number("1"))) }
    return .object(members)
  }
}

extension TableSchema.ColumnType {
  fileprivate var inJSON: [String] {
    switch self {
    case .string: ["string"]
    case .integerOrWord: ["integer", "string"]
    case .integer: ["integer"]
    case .number: ["number"]
    case .boolean: ["boolean"]
    }
  }
}
