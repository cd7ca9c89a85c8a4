import StagecraftTestSupport

/// The contract's section 3 word for word, on sets of names: slow, plain, and written without a
/// look at the product's scorer. What the product is compared with.
struct ReferenceScorer {
  let ladder: Ladder
  let questionnaire: SmallQuestionnaire

  enum Value { case yes, no, unknown, notApplicable, waived }
  typealias World = [String: Value]

  func outcome(_ answers: Answers) -> Outcome {
    let response = Response(
      yes: withAbsorbed(Set(answers.yes)), no: Set(answers.no), merged: merged(answers))
    var conditions: World = [:]
    for condition in ladder.conditions {
      conditions[condition.id] = value(of: condition, answers.metrics)
    }
    return ReferenceRun(
      scorer: self, response: response, conditions: conditions, worlds: worlds(of: conditions)
    ).outcome
  }

  /// One response after absorption.
  struct Response {
    let yes: Set<String>
    let no: Set<String>
    /// The criteria of each merged option that was chosen.
    let merged: [Set<String>]

    func evidence(_ id: String) -> Value {
      yes.contains(id) ? .yes : no.contains(id) ? .no : .unknown
    }
  }

  /// "A criterion that is not yes becomes yes when one of its absorbers (transitively) is yes."
  private func withAbsorbed(_ proved: Set<String>) -> Set<String> {
    var yes = proved
    while true {
      let more = ladder.criteria.filter { criterion in
        !yes.contains(criterion.id) && criterion.absorbedBy.contains(where: yes.contains)
      }
      if more.isEmpty { return yes }
      yes.formUnion(more.map(\.id))
    }
  }

  private func merged(_ answers: Answers) -> [Set<String>] {
    ladder.merged.filter { answers.merged.contains($0.id) }.map { Set($0.oneOf) }
  }

  /// Any of its items; a band decides only when both its ends agree; any of nothing is false.
  private func value(of condition: Ladder.Condition, _ metrics: [String: Answers.Band]) -> Value {
    let asked = metrics.filter { questionnaire.metrics.contains($0.key) }
    var values: [Value] = []
    for item in condition.items {
      if let other = item.unlessKnown, asked[other] != nil { continue }
      guard let band = asked[item.metric] else {
        values.append(.unknown)
        continue
      }
      let low = band.low.map { $0 > item.above } ?? false
      let high = band.high.map { $0 > item.above } ?? true
      values.append(low == high ? (low ? .yes : .no) : .unknown)
    }
    return values.contains(.yes) ? .yes : values.contains(.unknown) ? .unknown : .no
  }

  /// Every way in which the unknown conditions can turn out.
  private func worlds(of conditions: World) -> [World] {
    conditions.filter { $0.value == .unknown }.keys.sorted().reduce([conditions]) { worlds, name in
      worlds.flatMap { world in
        [Value.yes, .no].map { value in world.merging([name: value]) { _, new in new } }
      }
    }
  }

  func isObservable(_ id: String) -> Bool {
    let original = ladder.criteria.first { $0.id == id }?.mirrors
    return questionnaire.deniable.contains(original ?? id)
  }

  func isObservable(_ requirement: Ladder.Requirement) -> Bool {
    requirement.anyOf.filter(isObservable).count >= requirement.atLeast
  }

  var assessableStages: [Int] {
    (1...ladder.stages.count).filter { stage in
      let requirements = ladder.stages[stage - 1].requirements
      let seen = requirements.filter(isObservable).count
      let share = Fraction("\(seen)") / Fraction("\(requirements.count)")
      return seen >= min(2, requirements.count) && share >= Fraction(questionnaire.minObservable)
    }
  }

  /// How many of the requirement's criteria are there when exactly `present` are: a merged option
  /// stands for one more unless one of its criteria is among them.
  private func reached(
    _ requirement: Ladder.Requirement, _ present: Set<String>, _ merged: [Set<String>]
  ) -> Int {
    let helps = merged.contains {
      $0.isSubset(of: requirement.anyOf) && $0.isDisjoint(with: present)
    }
    return present.count + (helps ? 1 : 0)
  }

  func value(
    of requirement: Ladder.Requirement, _ response: Response, in world: World
  ) -> Value {
    let condition = requirement.condition.flatMap { world[$0] } ?? .yes
    if condition == .no { return .notApplicable }
    let members = Set(requirement.anyOf)
    let present = members.intersection(response.yes)
    if reached(requirement, present, response.merged) >= requirement.atLeast { return .yes }
    if !isObservable(requirement) {
      return questionnaire.waivesUnobservable ? .waived : .unknown
    }
    // Can it be reached, whichever of the observable unknown criteria count as yes?
    let open = members.filter { isObservable($0) && response.evidence($0) == .unknown }
    let most = subsets(of: Array(open)).map {
      reached(requirement, present.union($0), response.merged)
    }
    return (most.max() ?? 0) < requirement.atLeast && condition == .yes ? .no : .unknown
  }

  private func subsets(of items: [String]) -> [Set<String>] {
    items.reduce([[]]) { subsets, item in subsets + subsets.map { $0.union([item]) } }
  }
}
