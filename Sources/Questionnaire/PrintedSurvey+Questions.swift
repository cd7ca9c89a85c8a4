import MaturityModel
import TextFolding

/// The questions about criteria.
extension PrintedSurvey {
  var questions: [String] {
    ["questions:"]
      + form.questions.enumerated().flatMap { index, question -> [String] in
        let found = columns.columns(of: index)
        if found.isEmpty { return [] }
        switch question.content {
        case .options(let items): return options(question, items, found)
        case .agreement(let items): return scales(items, found)
        case .single, .number, .text: return []
        }
      }
  }

  // MARK: Boxes to tick

  private func options(
    _ question: FormQuestion, _ items: [FormItem], _ found: [(column: Int, part: ColumnPart)]
  ) -> [String] {
    let boxes = found.filter { $0.part != .whole }
    if !boxes.isEmpty { return boxed(question, items, boxes) }
    // Several columns for the whole of a question cannot be told apart.
    return vendor == .qualtrics && found.count == 1 ? joined(question, items, found[0].column) : []
  }

  /// One column per option. A LimeSurvey cell holds a tick in some language, a Qualtrics cell the
  /// option's text or its number; the header has the text, too, should it have been translated.
  private func boxed(
    _ question: FormQuestion, _ items: [FormItem], _ boxes: [(column: Int, part: ColumnPart)]
  ) -> [String] {
    var texts = OptionTexts()
    for box in boxes {
      texts.add(header.labels[box.column], box.part, items)
      if vendor == .qualtrics { texts.add(question.text(of: box.part), box.part, items) }
    }
    let asked = boxes.compactMap { box -> Int? in
      if case .item(let index) = box.part { items[index].criterion } else { nil }
    }
    var lines = [
      "  - id: \(id(of: question))",
      "    columns: " + YAML.list(boxes.map { header.names[$0.column] }), "    style: options",
    ]
    if vendor == .limeSurvey { lines.append("    ticked: " + YAML.list(PrintedSurvey.ticks)) }
    return lines + ["    asks: " + ids(asked)] + texts.lines(model)
  }

  /// LimeSurvey's yes, in the languages it is used in most; what the exporter can make of it; and
  /// nothing else, since its no is translated as well.
  private static let ticks = [
    "Y", "Yes", "1", "Ja", "Oui", "Sí", "Si", "Sì", "Sim", "Tak", "Ano", "Áno", "Igen", "Da",
    "Да", "Так", "Evet", "Ναι", "Kyllä", "はい", "是", "예", "نعم", "כן",
  ]

  /// All options in one cell, by text or by number.
  private func joined(_ question: FormQuestion, _ items: [FormItem], _ column: Int) -> [String] {
    var texts = OptionTexts()
    for part in question.parts {
      texts.add(question.text(of: part), part, items)
      if let number = QualtricsCodes.number(of: part, items: items.count) {
        texts.add("\(number)", part, items)
      }
    }
    return [
      "  - id: \(id(of: question))", "    columns: " + YAML.list([header.names[column]]),
      "    style: list", "    separator: \",\"", "    asks: " + ids(items.map(\.criterion)),
    ] + texts.lines(model)
  }

  private func id(of question: FormQuestion) -> String {
    switch question.subject {
    case .roles(let stage): "roles_of_stage_\(stage)"
    case .tools(let stage): "tools_of_stage_\(stage)"
    default: "other"
    }
  }

  private func ids(_ criteria: [Int]) -> String {
    "[" + criteria.map { model.criteria[$0].id }.joined(separator: ", ") + "]"
  }

  // MARK: Degrees of agreement

  /// One question a row: agreement says yes, disagreement no, and everything else nothing.
  private func scales(
    _ items: [FormItem], _ found: [(column: Int, part: ColumnPart)]
  ) -> [String] {
    found.compactMap { column, part in
      guard case .item(let index) = part else { return nil }
      let criterion = model.criteria[items[index].criterion].id
      let column = YAML.text(header.names[column])
      return "  - {id: \(criterion), column: \(column), style: scale, criterion: \(criterion), "
        + "yes: \(YAML.list(["4", "5"] + FormWords.degrees.suffix(2))), "
        + "no: \(YAML.list(["1", "2"] + FormWords.degrees.prefix(2)))}"
    }
  }
}

/// What the texts of a block's options mean, each text once.
private struct OptionTexts {
  private var taken: Set<String> = []
  private var answers: [(text: String, term: Int)] = []
  private var none: [String] = []
  private var unsure: [String] = []

  mutating func add(_ text: String, _ part: ColumnPart, _ items: [FormItem]) {
    guard taken.insert(TextFolding.fold(text)).inserted else { return }
    switch part {
    case .whole: return
    case .item(let index):
      if let term = items[index].term { answers.append((text, term)) }
    case .none: none.append(text)
    case .unsure: unsure.append(text)
    }
  }

  /// "Don't know" beside other ticks leaves the rest unknown, as something unnamed does.
  func lines(_ model: MaturityModel) -> [String] {
    var lines: [String] = []
    if !none.isEmpty { lines.append("    none: " + YAML.list(none)) }
    if !unsure.isEmpty { lines.append("    other: " + YAML.list(unsure)) }
    if answers.isEmpty { return lines }
    return lines + ["    answers:"]
      + answers.map { "      \(YAML.text($0.text)): \(model.terms[$0.term].id)" }
  }
}
