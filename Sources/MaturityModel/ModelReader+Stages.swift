import Documents
import Statistics

extension ModelReader {
  /// The stages, numbered in order from 0.
  func stages() -> [Stage] {
    if stageItems.count > MaturityModel.stageLimit {
      root.note(.tooMany(limit: MaturityModel.stageLimit), at: "stages")
    }
    if root["stages"] != nil, stageItems.count < 2 {
      root.note(.tooFew(minimum: 2), at: "stages")
    }
    noteSharedStageNames()
    return stageItems.enumerated().map(stage)
  }

  private func stage(_ number: Int, _ item: DocumentValue) -> Stage {
    let map = item.mapping(keys: [
      "stage", "id", "name", "why", "cautions", "aliases", "coverage", "requires",
    ])
    _ = map.required("id")
    if let given = map.required("stage")?.integer(in: 0...MaturityModel.stageLimit),
      given != number
    {
      map.note(.stageOutOfOrder(expected: number), at: "stage")
    }
    return Stage(
      number: number, id: stageNames.ids[number], name: map.text("name"),
      why: map.optionalText("why"), cautions: map.texts("cautions"), aliases: map.texts("aliases"),
      coverage: map.decimal("coverage", in: .zero...(.one)) ?? Stage.usualCoverage,
      requires: requirements(map, stage: number))
  }

  private func requirements(_ map: DocumentMapping, stage number: Int) -> [Requirement] {
    let items = map.items("requires")
    if number > 0, items.isEmpty { map.note(.noRequirements, at: "requires") }
    if number == 0, !items.isEmpty { map.note(.startHasRequirements, at: "requires") }
    if items.count > MaturityModel.requirementLimit {
      map.note(.tooMany(limit: MaturityModel.requirementLimit), at: "requires")
    }
    let names = DocumentNames(of: items, kind: "requirement")
    return zip(names.ids, items).map(requirement)
  }

  private func requirement(_ id: String, _ item: DocumentValue) -> Requirement {
    let map = item.mapping(keys: ["id", "any_of", "at_least", "applies_if"])
    _ = map.required("id")
    let values = map.requiredItems("any_of")
    if map["any_of"]?.isEmptyList == true { map.note(.emptyList, at: "any_of") }
    let anyOf = gatingCriteria(values)
    let atLeast = map.integer("at_least", in: 1...max(1, values.count))
    let condition = map.given("applies_if").flatMap { $0.reference(to: conditionNames) }
    return Requirement(id: id, anyOf: anyOf, atLeast: atLeast ?? 1, appliesIf: condition)
  }

  /// The criteria that a requirement names: no triggers, and none twice, since `at_least` counts.
  private func gatingCriteria(_ values: [DocumentValue]) -> [Int] {
    var seen: Set<Int> = []
    for value in values {
      guard let place = criterionNames.place(of: value.rawText) else { continue }
      if isTrigger[place] { value.note(.triggerGatesStage(value.rawText)) }
      if !seen.insert(place).inserted { value.note(.repeatedReference(value.rawText)) }
    }
    return criteria(named: values)
  }

  /// The conditions in file order.
  func conditions() -> [Condition] {
    if conditionEntries.count > MaturityModel.conditionLimit {
      root.note(.tooMany(limit: MaturityModel.conditionLimit), at: "conditions")
    }
    return conditionEntries.map { id, value in
      if !isSnakeCase(id) { value.note(.notSnakeCase(id)) }
      let map = value.mapping(keys: ["any"])
      let items = map.requiredItems("any")
      if map["any"]?.isEmptyList == true { map.note(.emptyList, at: "any") }
      return Condition(id: id, any: items.map(conditionItem))
    }
  }

  private func conditionItem(_ item: DocumentValue) -> ConditionItem {
    let map = item.mapping(keys: ["metric", "above", "unless_known"])
    let limit = MaturityModel.thresholdLimit
    let range = Billionths(count: -limit.count)...limit
    return ConditionItem(
      metric: map.text("metric"), above: map.required("above")?.decimal(in: range) ?? .zero,
      unlessKnown: map.optionalText("unless_known"))
  }
}

extension Stage {
  /// Half of what a stage asks for, where the file says nothing (CONTRACT section 1).
  static let usualCoverage = Billionths(count: Billionths.perUnit / 2)
}
