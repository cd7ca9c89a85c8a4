/// Why numbers are not published.
enum SuppressionReason: String, CaseIterable {
  /// They tell of fewer responses than may be told of, or are pooled with some that do: which of the
  /// two would tell, too.
  case small
  /// With what is published besides, they would tell the small ones.
  case complementary
}

/// What becomes of a row of a table.
enum RowDisclosure {
  case whole
  /// The cells of some columns are empty.
  case without(Set<String>, SuppressionReason)
  /// The row is left out: that it is there, or where it stands, would tell.
  case leftOut(SuppressionReason)

  /// The same but for more columns; what is said first gives the reason.
  func hiding(_ columns: [String], _ reason: SuppressionReason) -> RowDisclosure {
    switch self {
    case .whole: .without(Set(columns), reason)
    case .without(let others, let first): .without(others.union(columns), first)
    case .leftOut: self
    }
  }
}

extension Table {
  /// The table without what may not be published.
  func disclosed(_ decide: @escaping ([Cell]) -> RowDisclosure) -> Table {
    let all = forEachRow
    let names = columns.map(\.name)
    return replacingRows { body in
      try all { cells in
        switch decide(cells) {
        case .whole: try body(cells)
        case .without(let hidden, _):
          try body(zip(names, cells).map { hidden.contains($0) ? .null : $1 })
        case .leftOut: break
        }
      }
    }
  }
}

/// The rows of `suppression.csv`: what is empty or left out because it tells of too few.
struct SuppressionTable {
  private let decisions: [(table: Table, decide: ([Cell]) -> RowDisclosure)]

  init(_ decisions: [(table: Table, decide: ([Cell]) -> RowDisclosure)]) {
    self.decisions = decisions
  }

  var table: Table {
    let decisions = decisions
    return Table(.suppression) { body in
      for (table, decide) in decisions { try SuppressionTable.list(table, decide, body) }
    }
  }

  private static func list(
    _ table: Table, _ decide: ([Cell]) -> RowDisclosure, _ body: ([Cell]) throws -> Void
  ) throws {
    let names = table.columns.map(\.name)
    let keys = names.indices.filter { keyColumns.contains(names[$0]) }
    var leftOut: SuppressionReason?
    try table.forEachRow { cells in
      switch decide(cells) {
      case .whole: break
      case .without(let hidden, let reason):
        // What was empty anyway is not suppressed.
        let columns = names.indices.filter { hidden.contains(names[$0]) && cells[$0] != .null }
        if columns.isEmpty { return }
        try body([
          .text(table.name), .answer(keys.map { cells[$0].plainText }.joined(separator: "|")),
          .text(columns.map { names[$0] }.joined(separator: "|")), .text(reason.rawValue),
        ])
      case .leftOut(let reason): leftOut = leftOut ?? reason
      }
    }
    if let leftOut {
      try body([
        .text(table.name), .text("(rows left out)"), .text("(all)"), .text(leftOut.rawValue),
      ])
    }
  }

  private static let keyColumns: Set = [
    "segment", "segment_value", "stage", "criterion", "role", "tool", "term", "requirement", "rule",
    "unknown", "team_size", "self_stage", "anti_pattern", "question", "scope", "upper_stage",
    "kind",
    "missing", "check",
  ]
}

extension Cell {
  /// As it stands in CSV, without a guard against formulas.
  fileprivate var plainText: String {
    switch self {
    case .text(let text), .answer(let text), .decimal(let text): text
    case .integer(let count): String(count)
    case .boolean(let truth): truth ? "true" : "false"
    case .null: ""
    }
  }
}
