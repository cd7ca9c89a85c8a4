/// Why two sets are not comparable as they are.
package struct Obstacle: Sendable {
  package enum Kind: String, CaseIterable, Sendable {
    case model, unit, weights, questions
  }

  package let kind: Kind
  /// What differs, in sentences; ids and labels of the model alone.
  package let facts: [String]

  /// All obstacles between two sets.
  package static func between(_ first: PublishedSet, _ second: PublishedSet) -> [Obstacle] {
    let found = [
      Obstacle(kind: .model, facts: modelFacts(first, second)),
      Obstacle(
        kind: .unit,
        facts: first.about.unit == second.about.unit
          ? [] : ["A counts each \(first.about.unit), B each \(second.about.unit)."]),
      Obstacle(
        kind: .weights,
        facts: first.isWeighted == second.isWeighted
          ? [] : ["\(first.isWeighted ? "A" : "B") is weighted, the other is not."]),
      Obstacle(kind: .questions, facts: questionFacts(first, second)),
    ]
    return found.filter { !$0.facts.isEmpty }
  }

  private static func modelFacts(_ first: PublishedSet, _ second: PublishedSet) -> [String] {
    var facts: [String] = []
    let (one, other) = (first.about, second.about)
    if one.model != other.model || one.modelVersion != other.modelVersion {
      facts.append(
        "The model is \(one.model) \(one.modelVersion) in A, \(other.model) \(other.modelVersion) "
          + "in B.")
    }
    let (old, new) = (places(first), places(second))
    let changed = old.filter { id, place in new[id].map { $0 != place } ?? false }.keys
    facts += list("Criteria of the model of A alone", old.keys.filter { new[$0] == nil })
    facts += list("Criteria of the model of B alone", new.keys.filter { old[$0] == nil })
    facts += list("Criteria of another kind, stage or need", changed)
    let keys = Set(first.requirements.keys).union(second.requirements.keys)
    facts += list(
      "Requirements (stage/id) that ask for something else",
      keys.filter { first.requirements[$0] != second.requirements[$0] })
    return facts
  }

  private static func places(_ set: PublishedSet) -> [String: String] {
    Dictionary(set.criteria.map { ($0.id, "\($0.kind) \($0.stage) \($0.need)") }) { $1 }
  }

  private static func questionFacts(_ first: PublishedSet, _ second: PublishedSet) -> [String] {
    var facts: [String] = []
    for (stage, name) in first.stageNames.enumerated() where stage < second.assessable.count {
      let (one, other) = (first.assessable[stage], second.assessable[stage])
      if one != other {
        facts.append(
          "Stage \(stage) \(name) can be told in \(one ? "A" : "B") only; whoever stands there is "
            + "counted at the next lower one that both can tell.")
      } else if one, stage > 0 {
        facts += requirementFacts(stage, name, first, second)
      }
    }
    let old = Set(first.criteria.filter(\.isObservable).map(\.id))
    let new = Set(second.criteria.filter(\.isObservable).map(\.id))
    facts += list("Criteria that only A's questions can deny", old.subtracting(new))
    facts += list("Criteria that only B's questions can deny", new.subtracting(old))
    if first.about.unobservable != second.about.unobservable {
      facts.append(
        "What cannot be observed is '\(first.about.unobservable)' in A, "
          + "'\(second.about.unobservable)' in B.")
    }
    return facts
  }

  private static func requirementFacts(
    _ stage: Int, _ name: String, _ first: PublishedSet, _ second: PublishedSet
  ) -> [String] {
    guard stage <= first.about.unobserved.count, stage <= second.about.unobserved.count else {
      return []
    }
    let old = Set(first.about.unobserved[stage - 1])
    let new = Set(second.about.unobserved[stage - 1])
    return list("Stage \(stage) \(name) asks in A alone for", new.subtracting(old))
      + list("Stage \(stage) \(name) asks in B alone for", old.subtracting(new))
  }

  static func list(_ title: String, _ ids: some Sequence<String>) -> [String] {
    let ids = ids.sorted()
    return ids.isEmpty ? [] : ["\(title): \(ids.joined(separator: ", "))."]
  }
}
