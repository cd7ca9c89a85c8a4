import Aggregate
import MaturityModel
import Normalize

/// What becomes of the rows of each table. A table that is not known here is left out whole.
struct DisclosedTables {
  private let disclosure: Disclosure
  private let criteria: [String: Int]
  private let terms: [String: Int]
  private let roles: [String: Int]
  private let tools: [String: Int]
  private let segments: [String: Int]
  private var tally: Tally { disclosure.tally }
  private var model: MaturityModel { tally.shape.model }

  init(_ disclosure: Disclosure) {
    self.disclosure = disclosure
    let shape = disclosure.tally.shape
    let places = { (ids: [String]) in Dictionary(zip(ids, ids.indices)) { first, _ in first } }
    criteria = places(shape.model.criteria.map(\.id))
    terms = places(shape.model.terms.map(\.id))
    roles = places(shape.roles.map { shape.model.criteria[$0].id })
    tools = places(shape.tools.map { shape.model.criteria[$0].id })
    segments = places(shape.survey.segments.map(\.id))
  }

  /// All tables as they may be published, and what is missing in them.
  func tables(_ tables: [Table]) -> [Table] {
    let decisions = tables.map { ($0, decision($0)) }
    return decisions.map { $0.disclosed($1) } + [SuppressionTable(decisions).table]
  }

  private func decision(_ table: Table) -> ([Cell]) -> RowDisclosure {
    switch table.name {
    case "questionnaire_coverage", "unmapped_answers": { _ in .whole }
    case "stage_distribution": distribution(ResultColumns.distribution)
    case "stage_intervals": distribution(ResultColumns.intervals)
    case "stage_bounds": bounds
    case "role_gap_matrix", "tool_gap_matrix": gapMatrix(table)
    case "role_gaps", "tool_gaps": gaps
    case "role_tool_gap_matrix": roleToolMatrix(table)
    case "role_tool_gaps": roleTools
    case "term_adoption": termAdoption
    case "unlock": unlock()
    case "stage_rules": stageRules
    case "self_assessment": whole(disclosure.showsSelfAssessment, ["n"])
    case "anti_patterns": antiPatterns
    case "validity": validity(table)
    case "sensitivity": sensitivity()
    case "sensitivity_range": sensitivityRange()
    case "near_misses": nearMisses
    case "unlock_sets": unlockSets(table)
    case "unlock_ranks": ranking(disclosure.showsAllUnlocks)
    case "load_bearing": loadBearing
    case "gap_priority": ranking(disclosure.showsAllUnlocks && criteria.values.allSatisfy(shows))
    default: ranking(false)
    }
  }

  private func shows(_ criterion: Int) -> Bool { disclosure.shows(criterion: criterion) }

  /// All rows or none of them.
  private func whole(_ isShown: Bool, _ columns: [String]) -> ([Cell]) -> RowDisclosure {
    { _ in isShown ? .whole : .without(Set(columns), .small) }
  }

  /// A table in whose order everything takes part.
  private func ranking(_ isShown: Bool) -> ([Cell]) -> RowDisclosure {
    { _ in isShown ? .whole : .leftOut(.complementary) }
  }
}

/// The columns with numbers of people, and what is made of them.
private enum ResultColumns {
  /// First those of the whole segment value, then those of a stage in it.
  static let distribution = (
    group: ["base_n", "base_weighted", "n_effective"],
    stage: ["n", "weighted", "share", "share_low", "share_high"]
  )
  static let intervals = (
    group: ["base_n", "n_effective"],
    stage: [
      "n", "share", "wilson_low", "wilson_high", "jeffreys_low", "jeffreys_high",
      "korn_graubard_low", "korn_graubard_high", "goodman_low", "goodman_high", "width",
      "presentation", "reasons",
    ]
  )
  static let low = ["n_low", "share_low", "interval_low"]
  static let high = [
    "n_high", "share_high", "share_open", "n_determined", "share_determined",
    "share_undetermined", "interval_high",
  ]
  static let evidence = [
    "yes", "lacking", "unknown", "not_applicable", "share_lacking", "share_low", "share_high",
    "share_confirmed",
  ]
  static let held = ["held"]
  static let blocked = [
    "blocked", "blocked_unknown", "sole", "advances", "shapley", "share_of_held",
  ]
}

extension DisclosedTables {
  /// What may be shown of a row's segment value.
  private enum Group {
    case everybody
    case value(segment: Int, place: Int)
    /// Even that there is this value may not be said.
    case leftOut
  }

  private func group(_ cells: [Cell]) -> Group {
    // A segment may be called all, too; its values are respondents' words.
    if case .text = cells[1] { return .everybody }
    guard let segment = segments[cells[0].text] else { return .leftOut }
    if disclosure.hidesEverybody || disclosure.segments[segment].isLeftOut { return .leftOut }
    guard let place = disclosure.segments[segment].places[ExactText(cells[1].text)] else {
      return .leftOut
    }
    return .value(segment: segment, place: place)
  }

  /// The dimension of the segment values.
  func segmentValues(_ table: Table) -> Table {
    table.disclosed { cells in
      if case .leftOut = group(cells) { .leftOut(.small) } else { .whole }
    }
  }

  private func isHidden(stage: Int) -> Bool { disclosure.hiddenStages.contains(stage) }

  private func distribution(
    _ columns: (group: [String], stage: [String])
  ) -> ([Cell]) -> RowDisclosure {
    { cells in
      var row = RowDisclosure.whole
      switch group(cells) {
      case .leftOut: return .leftOut(.small)
      case .everybody:
        if disclosure.hidesEverybody {
          return .without(Set(columns.group + columns.stage), .small)
        }
      case .value(let segment, let place):
        let pools = disclosure.segments[segment]
        if place < pools.hidden { row = row.hiding(columns.group + columns.stage, .small) }
        if place < pools.withoutStages { row = row.hiding(columns.stage, .small) }
      }
      return cells[2].stage.map(isHidden) == true ? row.hiding(columns.stage, .small) : row
    }
  }

  private func bounds(_ cells: [Cell]) -> RowDisclosure {
    let (low, high) = (ResultColumns.low, ResultColumns.high)
    let base = ["base_n", "base_weighted", "n_effective"]
    var row = RowDisclosure.whole
    switch group(cells) {
    case .leftOut: return .leftOut(.small)
    case .everybody:
      if disclosure.hidesEverybody { return .without(Set(base + low + high), .small) }
      if disclosure.hidesBounds { row = row.hiding(high, .small) }
    case .value(let segment, let place):
      let pools = disclosure.segments[segment]
      if place < pools.hidden { row = row.hiding(base + low + high, .small) }
      if place < pools.withoutStages { row = row.hiding(low + high, .small) }
      if place < pools.withoutBounds { row = row.hiding(high, .small) }
    }
    // Two sums over stages that differ by a hidden one would tell it.
    let hidden = disclosure.hiddenStages
    if let stage = cells[2].stage, let first = hidden.min(), let last = hidden.max(),
      first < stage, stage <= last
    {
      row = row.hiding(low + high, .complementary)
    }
    return row
  }

  private func gapMatrix(_ table: Table) -> ([Cell]) -> RowDisclosure {
    let names = table.columns.map(\.name).dropFirst(3)
    return { cells in
      let stage = cells[0].stage
      var hidden = names.filter { name in
        criteria[name].map { isHidden($0, stage: stage) } ?? true
      }
      if disclosure.hidesEverybody || stage.map(isHidden) == true { hidden.append("n") }
      return hidden.isEmpty ? .whole : .without(Set(hidden), .small)
    }
  }

  /// Whether a criterion's counts over everybody are hidden, at a stage or (nil) at all of them.
  private func isHidden(_ criterion: Int, stage: Int?) -> Bool {
    guard shows(criterion), let pooled = disclosure.criteria[criterion].stages else { return true }
    return stage.map { disclosure.stageOrder[..<pooled].contains($0) } ?? false
  }

  private func gaps(_ cells: [Cell]) -> RowDisclosure {
    let stage = cells[2].stage
    let columns = ResultColumns.evidence
    var row = RowDisclosure.whole
    if stage.map(isHidden) == true { row = row.hiding(["n"], .small) }
    guard let criterion = criteria[cells[3].text] else { return .leftOut(.complementary) }
    switch group(cells) {
    case .leftOut: return .leftOut(.small)
    case .everybody:
      if disclosure.hidesEverybody { return .without(Set(["n"] + columns), .small) }
      return isHidden(criterion, stage: stage) ? row.hiding(columns, .small) : row
    case .value(let segment, let place):
      let pools = disclosure.segments[segment]
      if place < (stage == nil ? pools.hidden : pools.withoutStages) {
        row = row.hiding(["n"], .small)
      }
      return showsGap(criterion, segment, place, stage) ? row : row.hiding(columns, .small)
    }
  }

  private func showsGap(_ criterion: Int, _ segment: Int, _ place: Int, _ stage: Int?) -> Bool {
    if isHidden(criterion, stage: stage) { return false }
    let breakdown = disclosure.criteria[criterion].segments[segment]
    if stage == nil { return place >= breakdown.groups }
    return breakdown.groupsByStage.map { place >= $0 } ?? false
  }

  private func roleToolMatrix(_ table: Table) -> ([Cell]) -> RowDisclosure {
    let names = table.columns.map(\.name).dropFirst()
    return { cells in
      let hidden = names.filter { !showsPair(cells[0].text, $0) }
      return hidden.isEmpty ? .whole : .without(Set(hidden), .small)
    }
  }

  private func roleTools(_ cells: [Cell]) -> RowDisclosure {
    let columns: Set = ["known", "both", "role_only", "tool_only", "neither", "gap"]
    return showsPair(cells[0].text, cells[1].text) ? .whole : .without(columns, .small)
  }

  private func showsPair(_ role: String, _ tool: String) -> Bool {
    guard let role = roles[role], let tool = tools[tool] else { return false }
    return disclosure.showsPair(role: role, tool: tool)
  }

  private func termAdoption(_ cells: [Cell]) -> RowDisclosure {
    if disclosure.hidesEverybody { return .without(["n", "base_n", "share"], .small) }
    let stage = cells[0].stage
    var row = RowDisclosure.whole
    if stage.map(isHidden) == true { row = row.hiding(["base_n"], .small) }
    guard let term = terms[cells[1].text], let pooled = disclosure.terms[term] else {
      return row.hiding(["n", "share"], .small)
    }
    let isPooled = stage.map { disclosure.stageOrder[..<pooled].contains($0) } ?? false
    return isPooled ? row.hiding(["n", "share"], .small) : row
  }

  private func antiPatterns(_ cells: [Cell]) -> RowDisclosure {
    let index = model.antiPatterns.firstIndex { $0.id == cells[0].text }
    let isShown = index.map(disclosure.showsAntiPattern) ?? false
    return isShown ? .whole : .without(["n", "base_n", "share"], .small)
  }
}

extension DisclosedTables {
  private func unlock() -> ([Cell]) -> RowDisclosure {
    let pools = model.stages.map(disclosure.unlockPools)
    return { cells in
      guard let stage = cells[0].stage else { return .leftOut(.complementary) }
      let requires = model.stages[stage].requires
      let place = requires.firstIndex { $0.id == cells[1].text } ?? requires.count
      var row = RowDisclosure.whole
      if pools[stage].hidesHeld { row = row.hiding(ResultColumns.held, .small) }
      return pools[stage].rows.contains(place) ? row.hiding(ResultColumns.blocked, .small) : row
    }
  }

  private func stageRules(_ cells: [Cell]) -> RowDisclosure {
    let rule = StageRule.allCases.first { $0.name == cells[0].text }
    let isShown = rule.map(disclosure.shows(rule:)) ?? false
    let isPooled = rule == .stagedLow && cells[1].stage.map(isHidden) == true
    return isShown && !isPooled ? .whole : .without(["n", "share"], .small)
  }

  private func sensitivity() -> ([Cell]) -> RowDisclosure {
    let ways = disclosure.sensitivityWays
    let columns: Set = [
      "n", "weighted", "base_n", "base_weighted", "share", "at_least_n", "at_least_weighted",
      "share_at_least",
    ]
    return { cells in
      let name = cells[0...2].map(\.text).joined(separator: "|")
      return ways.contains(name) ? .whole : .without(columns, .small)
    }
  }

  /// Ranges over all ways, and who is the same by all of them.
  private func sensitivityRange() -> ([Cell]) -> RowDisclosure {
    guard let sensitivity = tally.sensitivity else { return ranking(false) }
    let isShown =
      disclosure.showsUnchanged
      && disclosure.sensitivityWays.count == RuleWay.all(sensitivity).count
    return whole(
      isShown,
      [
        "n", "unchanged", "share_unchanged", "share_at_least", "lowest", "lowest_under", "highest",
        "highest_under",
      ])
  }

  private func nearMisses(_ cells: [Cell]) -> RowDisclosure {
    let isShown = cells[0].stage.map { disclosure.showsNearMisses(below: model.stages[$0]) }
    return isShown == true ? .whole : .without(["n", "weighted", "share_of_held"], .small)
  }

  /// Sets of a stage stand in the order of whom they free, so all are shown or none is.
  private func unlockSets(_ table: Table) -> ([Cell]) -> RowDisclosure {
    var shown = Set(
      model.stages.indices.filter { disclosure.showsNearMisses(below: model.stages[$0]) })
    let places = ["n", "n_exactly", "advances"].compactMap { name in
      table.columns.firstIndex { $0.name == name }
    }
    // Only what it hands the rows to could fail.
    try? table.forEachRow { cells in
      let counts = places.map { cells[$0].count }
      let rests = counts.dropFirst().map { counts[0] - min(counts[0], $0) }
      if let stage = cells[0].stage, !disclosure.rule.allows(counts + rests) {
        shown.remove(stage)
      }
    }
    return { cells in
      cells[0].stage.map(shown.contains) == true ? .whole : .leftOut(.small)
    }
  }

  private func loadBearing(_ cells: [Cell]) -> RowDisclosure {
    let columns: Set = [
      "fall", "fall_weighted", "share_falling", "stages_lost", "mean_fall", "largest_fall",
    ]
    guard let criterion = criteria[cells[0].text], shows(criterion) else {
      return .without(columns.union(["have"]), .small)
    }
    let place = tally.leverage?.loads.criteria.firstIndex(of: criterion)
    return place.map(disclosure.showsLoad) == true ? .whole : .without(columns, .small)
  }

  /// Scales are made of who fits in and who does not.
  private func validity(_ table: Table) -> ([Cell]) -> RowDisclosure {
    let names = table.columns.map(\.name)
    let counted = names.indices.filter {
      ["n", "errors_goodenough_edwards", "errors_minimum_change"].contains(names[$0])
    }
    let keys: Set = ["scope", "stage", "upper_stage", "kind", "items"]
    let columns = Set(names).subtracting(keys)
    let everybody = tally.everybody.base.count
    return { cells in
      let counts = counted.map { cells[$0].count }
      let rest = everybody - min(everybody, counts.first ?? 0)
      let isShown = !disclosure.hidesEverybody && disclosure.rule.allows(counts + [rest])
      return isShown ? .whole : .without(columns, .small)
    }
  }
}

extension Cell {
  fileprivate var text: String {
    if case .text(let text) = self {
      text
    } else if case .answer(let text) = self {
      text
    } else {
      ""
    }
  }

  /// Nil for `all`.
  fileprivate var stage: Int? { if case .integer(let stage) = self { Int(stage) } else { nil } }

  fileprivate var count: UInt64 { if case .integer(let count) = self { count } else { 0 } }
}
