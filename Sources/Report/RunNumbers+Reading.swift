import Publish

extension RunNumbers {
  /// The tables they are made of; the long ones are not read.
  package static let tables = [
    "stage_distribution", "questionnaire_coverage", "role_gap_matrix", "tool_gap_matrix",
    "role_tool_gap_matrix", "unlock", "stage_rules", "anti_patterns", "unmapped_answers",
    "raking", "sensitivity_range", "organisations", "organisation_criteria",
  ]

  /// - Parameter table: a table of `tables` by its name; one that is not there is empty.
  package init(_ about: About, table: (String) throws -> TableRows) rethrows {
    self.about = about
    readDistribution(try table("stage_distribution"))
    readCriteria(try table("questionnaire_coverage"))
    let places = Dictionary(criteria.enumerated().map { ($1.id, $0) }) { first, _ in first }
    roleGaps = RunNumbers.gaps(try table("role_gap_matrix"), places)
    toolGaps = RunNumbers.gaps(try table("tool_gap_matrix"), places)
    readRoleTools(try table("role_tool_gap_matrix"), places)
    readBlockers(try table("unlock"), places)
    readRules(try table("stage_rules"))
    antiPatterns = try table("anti_patterns").map { row in
      AntiPattern(
        label: row.text("label"), count: row.known("n"), base: row.known("base_n"),
        share: row.number("share"))
    }
    readUnmapped(try table("unmapped_answers"))
    margins = try table("raking").map { row in
      Margin(
        segment: row.text("segment"), category: row.text("category"), count: row.count("n"),
        before: row.number("base_share"), target: row.number("target"),
        after: row.number("share"))
    }
    stageRanges = try table("sensitivity_range").map { row in
      StageRange(
        stage: Int(row.count("stage")), published: row.number("share_at_least"),
        lowest: row.number("lowest"), lowestUnder: row.text("lowest_under"),
        highest: row.number("highest"), highestUnder: row.text("highest_under"))
    }
    readAgreement(try table("organisations"), try table("organisation_criteria"))
  }

  private mutating func readDistribution(_ table: TableRows) {
    for row in table.map(\.self) {
      let (segment, value) = (row.text("segment"), row.text("segment_value"))
      let stage = Int(row.count("stage"))
      if stage == 0 {
        groups.append(
          Group(
            segment: segment, value: value, count: row.known("base_n"),
            isWeighted: row.number("base_weighted") != row.number("base_n")
              || row.number("n_effective").map { $0 != row.number("base_n") } ?? false,
            shares: []))
      }
      if groups.count == 1 {
        stages.append(
          Stage(
            number: stage, name: row.text("stage_name"), isAssessable: row.isTrue("assessable")))
      }
      if groups.isEmpty { continue }
      groups[groups.count - 1].shares.append(
        Share(
          count: row.known("n"), share: row.number("share"), low: row.number("share_low"),
          high: row.number("share_high")))
    }
  }

  private mutating func readCriteria(_ table: TableRows) {
    criteria = table.map { row in
      Criterion(
        id: row.text("criterion"), label: row.text("label"), kind: row.text("kind"),
        stage: Int(row.count("stage")), isObservable: row.isTrue("observable"),
        isConfirmable: row.isTrue("confirmable"), questions: row.text("questions"))
    }
    for row in table.map(\.self) {
      let stage = Int(row.count("stage"))
      guard stages.indices.contains(stage) else { continue }
      stages[stage].requirements = Int(row.count("stage_requirements"))
      stages[stage].observable = Int(row.count("stage_requirements_observable"))
    }
  }

  /// A matrix, turned: a criterion is a row here.
  private static func gaps(_ table: TableRows, _ places: [String: Int]) -> [Gap] {
    table.columns.enumerated().dropFirst(3).compactMap { column, id in
      places[id].map { criterion in
        Gap(criterion: criterion, shares: table.rows.map { $0[column].number })
      }
    }
  }

  /// Roles and tools of which nothing is known in any pair are left out.
  private mutating func readRoleTools(_ table: TableRows, _ places: [String: Int]) {
    let tools = table.columns.indices.dropFirst().filter { column in
      places[table.columns[column]] != nil
        && table.rows.contains { $0[column] != .null && $0[column].number != nil }
    }
    roleTools.tools = tools.compactMap { places[table.columns[$0]] }
    for cells in table.rows {
      guard let role = cells.first.flatMap({ places[$0.string] }) else { continue }
      let gaps = tools.map { cells[$0].number }
      if gaps.allSatisfy({ $0 == nil }) { continue }
      roleTools.roles.append(role)
      roleTools.gaps.append(gaps)
    }
  }

  private mutating func readBlockers(_ table: TableRows, _ places: [String: Int]) {
    blockers = table.map { row in
      let ids = row.text("any_of").split(separator: "|").map(String.init)
      return Blocker(
        stage: Int(row.count("stage")),
        labels: ids.map { id in places[id].map { criteria[$0].label } ?? id },
        held: row.known("held"), blocked: row.known("blocked"), alone: row.known("sole"),
        advances: row.known("advances"), credit: row.number("shapley"),
        shareOfHeld: row.number("share_of_held"))
    }
  }

  private mutating func readRules(_ table: TableRows) {
    for row in table.map(\.self) {
      let name = row.text("rule")
      if rules.last?.name != name { rules.append(Rule(name: name, shares: [])) }
      rules[rules.count - 1].shares.append(
        Share(count: row.known("n"), share: row.number("share")))
    }
  }

  private mutating func readAgreement(_ table: TableRows, _ criteria: TableRows) {
    agreement.organisations = UInt64(table.rows.count)
    if agreement.organisations == 0 { return }
    agreement.spreads = Array(repeating: 0, count: stages.count)
    for row in table.map(\.self) where row.count("respondents_scored") > 1 {
      let (lowest, highest) = (row.count("respondent_stage_min"), row.count("respondent_stage_max"))
      guard lowest <= highest, let distance = Int(exactly: highest - lowest),
        agreement.spreads.indices.contains(distance)
      else { continue }
      agreement.spreads[distance] += 1
    }
    agreement.criteria = criteria.map { row in
      Agreement.Criterion(
        label: row.text("criterion_label"), organisations: row.count("organisations"),
        disputed: row.count("disputed"), majorityShare: row.number("majority_share"))
    }
  }

  private mutating func readUnmapped(_ table: TableRows) {
    for row in table.map(\.self) {
      let question = row.text("question")
      if unmapped.last?.question != question {
        unmapped.append(Unmapped(question: question, texts: 0, answers: 0))
      }
      unmapped[unmapped.count - 1].texts += 1
      let known = unmapped[unmapped.count - 1].answers
      unmapped[unmapped.count - 1].answers = known.flatMap { sum in
        row.known("n").map { sum + $0 }
      }
    }
  }
}
