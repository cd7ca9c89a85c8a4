import StagecraftTestSupport

/// The counts of a published set by name, and how they hang together.
struct PublishedCounts {
  /// Nil where it is not published.
  private(set) var counts: [String: Int?] = [:]
  private(set) var criteria: Set<String> = []
  private var groups: [String: Set<String>] = [:]
  private var stages = 0

  private static let evidence = ["yes", "lacking", "unknown", "not_applicable"]

  init(_ run: PipelineRun) throws {
    try add(run, "stage_distribution", ["segment", "segment_value", "stage"], ["n"])
    try add(run, "stage_distribution", ["segment", "segment_value"], ["base_n"])
    try add(
      run, "stage_bounds", ["segment", "segment_value", "stage"],
      ["n_low", "n_high", "n_determined"])
    for table in ["role_gaps", "tool_gaps"] {
      let keys = ["criterion", "segment", "segment_value", "stage"]
      try add(run, table, keys, PublishedCounts.evidence)
      for row in try run.table(table).rows { criteria.insert(row["criterion"] ?? "") }
    }
    try add(run, "term_adoption", ["term", "stage"], ["n"], prefix: "term|")
    try add(
      run, "role_tool_gaps", ["role", "tool"], ["both", "role_only", "tool_only", "neither"])
    try add(run, "anti_patterns", ["anti_pattern"], ["n", "base_n"], prefix: "trouble|")
    try add(run, "stage_rules", ["rule", "stage"], ["n"])
    let unlock = ["held", "blocked", "blocked_unknown", "sole", "advances"]
    try add(run, "unlock", ["stage", "requirement"], unlock, prefix: "unlock|")
    for row in try run.table("stage_distribution").rows {
      groups[row["segment"] ?? "", default: []].insert(row["segment_value"] ?? "")
      stages = max(stages, (Int(row["stage"] ?? "") ?? 0) + 1)
    }
  }

  private mutating func add(
    _ run: PipelineRun, _ table: String, _ keys: [String], _ columns: [String], prefix: String = ""
  ) throws {
    for row in try run.table(table).rows {
      let key = keys.map { row[$0] ?? "" }.joined(separator: "|")
      for column in columns {
        counts["\(prefix)\(key)|\(column)"] = .some(Int(row[column] ?? ""))
      }
    }
  }

  /// What somebody knows who has read all tables, and which groups there are.
  ///
  /// - Parameters:
  ///   - all: the same tables with nothing hidden: what there is to be hidden.
  ///   - criterion: the one whose counts are looked for; nil: what there is besides, and pairs.
  func puzzle(of all: PublishedCounts, criterion: String?) -> CountPuzzle {
    var all = all
    all.criteria = criterion.map { [$0] } ?? []
    var puzzle = CountPuzzle()
    for (name, count) in counts.sorted(by: { $0.key < $1.key }) {
      if let count { puzzle.know(name, count) }
      // That it has a row says that somebody is in it.
      if name.hasSuffix("|base_n"), !name.hasPrefix("trouble|"), all.counts[name] != .some(0) {
        puzzle.know(name, atLeast: 1)
      }
    }
    for (segment, values) in all.groups.sorted(by: { $0.key < $1.key }) {
      for value in values.sorted() { relate("\(segment)|\(value)", all, &puzzle) }
      if segment != "all" { relateToAll(segment, values.sorted(), all, &puzzle) }
    }
    relateTerms(all, &puzzle)
    if criterion == nil {
      relateEverybody(all, &puzzle)
      relatePairs(all, &puzzle)
    }
    return puzzle
  }

  private func stages(_ body: (Int) -> String, in all: PublishedCounts) -> [String] {
    (0..<all.stages).map(body)
  }

  /// What holds within a group.
  private func relate(_ group: String, _ all: PublishedCounts, _ puzzle: inout CountPuzzle) {
    puzzle.relate("\(group)|base_n", stages({ "\(group)|\($0)|n" }, in: all))
    if all.criteria.isEmpty { relateBounds(group, all, &puzzle) }
    relateEvidence(group, all, &puzzle)
  }

  /// Everybody stands between a low and a high stage.
  private func relateBounds(_ group: String, _ all: PublishedCounts, _ puzzle: inout CountPuzzle) {
    let last = all.stages
    var determined: [String] = []
    for low in 0..<last {
      let joint = (low..<last).map { "\(group)|\(low)>\($0)" }
      puzzle.relate("\(group)|\(low)|n", joint)
      determined.append("\(group)|\(low)>\(low)")
      puzzle.relate("\(group)|\(low)|n_low", (low..<last).map { "\(group)|\($0)|n" })
      let reaching = (0..<last).flatMap { from in
        (max(from, low)..<last).map { "\(group)|\(from)>\($0)" }
      }
      puzzle.relate("\(group)|\(low)|n_high", reaching)
    }
    for stage in 0..<last { puzzle.relate("\(group)|\(stage)|n_determined", determined) }
  }

  private func relateEvidence(
    _ group: String, _ all: PublishedCounts, _ puzzle: inout CountPuzzle
  ) {
    let last = all.stages
    for criterion in all.criteria.sorted() {
      for stage in 0..<last {
        let cell = "\(criterion)|\(group)|\(stage)"
        puzzle.relate("\(group)|\(stage)|n", PublishedCounts.evidence.map { "\(cell)|\($0)" })
      }
      for kind in PublishedCounts.evidence {
        puzzle.relate(
          "\(criterion)|\(group)|all|\(kind)",
          stages({ "\(criterion)|\(group)|\($0)|\(kind)" }, in: all))
      }
    }
  }

  /// Every response has one value of each segment.
  private func relateToAll(
    _ segment: String, _ values: [String], _ all: PublishedCounts, _ puzzle: inout CountPuzzle
  ) {
    for stage in 0..<all.stages {
      puzzle.relate("all|all|\(stage)|n", values.map { "\(segment)|\($0)|\(stage)|n" })
      for high in stage..<all.stages where all.criteria.isEmpty {
        puzzle.relate(
          "all|all|\(stage)>\(high)", values.map { "\(segment)|\($0)|\(stage)>\(high)" })
      }
      for criterion in all.criteria.sorted() {
        for kind in PublishedCounts.evidence {
          puzzle.relate(
            "\(criterion)|all|all|\(stage)|\(kind)",
            values.map { "\(criterion)|\(segment)|\($0)|\(stage)|\(kind)" })
        }
      }
    }
  }

  /// In these models a criterion has one term, a role or a tool, and all stages can be told.
  private func relateTerms(_ all: PublishedCounts, _ puzzle: inout CountPuzzle) {
    for criterion in all.criteria.sorted() {
      // Who need not have it may name it all the same.
      if all.counts["\(criterion)|all|all|all|not_applicable"] != .some(0) { continue }
      for stage in 0..<all.stages {
        puzzle.relate(
          "\(criterion)|all|all|\(stage)|yes", ["term|term_\(criterion)|\(stage)|n"])
      }
    }
  }

  private func relateEverybody(_ all: PublishedCounts, _ puzzle: inout CountPuzzle) {
    for stage in 0..<all.stages {
      puzzle.relate("all|all|\(stage)|n", ["staged_low|\(stage)|n"])
      puzzle.relate(
        "staged_high|\(stage)|n", (0...stage).map { "all|all|\($0)>\(stage)" })
    }
    for stage in 1..<all.stages {
      let prefix = "unlock|\(stage)|"
      let names = all.counts.keys.filter { $0.hasPrefix(prefix) && $0.hasSuffix("|blocked") }
        .map { String($0.dropFirst(prefix.count).dropLast("|blocked".count)) }.sorted()
      relateUnlock(prefix, names.filter { $0 != "(coverage)" }, below: stage, &puzzle)
    }
  }

  private func relateUnlock(
    _ prefix: String, _ names: [String], below stage: Int, _ puzzle: inout CountPuzzle
  ) {
    let sets = (0..<1 << names.count).map { "\(prefix)blockers \($0)" }
    for name in names + ["(coverage)"] {
      puzzle.relate("all|all|\(stage - 1)|n", ["\(prefix)\(name)|held"])
    }
    puzzle.relate("all|all|\(stage - 1)|n", sets)
    puzzle.relate("\(prefix)(coverage)|blocked", [sets[0]])
    for (index, name) in names.enumerated() {
      puzzle.relate(
        "\(prefix)\(name)|blocked",
        sets.enumerated().filter { $0.offset >> index & 1 == 1 }.map(\.element))
      puzzle.relate("\(prefix)\(name)|sole", [sets[1 << index]])
    }
  }

  /// A role and a tool, each had, lacked, not known or not asked for.
  private func relatePairs(_ all: PublishedCounts, _ puzzle: inout CountPuzzle) {
    let kinds = PublishedCounts.evidence
    for name in all.counts.keys.sorted() where name.hasSuffix("|both") {
      let pair = String(name.dropLast("|both".count))
      let ids = pair.split(separator: "|").map(String.init)
      for (side, id) in ids.enumerated() {
        for kind in kinds {
          puzzle.relate(
            "\(id)|all|all|all|\(kind)",
            kinds.map { side == 0 ? "\(pair)|\(kind)&\($0)" : "\(pair)|\($0)&\(kind)" })
        }
      }
      puzzle.relate("\(pair)|both", ["\(pair)|yes&yes"])
      puzzle.relate("\(pair)|role_only", ["\(pair)|yes&lacking"])
      puzzle.relate("\(pair)|tool_only", ["\(pair)|lacking&yes"])
      puzzle.relate("\(pair)|neither", ["\(pair)|lacking&lacking"])
      let trouble = "trouble|\(ids.joined(separator: "_without_"))"
      if all.counts["\(trouble)|n"] == nil { continue }
      puzzle.relate("\(trouble)|n", ["\(pair)|yes&lacking"])
      puzzle.relate(
        "\(trouble)|base_n",
        ["yes", "lacking"].flatMap { role in
          ["yes", "lacking"].map { "\(pair)|\(role)&\($0)" }
        })
    }
  }
}
