import Aggregate

extension OutputTransaction {
  /// Writes one table as CSV.
  package func write(_ table: Table) throws(PublishError) -> PublishedFile {
    let file = try makeFile(table.name + ".csv")
    var csv = CSVRecord()
    for column in table.columns { csv.appendField(column.name) }
    csv.endRecord()
    try file.write(csv.bytes)
    try table.writeRows { cells throws(PublishError) in
      csv.removeAll()
      for cell in cells { csv.append(cell) }
      csv.endRecord()
      try file.write(csv.bytes)
    }
    return try finish(file)
  }

  /// Writes a JSON document.
  package func write(_ document: JSONValue, as name: String) throws(PublishError) -> PublishedFile {
    let file = try makeFile(name)
    try file.write(document.document.utf8)
    return try finish(file)
  }

  /// Writes `results.json`: all tables with the numbers of the CSV files, one row a line.
  package func writeResults(_ tables: [Table], of tally: Tally) throws(PublishError)
    -> PublishedFile
  {
    let file = try makeFile(OutputNames.results)
    let shape = tally.shape
    let head: [(String, JSONValue)] = [
      ("schema", .string("stagecraft/results/1")),
      (
        "model",
        .object([("id", .string(shape.model.id)), ("version", .string(shape.model.version))])
      ),
      ("survey", .object([("id", .string(shape.survey.id))])),
      ("accounting", RunReport.document(of: tally.totalAccounting, survey: shape.survey)),
    ]
    try file.write("{\n".utf8)
    for (key, value) in head {
      try file.write((JSONValue.quoted(key) + ": " + value.line + ",\n").utf8)
    }
    try file.write("\"tables\": {\n".utf8)
    for (index, table) in tables.enumerated() {
      try writeJSON(table, to: file)
      try file.write((index + 1 < tables.count ? ",\n" : "\n").utf8)
    }
    try file.write("}\n}\n".utf8)
    return try finish(file)
  }

  private func writeJSON(_ table: Table, to file: OutputFile) throws(PublishError) {
    try file.write((JSONValue.quoted(table.name) + ": [").utf8)
    let keys = table.columns.map { JSONValue.quoted($0.name) + ": " }
    var isFirst = true
    try table.writeRows { cells throws(PublishError) in
      var line = isFirst ? "\n{" : ",\n{"
      isFirst = false
      for (index, cell) in cells.enumerated() {
        line += (index > 0 ? ", " : "") + keys[index] + cell.json
      }
      try file.write((line + "}").utf8)
    }
    try file.write((isFirst ? "]" : "\n]").utf8)
  }
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

extension Cell {
  /// The same value as in CSV. JSON is read by programs, so nothing is guarded against formulas.
  fileprivate var json: String {
    switch self {
    case .text(let text), .answer(let text): JSONValue.quoted(text)
    case .integer(let value): String(value)
    case .decimal(let text): text
    case .boolean(let value): value ? "true" : "false"
    case .null: "null"
    }
  }
}
