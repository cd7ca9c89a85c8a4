/// A small maturity model for a test, in plain values: what a model file says, no more.
///
/// Criteria need not be listed: the requirements' are gates of weight 1 of the first stage that
/// names them. Stage numbers count from 1 here as everywhere; stage 0 is added.
package struct Ladder: Sendable {
  package var stages: [Stage]
  package var criteria: [Criterion]
  /// Merged options: a term's id and the criteria of which it proves one.
  package var merged: [Merged] = []
  package var conditions: [Condition] = []
  package var antiPatterns: [(id: String, present: [String], absent: [String])] = []

  package struct Stage: Sendable {
    package var requirements: [Requirement]
    package var coverage: String

    package init(requirements: [Requirement], coverage: String = "0.5") {
      (self.requirements, self.coverage) = (requirements, coverage)
    }
  }

  package struct Requirement: Sendable {
    package var id: String
    package var anyOf: [String]
    package var atLeast = 1
    package var condition: String?

    /// Named after its criteria: `a_b`.
    package static func any(
      _ criteria: String..., atLeast: Int = 1, when condition: String? = nil
    ) -> Requirement {
      Requirement(
        id: criteria.joined(separator: "_"), anyOf: criteria, atLeast: atLeast,
        condition: condition)
    }

    package init(id: String, anyOf: [String], atLeast: Int, condition: String?) {
      (self.id, self.anyOf, self.atLeast, self.condition) = (id, anyOf, atLeast, condition)
    }
  }

  package struct Criterion: Sendable {
    package var id: String
    package var stage: Int
    package var kind = "tool"
    package var need = "gate"
    package var weight = "1"
    package var absorbedBy: [String] = []
    package var mirrors: String?
  }

  package struct Merged: Sendable {
    package var id: String
    package var oneOf: [String]

    package init(id: String, oneOf: [String]) { (self.id, self.oneOf) = (id, oneOf) }
  }

  package struct Condition: Sendable {
    package var id: String
    package var items: [Item]

    package init(id: String, items: [Item]) { (self.id, self.items) = (id, items) }

    package struct Item: Sendable {
      package var metric: String
      package var above: Int
      package var unlessKnown: String?

      package init(metric: String, above: Int, unlessKnown: String?) {
        (self.metric, self.above, self.unlessKnown) = (metric, above, unlessKnown)
      }
    }
  }

  package init(_ stages: [Requirement]..., coverage: String = "0.5") {
    self.init(stages: stages.map { Stage(requirements: $0, coverage: coverage) })
  }

  package init(stages: [Stage]) {
    self.stages = stages
    criteria = []
    for (index, stage) in stages.enumerated() {
      for id in stage.requirements.flatMap(\.anyOf) where !criteria.contains(where: { $0.id == id })
      {
        criteria.append(Criterion(id: id, stage: index + 1))
      }
    }
  }

  /// Changes one criterion.
  package mutating func edit(_ id: String, _ change: (inout Criterion) -> Void) {
    for index in criteria.indices where criteria[index].id == id { change(&criteria[index]) }
  }

  /// Adds a criterion that no requirement names.
  package mutating func add(
    _ id: String, stage: Int, kind: String = "tool", need: String, mirrors: String? = nil
  ) {
    criteria.append(Criterion(id: id, stage: stage, kind: kind, need: need, mirrors: mirrors))
  }

  /// Adds a condition; each item is a metric, a threshold and what silences it.
  package mutating func when(_ id: String, _ items: (String, above: Int, unlessKnown: String?)...) {
    conditions.append(
      Condition(
        id: id,
        items: items.map { .init(metric: $0.0, above: $0.above, unlessKnown: $0.unlessKnown) }))
  }
}

extension Ladder {
  /// The model file.
  package var yaml: String {
    var lines = [
      "schema: stagecraft/model/1", "id: ladder", "version: 1.0.0", "title: Ladder", "stages:",
      "  - {stage: 0, id: s0, name: Start}",
    ]
    for (index, stage) in stages.enumerated() {
      lines.append(
        "  - {stage: \(index + 1), id: s\(index + 1), name: Step \(index + 1), "
          + "coverage: \(stage.coverage), requires: [")
      lines.append(stage.requirements.map(yaml).joined(separator: ",\n") + "]}")
    }
    lines += section("conditions", conditions.map(yaml))
    lines += section("criteria", criteria.map(yaml))
    lines += section("terms", criteria.filter { $0.mirrors == nil }.map(term) + merged.map(yaml))
    lines += section("anti_patterns", antiPatterns.map(yaml))
    return lines.joined(separator: "\n") + "\n"
  }

  private func section(_ name: String, _ items: [String]) -> [String] {
    items.isEmpty ? [] : ["\(name):"] + items
  }

  private func list(_ ids: [String]) -> String { "[" + ids.joined(separator: ", ") + "]" }

  private func yaml(_ requirement: Requirement) -> String {
    "      {id: \(requirement.id), any_of: \(list(requirement.anyOf)), "
      + "at_least: \(requirement.atLeast)"
      + (requirement.condition.map { ", applies_if: \($0)" } ?? "") + "}"
  }

  private func yaml(_ condition: Condition) -> String {
    let items = condition.items.map { item in
      "{metric: \(item.metric), above: \(item.above)"
        + (item.unlessKnown.map { ", unless_known: \($0)" } ?? "") + "}"
    }
    return "  \(condition.id): {any: \(list(items))}"
  }

  private func yaml(_ criterion: Criterion) -> String {
    "  - {id: \(criterion.id), kind: \(criterion.kind), stage: \(criterion.stage), "
      + "label: About \(criterion.id), need: \(criterion.need), weight: \(criterion.weight)"
      + (criterion.absorbedBy.isEmpty ? "" : ", absorbed_by: \(list(criterion.absorbedBy))")
      + (criterion.mirrors.map { ", mirrors: \($0)" } ?? "") + "}"
  }

  /// What proves the criterion of that name is written as its name, too.
  private func term(_ criterion: Criterion) -> String {
    "  - {id: term_\(criterion.id), kind: \(criterion.kind == "role" ? "role" : "tool"), "
      + "label: Has \(criterion.id), aliases: [\(criterion.id)], proves: [\(criterion.id)]}"
  }

  private func yaml(_ merged: Merged) -> String {
    "  - {id: \(merged.id), kind: tool, label: \(merged.id), proves_one_of: \(list(merged.oneOf))}"
  }

  private func yaml(_ pattern: (id: String, present: [String], absent: [String])) -> String {
    "  - {id: \(pattern.id), label: About \(pattern.id), when_present: \(list(pattern.present)), "
      + "when_absent: \(list(pattern.absent))}"
  }
}
