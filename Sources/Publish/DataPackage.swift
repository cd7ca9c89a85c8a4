import Aggregate
import MaturityModel

/// The Data Package (v2) descriptor of the published CSV files.
package struct DataPackage {
  private let tables: [Table]
  private let files: [PublishedFile]
  private let tally: Tally
  private let disclosure: Disclosure?
  private let profile: CSVProfile
  private let stageNames: [String]

  /// - Parameter files: all finished outputs; those of no table are not described.
  package init(
    tables: [Table], files: [PublishedFile], tally: Tally, disclosure: Disclosure?,
    profile: CSVProfile
  ) {
    self.tables = tables
    self.files = files
    self.tally = tally
    self.disclosure = disclosure
    self.profile = profile
    stageNames = tally.shape.model.stages.map {
      tally.shape.observability.stageName($0.number, model: tally.shape.model)
    }
  }

  package var document: JSONValue {
    .object([
      ("$schema", .string("https://datapackage.org/profiles/2.0/datapackage.json")),
      ("name", .string("stagecraft-" + tally.shape.survey.id)),
      ("title", .string(tally.shape.survey.title ?? tally.shape.survey.id)),
      (
        "description",
        .string(
          "Stages and gaps by the model \(tally.shape.model.id) "
            + "\(tally.shape.model.version)" + withheld)
      ),
      ("resources", .array(tables.compactMap(resource))),
    ])
  }

  private var withheld: String {
    guard let disclosure else { return "" }
    return ". Cells that would tell of fewer than \(disclosure.minimum) responses are empty; "
      + "suppression.csv names them and says why"
  }

  private func resource(_ table: Table) -> JSONValue? {
    guard let file = files.first(where: { $0.name == table.schema.fileName }) else { return nil }
    return .object([
      ("name", .string(table.name)),
      ("title", .string(table.schema.title)),
      ("path", .string(file.name)),
      ("type", .string("table")),
      ("format", .string("csv")),
      ("mediatype", .string("text/csv")),
      ("encoding", .string("utf-8")),
      ("bytes", .integer(file.bytes)),
      ("hash", .string("sha256:" + file.sha256)),
      ("dialect", .compact(dialect)),
      ("schema", schema(table)),
    ])
  }

  private var dialect: JSONValue {
    .object([
      ("header", .bool(true)), ("delimiter", .string(",")),
      ("lineTerminator", .string(profile.endsLinesWithCR ? "\r\n" : "\n")),
      ("quoteChar", .string("\"")), ("doubleQuote", .bool(true)),
      ("skipInitialSpace", .bool(false)),
    ])
  }

  private func schema(_ table: Table) -> JSONValue {
    let key: [(String, JSONValue)] =
      switch table.schema.key {
      case .primary(let columns): [("primaryKey", .compact(.strings(columns)))]
      case .unique(let columns): [("uniqueKeys", .compact(.array([.strings(columns)])))]
      case .none: []
      }
    let foreignKeys = table.schema.foreignKeys.filter { key in
      tables.contains { $0.name == key.table }
    }
    return .object(
      [
        ("fields", .array(table.columns.map { .compact(field($0, of: table.schema)) })),
        ("missingValues", .strings([""])),
      ] + key
        + (foreignKeys.isEmpty
          ? [] : [("foreignKeys", .array(foreignKeys.map { .compact(document(of: $0)) }))]))
  }

  private func document(of key: TableSchema.ForeignKey) -> JSONValue {
    .object([
      ("fields", .strings(key.columns)),
      (
        "reference",
        .object([("resource", .string(key.table)), ("fields", .strings(key.tableColumns))])
      ),
    ])
  }

  private func field(_ column: TableSchema.Column, of table: TableSchema) -> JSONValue {
    var members: [(String, JSONValue)] = [
      ("name", .string(column.name)), ("type", .string(column.type.inDataPackage)),
      ("description", .string(column.meaning)),
    ]
    if let unit = column.unit { members.append(("unit", .string(unit.rawValue))) }
    members += categories(column.values)
    let constraints = constraints(column, of: table)
    if !constraints.isEmpty { members.append(("constraints", .object(constraints))) }
    return .object(members)
  }

  private func constraints(
    _ column: TableSchema.Column, of table: TableSchema
  ) -> [(String, JSONValue)] {
    var constraints: [(String, JSONValue)] = []
    if case .primary(let key) = table.key, key.contains(column.name) {
      constraints.append(("required", .bool(true)))
    }
    if column.unit?.isNeverNegative == true { constraints.append(("minimum", .number("0"))) }
    if column.unit == .share { constraints.append(("maximum", .number("1"))) }
    return constraints
  }

  /// Of a model that gives two stages one name, too.
  private var distinctStageNames: [String] {
    (stageNames + ["all"]).reduce(into: []) { names, name in
      if !names.contains(name) { names.append(name) }
    }
  }

  private func categories(_ values: TableSchema.Values) -> [(String, JSONValue)] {
    let labeled = { (value: JSONValue, label: String) in
      JSONValue.object([("value", value), ("label", .string(label))])
    }
    let list: [JSONValue]
    switch values {
    case .stages: list = stageNames.enumerated().map { labeled(.integer($0), $1) }
    case .stagesOrAll:
      list =
        stageNames.enumerated().map { labeled(.string("\($0)"), $1) }
        + [labeled(.string("all"), "all")]
    case .stageNames: list = distinctStageNames.map { .string($0) }
    case .words(let words): list = words.map { .string($0) }
    case .any, .criteria, .terms: return []
    }
    return [("categories", .array(list))]
      + (values.isOrdered ? [("categoriesOrdered", .bool(true))] : [])
  }
}

extension TableSchema.ColumnType {
  /// In the words of the Data Package standard.
  fileprivate var inDataPackage: String {
    switch self {
    case .string, .integerOrWord: "string"
    case .integer: "integer"
    case .number: "number"
    case .boolean: "boolean"
    }
  }
}
