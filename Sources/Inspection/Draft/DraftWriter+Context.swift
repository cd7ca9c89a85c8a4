import Documents
import MaturityModel
import TextFolding

extension DraftWriter {
  mutating func write(_ context: ContextDrafter) {
    if context.segments.isEmpty {
      addComment(
        "segments: [{id: industry, column: …}] left out: no question asks for country, industry "
          + "or company size"
      )
    } else {
      add("segments:")
    }
    for choice in context.segments {
      let distinct = choice.question.distinct.map { "\($0) values" }
      add("  - {id: \(choice.id), column: \(column(choice.question))}", distinct)
    }
    writeMetrics(context)
    if let choice = context.selfAssessed { writeSelfAssessed(choice.question) }
  }

  private func column(_ question: InspectedQuestion) -> String {
    YAMLScalar.quoted(inspection.columns[question.columns[0]].name)
  }

  // MARK: Metrics

  private mutating func writeMetrics(_ context: ContextDrafter) {
    if context.metrics.isEmpty { return }
    add("metrics:")
    for choice in context.metrics {
      add("  - id: " + choice.id, TextShape.singleLine(choice.question.text))
      add("    column: " + column(choice.question))
      writeBands(choice.question)
    }
  }

  private mutating func writeBands(_ question: InspectedQuestion) {
    if question.kind == .number { return }
    let bands = question.answers.filter { !AnswerWords.isNoise($0.folded) }
      .map { ($0, BandText.band($0.folded)) }
    let known = bands.compactMap { answer, band in
      band.map { "\(YAMLScalar.quoted(answer.text)): \($0)" }
    }
    if !known.isEmpty { add("    values: {" + known.joined(separator: ", ") + "}") }
    let unknown = bands.filter { $0.1 == nil }.map { $0.0.text }
    if !unknown.isEmpty {
      addComment("no numbers found in: " + unknown.prefix(10).joined(separator: "; "), indent: 4)
    }
  }

  // MARK: Self-assessment

  /// Where no answer is a stage's name, people have to say which stage each of them means.
  private mutating func writeSelfAssessed(_ question: InspectedQuestion) {
    var stages: [String: Int] = [:]
    for stage in inspection.model.stages {
      for name in [stage.name] + stage.aliases { stages[TextFolding.fold(name)] = stage.number }
    }
    let named = question.answers.contains { stages[$0.folded] != nil }
    let lines =
      ["self_assessed:", "  column: " + column(question), "  values:"]
      + question.answers.map { answer in
        let stage = stages[answer.folded].map(String.init) ?? "null"
        return "    \(YAMLScalar.quoted(answer.text)): \(stage)"
      }
    if !named {
      addComment(
        "Where respondents place themselves: \(question.text) Fill in stages, 0 to "
          + "\(inspection.model.stages.count - 1), or null, and take the marks away:"
      )
    }
    for line in lines { add(named ? line : "# " + line) }
  }
}
