import Documents
import MaturityModel
import Statistics
import TextFolding

extension SurveyReader {
  /// The questions in file order.
  func questions() -> [Question] {
    _ = root.required("questions")
    return namedItems("questions").map(question)
  }

  private func question(_ id: String, _ item: DocumentValue) -> Question {
    let map = item.mapping(keys: [
      "id", "column", "columns", "except", "style", "separator", "asks", "unselected", "ticked",
      "none", "other", "ignore", "answers", "criterion", "yes", "no", "grades",
    ])
    _ = map.required("id")
    let style = style(map)
    return Question(
      id: id, columns: columns(map), except: map.items("except").map { $0.nonEmptyText() },
      style: style ?? .choice, separator: separator(map), asks: criteria(map.items("asks")),
      deniesUnselected: deniesUnselected(map, style: style), ticked: folded(map.texts("ticked")),
      none: folded(map.texts("none")), other: folded(map.texts("other")),
      ignore: folded(map.texts("ignore")), answers: foldedPairs(map.given("answers"), terms),
      criterion: map["criterion"].flatMap { criteria([$0]).first },
      yes: folded(map.texts("yes")), no: folded(map.texts("no")), grades: grades(map))
  }

  /// The style, after checking that the other keys go with it; nil where it is unknown.
  private func style(_ map: DocumentMapping) -> Question.Style? {
    guard let value = map.required("style"),
      let style = Question.Style(rawValue: value.rawText)
    else {
      _ = map["style"]?.choice(or: Question.Style.choice)
      return nil
    }
    for (key, styles) in SurveyReader.stylesOfKey where !styles.contains(style) {
      if map.given(key) != nil { map.note(.notForStyle(style.rawValue), at: key) }
    }
    if style == .scale { checkScale(map) }
    return style
  }

  private static let stylesOfKey: [(key: String, styles: Set<Question.Style>)] =
    ["asks", "unselected", "none", "other", "ignore", "answers"].map {
      ($0, [.options, .list, .choice])
    } + [
      ("separator", [.list]), ("ticked", [.options]), ("criterion", [.scale]), ("yes", [.scale]),
      ("no", [.scale]), ("grades", [.scale]),
    ]

  private func checkScale(_ map: DocumentMapping) {
    _ = map.required("criterion")
    if map.given("yes") == nil, map.given("no") == nil {
      map.note(.needsOneOf(["yes", "no"]), at: "yes")
    }
    let yes = Set((map.given("yes")?.listItems ?? []).map { TextFolding.fold($0.rawText) })
    for value in map.given("no")?.listItems ?? []
    where yes.contains(TextFolding.fold(value.rawText)) {
      value.note(.contradictsKey(value.rawText))
    }
  }

  private func grades(_ map: DocumentMapping) -> [String: Billionths] {
    let decided = folded(
      ((map.given("yes")?.listItems ?? []) + (map.given("no")?.listItems ?? [])).map(\.rawText))
    for (text, grade) in map.given("grades")?.entries() ?? []
    where decided.contains(TextFolding.fold(text)) {
      grade.note(.contradictsKey(text))
    }
    return foldedPairs(map.given("grades")) { $0.decimal(in: .zero ... .one) ?? .zero }
  }

  private func columns(_ map: DocumentMapping) -> [String] {
    if let column = map.given("column") {
      if map.given("columns") != nil { column.note(.excludedBy("columns")) }
      return [column.nonEmptyText()]
    }
    guard let list = map.required("columns") else { return [] }
    if list.isEmptyList { list.note(.emptyList) }
    return list.items().map { $0.nonEmptyText() }
  }

  private func separator(_ map: DocumentMapping) -> String {
    guard let value = map.given("separator") else { return ";" }
    let text = value.text()
    if text.isEmpty, value.isScalar { value.note(.emptyText) }
    let folded = TextFolding.fold(text)
    return folded.isEmpty ? " " : folded
  }

  private func deniesUnselected(_ map: DocumentMapping, style: Question.Style?) -> Bool {
    let usual: Unselected = style == .choice || style == .scale ? .unknown : .absent
    return (map.optionalChoice("unselected", or: usual) ?? usual) == .absent
  }

  /// What an answer without a criterion says about it.
  private enum Unselected: String, CaseIterable {
    case absent, unknown
  }

  /// The criteria that the values name, none twice; mirrors are noted as faults.
  private func criteria(_ values: [DocumentValue]) -> [Int] {
    var places: [Int] = []
    for value in values {
      guard let place = value.reference(to: criterionNames) else { continue }
      if model.criteria[place].mirrors != nil { value.note(.mirrorReference(value.rawText)) }
      if !places.contains(place) { places.append(place) }
    }
    return places
  }

  /// One term, or a list of terms.
  private func terms(_ value: DocumentValue) -> [Int] {
    let values = value.listItems ?? [value]
    return values.compactMap { $0.reference(to: termNames) }
  }
}
