import StagecraftTestSupport

/// One response under ``ReferenceScorer``, from requirements to the published numbers.
struct ReferenceRun {
  let scorer: ReferenceScorer
  let response: ReferenceScorer.Response
  let conditions: ReferenceScorer.World
  let worlds: [ReferenceScorer.World]

  private var ladder: Ladder { scorer.ladder }

  private func requirements(_ stage: Int) -> [Ladder.Requirement] {
    ladder.stages[stage - 1].requirements
  }

  /// A criterion applies unless it appears only in requirements that do not apply.
  private func applies(_ id: String, in world: ReferenceScorer.World) -> Bool {
    let naming = ladder.stages.flatMap(\.requirements).filter { $0.anyOf.contains(id) }
    return naming.isEmpty || naming.contains { $0.condition.map { world[$0] != .no } ?? true }
  }

  private func coverage(
    _ stage: Int, in world: ReferenceScorer.World, readingHigh: Bool
  ) -> Fraction {
    let counted = ladder.criteria.filter { criterion in
      criterion.stage == stage && criterion.kind != "trigger" && criterion.mirrors == nil
        && ["gate", "soft"].contains(criterion.need) && scorer.isObservable(criterion.id)
        && applies(criterion.id, in: world)
    }
    let good: [ReferenceScorer.Value] = readingHigh ? [.yes, .unknown] : [.yes]
    let part = counted.filter { good.contains(response.evidence($0.id)) }
    let weight = { (criteria: [Ladder.Criterion]) in
      criteria.reduce(Fraction.zero) { $0 + Fraction($1.weight) }
    }
    return counted.isEmpty ? .one : weight(part) / weight(counted)
  }

  private func coverageLow(_ stage: Int) -> Fraction {
    worlds.map { coverage(stage, in: $0, readingHigh: false) }.min() ?? .one
  }

  private func isSatisfied(_ stage: Int, readingHigh: Bool) -> Bool {
    let bad: [ReferenceScorer.Value] = readingHigh ? [.no] : [.no, .unknown]
    let ways = worlds.map { world in
      requirements(stage).allSatisfy { !bad.contains(scorer.value(of: $0, response, in: world)) }
        && coverage(stage, in: world, readingHigh: readingHigh)
          >= Fraction(ladder.stages[stage - 1].coverage)
    }
    return readingHigh ? ways.contains(true) : !ways.contains(false)
  }

  private func climb(readingHigh: Bool) -> Int {
    let held = scorer.assessableStages.prefix { isSatisfied($0, readingHigh: readingHigh) }
    return held.last ?? 0
  }

  private var isEnoughAnswered: Bool {
    let asked = scorer.assessableStages.flatMap(requirements).filter(scorer.isObservable)
    let known = asked.filter { scorer.value(of: $0, response, in: conditions) != .unknown }
    return Fraction("\(known.count)")
      >= Fraction(scorer.questionnaire.minAnswered) * Fraction("\(asked.count)")
  }

  private func shown(_ criterion: Ladder.Criterion) -> String {
    let id = criterion.mirrors ?? criterion.id
    if !applies(id, in: conditions) { return "not applicable" }
    return "\(response.evidence(id))"
  }

  private func readiness(_ stage: Int) -> UInt64? {
    let triggers = ladder.criteria.filter { $0.kind == "trigger" && $0.stage == stage }
    let values = triggers.map { response.evidence($0.id) }
    let known = values.filter { $0 != .unknown }
    if known.isEmpty { return nil }
    return (Fraction("\(known.filter { $0 == .yes }.count)") / Fraction("\(known.count)"))
      .millionths
  }

  var outcome: Outcome {
    var outcome = Outcome()
    let stages = scorer.assessableStages
    outcome.low = climb(readingHigh: false)
    outcome.high = climb(readingHigh: true)
    outcome.isScored = outcome.low == outcome.high || isEnoughAnswered
    outcome.highest = stages.last { isSatisfied($0, readingHigh: false) } ?? 0
    let sum = stages.reduce(Fraction.zero) { $0 + coverageLow($1) }
    let score =
      Fraction("\(stages.last ?? 0)") * sum / Fraction("\(max(1, stages.count))")
    outcome.compensatory = score.millionths
    outcome.compensatoryFloor = score.floor
    for criterion in ladder.criteria { outcome.shown[criterion.id] = shown(criterion) }
    outcome.next = stages.first { $0 > outcome.low }
    outcome.progress = (outcome.next.map(coverageLow) ?? .one).millionths
    guard let next = outcome.next else { return outcome }
    outcome.isNextCovered = coverageLow(next) >= Fraction(ladder.stages[next - 1].coverage)
    outcome.readiness = readiness(next)
    for requirement in requirements(next) {
      let value = scorer.value(of: requirement, response, in: conditions)
      if value == .no || value == .unknown { outcome.blocking.append(requirement.id) }
      if value == .unknown { outcome.blockingUnknown.append(requirement.id) }
    }
    return outcome
  }
}
