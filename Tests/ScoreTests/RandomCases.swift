import StagecraftTestSupport

/// Random small models, surveys and answers. Everything the contract speaks of turns up: absorbers
/// in chains, merged options, mirrors, triggers, conditions, bands, and questions not asked.
struct RandomCases {
  var numbers: SeededGenerator

  init(seed: UInt64) { numbers = SeededGenerator(seed: seed) }

  private let metrics = ["m1", "m2", "m3"]

  /// - Parameter criteria: how many; nil: a few.
  mutating func ladder(criteria: Int? = nil) -> Ladder {
    let pool = (1...(criteria ?? 3 + numbers.number(below: 6))).map { "c\($0)" }
    let conditions = Array(["p", "q"].prefix(numbers.number(below: 3)))
    let stageCount = 1 + numbers.number(below: 4)
    var stages: [Ladder.Stage] = []
    for _ in 0..<stageCount { stages.append(stage(pool, conditions)) }
    var ladder = Ladder(stages: stages)
    for id in conditions { ladder.conditions.append(.init(id: id, items: items())) }
    for id in pool where !ladder.criteria.contains(where: { $0.id == id }) {
      ladder.add(id, stage: 1 + numbers.number(below: stageCount), need: "soft")
    }
    for index in ladder.criteria.indices { vary(&ladder, index) }
    addRelations(&ladder, pool)
    return ladder
  }

  private mutating func stage(_ pool: [String], _ conditions: [String]) -> Ladder.Stage {
    var requirements: [Ladder.Requirement] = []
    for number in 1...(1 + numbers.number(below: 4)) {
      let anyOf = Array(pool.shuffled(using: &numbers).prefix(1 + numbers.number(below: 4)))
      let condition =
        conditions.isEmpty || !numbers.oneIn(3) ? nil : numbers.pick(conditions)
      requirements.append(
        .init(
          id: "r\(number)", anyOf: anyOf,
          atLeast: numbers.oneIn(2) ? 1 : 1 + numbers.number(below: anyOf.count),
          condition: condition))
    }
    let coverage = numbers.pick(["0", "0.5", "0.5", "1", "0.333333333"])
    return .init(requirements: requirements, coverage: coverage)
  }

  private mutating func items() -> [Ladder.Condition.Item] {
    (0...numbers.number(below: 2)).map { _ in
      .init(
        metric: numbers.pick(metrics), above: numbers.number(below: 5),
        unlessKnown: numbers.oneIn(3) ? numbers.pick(metrics) : nil)
    }
  }

  private mutating func vary(_ ladder: inout Ladder, _ index: Int) {
    ladder.criteria[index].weight = numbers.pick(
      ["1", "1", "2", "0.5", "0.123456789", "37.000000001"])
    ladder.criteria[index].kind = numbers.pick(["role", "tool"])
    if numbers.oneIn(3) {
      ladder.criteria[index].need = numbers.pick(["soft", "bonus", "context"])
    }
    // Absorbers come later in the list, so that nothing absorbs itself.
    let later = ladder.criteria[(index + 1)...].map(\.id)
    ladder.criteria[index].absorbedBy = numbers.some(of: Array(later), onceIn: 8)
  }

  private mutating func addRelations(_ ladder: inout Ladder, _ pool: [String]) {
    for number in 1...3 where numbers.oneIn(2) && pool.count > 1 {
      let oneOf = Array(pool.shuffled(using: &numbers).prefix(2 + numbers.number(below: 2)))
      ladder.merged.append(.init(id: "merged_\(number)", oneOf: oneOf))
    }
    let stages = ladder.stages.count
    for number in 1...3 where numbers.oneIn(2) {
      let stage = 1 + numbers.number(below: stages)
      ladder.add("w\(number)", stage: stage, kind: "trigger", need: "context")
    }
    if numbers.oneIn(2) {
      let stage = 1 + numbers.number(below: stages)
      ladder.add("copy", stage: stage, need: "soft", mirrors: numbers.pick(pool))
    }
  }

  mutating func questionnaire(of ladder: Ladder) -> SmallQuestionnaire {
    let originals = ladder.criteria.filter { $0.mirrors == nil }.map(\.id)
    let unasked = Set(numbers.some(of: originals, onceIn: 1 + numbers.number(below: 6)))
    var questionnaire = SmallQuestionnaire(deniable: originals.filter { !unasked.contains($0) })
    questionnaire.metrics = metrics.filter { _ in !numbers.oneIn(4) }
    questionnaire.minAnswered = numbers.pick(["0", "0.5", "0.5", "0.333333333", "1"])
    questionnaire.minObservable = numbers.pick(["0", "0.25", "0.5", "1"])
    questionnaire.waivesUnobservable = numbers.oneIn(2)
    return questionnaire
  }

  mutating func answers(to questionnaire: SmallQuestionnaire, _ ladder: Ladder) -> Answers {
    var answers = Answers()
    let eagerness = 2 + numbers.number(below: 4)
    for id in ladder.criteria.filter({ $0.mirrors == nil }).map(\.id) {
      if !numbers.oneIn(eagerness) {
        if numbers.oneIn(3), questionnaire.deniable.contains(id) {
          answers.no.append(id)
        } else {
          answers.yes.append(id)
        }
      }
    }
    if numbers.oneIn(3) { (answers.yes, answers.no) = ([], []) }
    answers.merged = numbers.some(of: ladder.merged.map(\.id), onceIn: 2)
    for metric in metrics where !numbers.oneIn(3) { answers.metrics[metric] = band() }
    return answers
  }

  private mutating func band() -> Answers.Band {
    let low = numbers.number(below: 7)
    let high = low + (numbers.oneIn(2) ? 0 : numbers.number(below: 4))
    return .init(
      low: numbers.oneIn(6) ? nil : low, high: numbers.oneIn(6) ? nil : high)
  }
}
