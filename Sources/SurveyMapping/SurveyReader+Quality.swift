import Documents
import Statistics
import TextFolding

extension SurveyReader {
  /// - Parameters:
  ///   - questions: those of the survey.
  ///   - keep: what its records are filtered by before.
  func quality(_ questions: [Question], _ keep: [KeepRule]) -> QualityRules? {
    let checks = QualityRules.Check.allCases.map(\.rawValue)
    guard let map = root.given("quality")?.mapping(keys: checks + ["exclude"]) else { return nil }
    if checks.allSatisfy({ map.given($0) == nil }) { map.note(.needsOneOf(checks), at: checks[0]) }
    let speeders = map.given("speeders").flatMap(speeders)
    return QualityRules(
      speeders: speeders, grids: grids(map),
      contradictions: contradictions(map.items("contradictions"), questions),
      excluded: excluded(map, speeders, keep))
  }

  private func speeders(_ value: DocumentValue) -> QualityRules.Speeders? {
    let map = value.mapping(keys: ["column", "below", "seconds"])
    let column = map.text("column")
    let share = map.decimal("below", in: Billionths(count: 1) ... .one)
    let seconds = map.integer("seconds", in: 1...QualityRules.Speeders.mostSeconds)
    switch (map["below"], map["seconds"]) {
    case (nil, nil): map.note(.needsOneOf(["below", "seconds"]), at: "below")
    case (.some, .some): map.note(.excludedBy("below"), at: "seconds")
    default: break
    }
    if let seconds { return .init(column: column, limit: .seconds(seconds)) }
    return share.map { .init(column: column, limit: .shareOfMedian($0)) }
  }

  private func grids(_ quality: DocumentMapping) -> [QualityRules.Grid] {
    let items = quality.items("straight_liners")
    let names = DocumentNames(of: items, kind: "straight_liners")
    return zip(names.ids, items).map { id, item in
      let map = item.mapping(keys: ["id", "columns", "except", "at_least"])
      _ = map.required("id")
      let columns = map.required("columns")
      if let columns, columns.isEmptyList { columns.note(.emptyList) }
      return QualityRules.Grid(
        id: id, columns: columns?.items().map { $0.nonEmptyText() } ?? [],
        except: map.items("except").map { $0.nonEmptyText() },
        atLeast: map.integer("at_least", in: 2...1_000) ?? 3)
    }
  }

  /// An answer that excludes all others is one of a question's `none`, which holds others, too: who
  /// answers COBOL, which proves nothing, may well answer Python.
  private func contradictions(
    _ answers: [DocumentValue], _ questions: [Question]
  ) -> [QualityRules.Contradiction] {
    let several = questions.indices.filter { [.options, .list].contains(questions[$0].style) }
    let known = several.reduce(into: Set<String>()) { $0.formUnion(questions[$1].none) }
    let texts = answers.map { answer in
      let folded = TextFolding.fold(answer.text())
      if answer.isScalar, !answer.isNull, !known.contains(folded) {
        let hint = closest(to: folded, among: known.sorted(), limit: 1).first
        answer.note(
          .unknownReference(
            kind: "answer in the 'none' of a question with several answers",
            name: answer.rawText, suggestion: hint))
      }
      return folded
    }
    return several.compactMap { question in
      let own = questions[question].none.intersection(texts)
      return own.isEmpty ? nil : QualityRules.Contradiction(question: question, answers: own)
    }
  }

  private func excluded(
    _ quality: DocumentMapping, _ speeders: QualityRules.Speeders?, _ keep: [KeepRule]
  ) -> [QualityRules.Check] {
    var excluded: Set<QualityRules.Check> = []
    for item in quality.items("exclude") {
      guard let check = QualityRules.Check(rawValue: item.rawText) else {
        _ = item.choice(or: QualityRules.Check.speeders)
        continue
      }
      if !excluded.insert(check).inserted { item.note(.repeatedReference(check.rawValue)) }
      if quality.given(check.rawValue) == nil { item.note(.needsKey(check.rawValue)) }
      // The median is known only when everybody has been counted.
      if check == .speeders, case .shareOfMedian = speeders?.limit {
        item.note(.needsKey("speeders.seconds"))
      }
      if keep.contains(where: { $0.id == check.filterID }) {
        item.note(.reservedID(check.filterID))
      }
    }
    return QualityRules.Check.allCases.filter(excluded.contains)
  }
}
