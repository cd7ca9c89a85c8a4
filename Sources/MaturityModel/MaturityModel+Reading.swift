import Documents
import Statistics

extension MaturityModel {
  /// The model in a document. What it is worth when faults were noted: nothing.
  init(document: DocumentValue) {
    let root = document.mapping(keys: [
      "schema", "id", "version", "title", "stages", "conditions", "criteria", "terms",
      "anti_patterns",
    ])
    root.expectSchema("stagecraft/model/1")
    let id = root.text("id")
    let reader = ModelReader(root: root)
    self.init(
      id: id, version: root.text("version"), title: root.optionalText("title") ?? id,
      stages: reader.stages(), conditions: reader.conditions(), criteria: reader.criteria(),
      terms: reader.terms(), antiPatterns: reader.antiPatterns())
  }
}

/// Reads the parts of a model, which refer to each other by id.
struct ModelReader {
  let root: DocumentMapping
  let stageItems: [DocumentValue]
  let criterionItems: [DocumentValue]
  let termItems: [DocumentValue]
  let antiPatternItems: [DocumentValue]
  let conditionEntries: [(key: String, value: DocumentValue)]

  let stageNames: DocumentNames
  let criterionNames: DocumentNames
  let termNames: DocumentNames
  let antiPatternNames: DocumentNames
  let conditionNames: DocumentNames

  /// Per criterion: stages and terms must not name a mirror, stages no trigger either.
  let isMirror: [Bool]
  let isTrigger: [Bool]

  init(root: DocumentMapping) {
    self.root = root
    stageItems = root.requiredItems("stages")
    criterionItems = root.requiredItems("criteria")
    termItems = root.items("terms")
    antiPatternItems = root.items("anti_patterns")
    conditionEntries = root.given("conditions")?.entries() ?? []
    stageNames = DocumentNames(of: stageItems, kind: "stage")
    criterionNames = DocumentNames(of: criterionItems, kind: "criterion")
    termNames = DocumentNames(of: termItems, kind: "term")
    antiPatternNames = DocumentNames(of: antiPatternItems, kind: "anti-pattern")
    conditionNames = DocumentNames(conditionEntries.map(\.key), kind: "condition")
    isMirror = criterionItems.map { $0.peek("mirrors") != nil }
    isTrigger = criterionItems.map {
      $0.peek("kind")?.rawText == Criterion.Kind.trigger.rawValue
    }
  }

  /// The criteria that a list names; mirrors are noted as faults.
  func criteria(named values: [DocumentValue]) -> [Int] {
    var places: [Int] = []
    for value in values {
      guard let place = value.reference(to: criterionNames) else { continue }
      if isMirror[place] { value.note(.mirrorReference(value.rawText)) }
      if !places.contains(place) { places.append(place) }
    }
    return places
  }
}

extension ModelReader {
  func criteria() -> [Criterion] {
    if criterionItems.count > MaturityModel.criterionLimit {
      root.note(.tooMany(limit: MaturityModel.criterionLimit), at: "criteria")
    }
    let criteria = criterionItems.enumerated().map(criterion)
    noteCycles(criteria)
    return criteria
  }

  private func criterion(_ place: Int, _ item: DocumentValue) -> Criterion {
    let map = item.mapping(keys: [
      "id", "ref", "kind", "stage", "label", "need", "weight", "absorbed_by", "advice", "combine",
      "mirrors",
    ])
    _ = map.required("id")
    let lastStage = max(1, stageItems.count - 1)
    let kind = map.choice("kind", or: Criterion.Kind.tool)
    return Criterion(
      id: criterionNames.ids[place], ref: map.optionalText("ref"), kind: kind,
      stage: map.required("stage")?.integer(in: 1...lastStage) ?? 1, label: map.text("label"),
      need: map.choice("need", or: .context), weight: weight(map),
      absorbedBy: criteria(named: map.items("absorbed_by")), advice: map.optionalText("advice"),
      combine: map.optionalChoice("combine", or: .existence) ?? .usual(for: kind),
      mirrors: map["mirrors"].flatMap { criteria(named: [$0]).first })
  }

  private func weight(_ map: DocumentMapping) -> Billionths {
    let limit = MaturityModel.weightLimit
    let weight = map.decimal("weight", in: Billionths(count: -limit.count)...limit) ?? .one
    if weight <= .zero { map.note(.notAboveZero, at: "weight") }
    return weight
  }

  func terms() -> [Term] {
    let terms = termItems.enumerated().map(term)
    noteSharedAliases(terms)
    noteSingleChoices()
    return terms
  }

  private func term(_ place: Int, _ item: DocumentValue) -> Term {
    let map = item.mapping(keys: ["id", "kind", "label", "aliases", "proves", "proves_one_of"])
    _ = map.required("id")
    return Term(
      id: termNames.ids[place], kind: map.choice("kind", or: .tool),
      label: map.required("label")?.properText() ?? "",
      aliases: map.items("aliases").map { $0.properText() },
      proves: criteria(named: map.items("proves")),
      provesOneOf: criteria(named: map.items("proves_one_of")))
  }

  func antiPatterns() -> [AntiPattern] {
    antiPatternItems.enumerated().map { place, item in
      let map = item.mapping(keys: ["id", "label", "when_present", "when_absent"])
      _ = map.required("id")
      return AntiPattern(
        id: antiPatternNames.ids[place], label: map.text("label"),
        whenPresent: criteria(named: map.items("when_present")),
        whenAbsent: criteria(named: map.items("when_absent")))
    }
  }
}
