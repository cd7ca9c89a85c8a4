import Documents
import MaturityModel
import Statistics
import TextFolding

extension Survey {
  /// The survey in a document. What it is worth when faults were noted: nothing.
  init(document: DocumentValue, model: MaturityModel) {
    let root = document.mapping(keys: [
      "schema", "id", "title", "model", "source", "keep", "respondent", "segments", "metrics",
      "self_assessed", "questions", "thresholds", "unit", "rake",
    ])
    root.expectSchema("stagecraft/survey/1")
    let reader = SurveyReader(root: root, model: model)
    let segments = reader.segments()
    self.init(
      id: root.text("id"), title: root.optionalText("title"),
      modelReference: root.optionalText("model"), source: reader.source(), keep: reader.keep(),
      respondent: reader.respondent(), segments: segments, metrics: reader.metrics(),
      selfAssessed: reader.selfAssessed(), questions: reader.questions(),
      thresholds: reader.thresholds(), unit: reader.unit(), rake: reader.rake(segments),
      columnPositions: reader.columnPositions())
  }
}

/// Reads the parts of a survey file.
struct SurveyReader {
  let root: DocumentMapping
  let model: MaturityModel
  let criterionNames: DocumentNames
  let termNames: DocumentNames

  init(root: DocumentMapping, model: MaturityModel) {
    self.root = root
    self.model = model
    criterionNames = DocumentNames(model.criteria.map(\.id), kind: "criterion")
    termNames = DocumentNames(model.terms.map(\.id), kind: "term")
  }

  func respondent() -> Respondent {
    let keys = ["id", "duplicates", "weight", "organisation", "leader"]
    guard let map = root.given("respondent")?.mapping(keys: keys) else {
      return Respondent(id: nil, duplicates: .keep, weight: nil, organisation: nil, leader: nil)
    }
    let id = map.optionalText("id")
    let duplicates = map.optionalChoice("duplicates", or: .keep) ?? Respondent.Duplicates.keep
    if duplicates != .keep, id == nil { map.note(.needsKey("id"), at: "duplicates") }
    let (organisation, leader) = (map.optionalText("organisation"), leader(map))
    if organisation == nil, leader != nil { map.note(.needsKey("organisation"), at: "leader") }
    return Respondent(
      id: id, duplicates: duplicates, weight: map.optionalText("weight"),
      organisation: organisation, leader: leader)
  }

  private func leader(_ map: DocumentMapping) -> Respondent.LeaderRule? {
    guard let rule = map.given("leader")?.mapping(keys: ["column", "in"]) else { return nil }
    guard let list = rule.required("in") else { return nil }
    if list.isEmptyList { list.note(.emptyList) }
    return Respondent.LeaderRule(column: rule.text("column"), texts: folded(list.texts()))
  }

  /// What the tables count.
  func unit() -> Survey.Unit {
    let unit = root.optionalChoice("unit", or: .respondent) ?? Survey.Unit.respondent
    if unit == .organisation {
      let respondent = root.given("respondent")
      if respondent?.peek("organisation") == nil {
        root.note(.needsKey("respondent.organisation"), at: "unit")
      }
      // Each organisation counts once: a weight is a respondent's, and says nothing of it.
      if respondent?.peek("weight") != nil {
        root.note(.excludedBy("respondent.weight"), at: "unit")
      }
    }
    return unit
  }

  func keep() -> [KeepRule] {
    namedItems("keep").map { id, item in
      let map = item.mapping(keys: ["id", "column", "in", "not_in"])
      _ = map.required("id")
      if map["in"] == nil, map["not_in"] == nil {
        map.note(.needsOneOf(["in", "not_in"]), at: "in")
      }
      return KeepRule(
        id: id, column: map.text("column"), allowed: keepTexts(map, "in"),
        refused: keepTexts(map, "not_in"))
    }
  }

  private func keepTexts(_ map: DocumentMapping, _ key: String) -> Set<String>? {
    guard let list = map[key] else { return nil }
    if list.isEmptyList { list.note(.emptyList) }
    return folded(list.texts())
  }

  func segments() -> [Segment] {
    namedItems("segments").map { id, item in
      let map = item.mapping(keys: ["id", "column", "values"])
      if SurveyReader.takenSegmentIDs.contains(id) { map.note(.reservedID(id), at: "id") }
      _ = map.required("id")
      return Segment(
        id: id, column: map.text("column"), values: foldedValues(map) { $0.nonEmptyText() })
    }
  }

  /// `all` is everybody; the others are columns of respondents.csv, where segments have columns too.
  private static let takenSegmentIDs: Set<String> = [
    "all", "source", "record", "respondent", "fate", "stage", "stage_low", "stage_high",
    "determined", "highest", "compensatory", "progress", "readiness", "blocking",
  ]

  func metrics() -> [Metric] {
    namedItems("metrics").map { id, item in
      let map = item.mapping(keys: ["id", "column", "values"])
      _ = map.required("id")
      return Metric(id: id, column: map.text("column"), values: foldedValues(map, band))
    }
  }

  /// A number, a band `[low, high]` with null for an open end, or nil for null.
  private func band(_ value: DocumentValue) -> MetricBand? {
    if value.isNull { return nil }
    let limit = MaturityModel.thresholdLimit
    let range = Billionths(count: -limit.count)...limit
    guard value.itemCount != nil else {
      let number = value.decimal(in: range)
      return MetricBand(low: number, high: number)
    }
    let ends = value.items().map { $0.isNull ? nil : $0.decimal(in: range) }
    guard ends.count == 2 else {
      value.note(.notABand)
      return nil
    }
    if let low = ends[0], let high = ends[1], low > high { value.note(.notABand) }
    return MetricBand(low: ends[0], high: ends[1])
  }

  func selfAssessed() -> SelfAssessed? {
    guard let map = root.given("self_assessed")?.mapping(keys: ["column", "values"]) else {
      return nil
    }
    let given = foldedValues(map) { value in
      value.isNull ? nil : value.integer(in: 0...(model.stages.count - 1))
    }
    return SelfAssessed(
      column: map.text("column"), values: given.merging(stageNames) { explicit, _ in explicit })
  }

  private var stageNames: [String: Int?] {
    var numbers: [String: Int?] = [:]
    for stage in model.stages {
      for name in [stage.name] + stage.aliases { numbers[TextFolding.fold(name)] = stage.number }
    }
    return numbers
  }

  func thresholds() -> Thresholds {
    let map = root.given("thresholds")?.mapping(keys: [
      "min_answered", "min_observable", "unobservable",
    ])
    let share = Billionths.zero...Billionths.one
    return Thresholds(
      minAnswered: map?.decimal("min_answered", in: share)
        ?? Billionths(count: Billionths.perUnit / 2),
      minObservable: map?.decimal("min_observable", in: share)
        ?? Billionths(count: Billionths.perUnit / 4),
      unobservable: map?.optionalChoice("unobservable", or: .waive) ?? .waive)
  }
}

extension SurveyReader {
  /// The items of an optional list with their ids, checked.
  func namedItems(_ key: String) -> [(id: String, item: DocumentValue)] {
    let items = root.items(key)
    let names = DocumentNames(of: items, kind: key)
    return zip(names.ids, items).map { (id: $0, item: $1) }
  }

  func folded(_ texts: [String]) -> Set<String> { Set(texts.map(TextFolding.fold)) }

  /// The mapping `values` with folded keys. Two keys that fold to one text must mean the same.
  func foldedValues<Value: Equatable>(
    _ map: DocumentMapping, _ read: (DocumentValue) -> Value
  ) -> [String: Value] {
    foldedPairs(map.given("values"), read)
  }

  func foldedPairs<Value: Equatable>(
    _ mapping: DocumentValue?, _ read: (DocumentValue) -> Value
  ) -> [String: Value] {
    var values: [String: Value] = [:]
    for (key, item) in mapping?.entries() ?? [] {
      let text = TextFolding.fold(key)
      let value = read(item)
      if let earlier = values[text], earlier != value { item.note(.contradictsKey(key)) }
      if values[text] == nil { values[text] = value }
    }
    return values
  }
}
