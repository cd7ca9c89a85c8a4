import Publish

/// A comparison as JSON: what was compared and why with care, then all tables, a row a line.
package struct ComparisonDocument {
  let comparison: Comparison

  package init(_ comparison: Comparison) { self.comparison = comparison }

  package var text: String {
    var members: [(String, JSONValue)] = [
      ("schema", .string("stagecraft/comparison/1")),
      ("a", facts(comparison.first)), ("b", facts(comparison.second)),
      (
        "despite",
        .array(
          comparison.obstacles.map {
            .object([("obstacle", .string($0.kind.rawValue)), ("facts", .strings($0.facts))])
          })
      ),
      ("cautions", .strings(comparison.cautions)),
      (
        "families",
        .object([
          ("segments", .integer(comparison.groups.count { $0.adjusted != nil })),
          ("criteria", .integer(comparison.criteria.count { $0.adjusted != nil })),
          ("panel", .integer(comparison.panel?.crossings.count ?? 0)),
        ])
      ),
    ]
    members.append(("panel", comparison.panel.map(facts) ?? .null))
    let head = members.map { JSONValue.quoted($0) + ": " + $1.line + ",\n" }
    let tables = ComparisonTables(comparison).all.map(text)
    return "{\n" + head.joined() + "\"tables\": {\n" + tables.joined(separator: ",\n") + "\n}\n}\n"
  }

  private func facts(_ set: PublishedSet) -> JSONValue {
    .object([
      ("path", .string(set.path)), ("survey", .string(set.about.survey)),
      ("model", .string(set.about.model)), ("model_version", .string(set.about.modelVersion)),
      ("unit", .string(set.about.unit)), ("weighted", .bool(set.isWeighted)),
      ("read", .string(set.about.read)), ("scored", .string(set.about.scored)),
    ])
  }

  private func facts(_ panel: Panel) -> JSONValue {
    .object([
      ("matched", .integer(panel.matched)), ("unscored", .integer(panel.unscored)),
      ("only_a", .integer(panel.onlyFirst)), ("only_b", .integer(panel.onlySecond)),
      ("ambiguous", .integer(panel.ambiguous)),
    ])
  }

  private func text(_ table: Table) -> String {
    var rows: [String] = []
    try? table.forEachRow { cells in
      rows.append(JSONValue.object(zip(table.columns, cells).map { ($0.name, value($1)) }).line)
    }
    return JSONValue.quoted(table.name) + ": [" + (rows.isEmpty ? "" : "\n")
      + rows.joined(separator: ",\n") + "]"
  }

  private func value(_ cell: Cell) -> JSONValue {
    switch cell {
    case .text(let text), .answer(let text): .string(text)
    case .integer(let value): .integer(value)
    case .decimal(let text): .number(text)
    case .boolean(let value): .bool(value)
    case .null: .null
    }
  }
}

extension Comparison {
  /// Publishes the tables and the document as a set of its own, all at once.
  package func publish(to directory: String) throws(PublishError) {
    let transaction = try OutputTransaction(target: directory, kind: .comparison)
    for table in ComparisonTables(self).all { _ = try transaction.write(table) }
    let document = try transaction.makeFile(OutputNames.comparison)
    try document.write(Array(ComparisonDocument(self).text.utf8))
    _ = try transaction.finish(document)
    try transaction.commit()
  }
}
