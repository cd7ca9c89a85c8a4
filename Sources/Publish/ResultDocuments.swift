import Aggregate

extension OutputTransaction {
  /// Writes a table as CSV alone.
  package func write(
    _ table: Table, _ profile: CSVProfile
  ) throws(PublishError) -> PublishedFile {
    let file = try makeFile(table.schema.fileName)
    try file.write(CSVRecord.header(table.columns.map(\.name), profile))
    var csv = CSVRecord(profile)
    try table.writeRows { cells throws(PublishError) in
      for cell in cells { csv.append(cell) }
      csv.endRecord()
      if csv.buffer.count >= OutputTransaction.fullBuffer {
        try file.write(csv.buffer)
        csv.removeAll()
      }
    }
    try file.write(csv.buffer)
    return try finish(file)
  }

  /// Writes all tables: each as CSV, and all of them, with the same numbers, as `results.json`.
  ///
  /// Each row is made once and written to both.
  /// - Returns: the CSV files in the order of the tables.
  package func write(
    _ tables: [Table], of tally: Tally, disclosure: Disclosure?, _ profile: CSVProfile
  ) throws(PublishError) -> (tables: [PublishedFile], results: PublishedFile) {
    let results = try makeFile(OutputNames.results)
    try results.write(ResultsText.start(of: tally, DisclosedFates(of: tally, disclosure)))
    var files: [PublishedFile] = []
    for table in tables {
      if !files.isEmpty { try results.write(ResultsText.betweenTables) }
      files.append(try write(table, profile, also: results))
    }
    try results.write(ResultsText.end)
    return (files, try finish(results))
  }

  private func write(
    _ table: Table, _ profile: CSVProfile, also results: OutputFile
  ) throws(PublishError) -> PublishedFile {
    let file = try makeFile(table.schema.fileName)
    try file.write(CSVRecord.header(table.columns.map(\.name), profile))
    var csv = CSVRecord(profile)
    var json = ResultsText(table)
    try table.writeRows { cells throws(PublishError) in
      for cell in cells { csv.append(cell) }
      csv.endRecord()
      json.append(row: cells)
      if json.bytes.count >= OutputTransaction.fullBuffer {
        try file.write(csv.buffer)
        try results.write(json.bytes)
        csv.removeAll()
        json.removeAll()
      }
    }
    json.endTable()
    try file.write(csv.buffer)
    try results.write(json.bytes)
    return try finish(file)
  }

  /// Writes one table as CSV alone.
  package func write(_ table: Table) throws(PublishError) -> PublishedFile {
    let file = try makeFile(table.name + ".csv")
    var csv = CSVRecord()
    for column in table.columns { csv.appendField(column.name) }
    csv.endRecord()
    try table.writeRows { cells throws(PublishError) in
      for cell in cells { csv.append(cell) }
      csv.endRecord()
    }
    try file.write(csv.buffer)
    return try finish(file)
  }

  /// Rows are handed over in portions of about this size.
  private static let fullBuffer = 64 << 10

  /// Writes a JSON document.
  package func write(_ document: JSONValue, as name: String) throws(PublishError) -> PublishedFile {
    let file = try makeFile(name)
    try file.write(document.documentBytes())
    return try finish(file)
  }
}

/// The text of `results.json`: all tables with the numbers of the CSV files, one row a line.
private struct ResultsText: ~Copyable {
  private(set) var bytes = ByteBuffer()
  /// What stands before each cell of a row: the column's name.
  private let keys: [[UInt8]]
  private var hasRows = false

  /// Begins a table.
  init(_ table: Table) {
    keys = table.columns.enumerated().map { index, column in
      Array(((index == 0 ? "{" : ", ") + JSONValue.quoted(column.name) + ": ").utf8)
    }
    bytes.append(quoted: table.name)
    bytes.append(": [")
  }

  mutating func removeAll() { bytes.removeAll() }

  mutating func append(row cells: [Cell]) {
    bytes.append(hasRows ? ",\n" : "\n")
    hasRows = true
    for (key, cell) in zip(keys, cells) {
      bytes.append(key)
      append(cell)
    }
    bytes.append(UInt8(ascii: "}"))
  }

  /// The same value as in CSV. JSON is read by programs, so nothing is guarded against formulas.
  private mutating func append(_ cell: Cell) {
    switch cell {
    case .text(let text), .answer(let text): bytes.append(quoted: text)
    case .integer(let value): bytes.append(decimal: value)
    case .decimal(let text): bytes.append(utf8: text)
    case .boolean(let value): bytes.append(value)
    case .null: bytes.append("null")
    }
  }

  mutating func endTable() { bytes.append(hasRows ? "\n]" : "]") }

  static func start(of tally: Tally, _ fates: DisclosedFates) -> [UInt8] {
    let shape = tally.shape
    let head: [(String, JSONValue)] = [
      ("schema", .string("stagecraft/results/1")),
      (
        "model",
        .object([("id", .string(shape.model.id)), ("version", .string(shape.model.version))])
      ),
      ("survey", .object([("id", .string(shape.survey.id))])),
      ("accounting", RunReport.document(of: fates, survey: shape.survey)),
    ]
    let lines = head.map { key, value in JSONValue.quoted(key) + ": " + value.line + ",\n" }
    return Array(("{\n" + lines.joined() + "\"tables\": {\n").utf8)
  }

  static let betweenTables = Array(",\n".utf8)
  static let end = Array("\n}\n}\n".utf8)
}

extension Table {
  /// `forEachRow` with the only error a row's consumer can have.
  fileprivate func writeRows(
    _ body: ([Cell]) throws(PublishError) -> Void
  ) throws(PublishError) {
    var failure: PublishError?
    try? forEachRow { cells in
      do throws(PublishError) {
        try body(cells)
      } catch {
        failure = error
        throw error
      }
    }
    if let failure { throw failure }
  }
}
