import MaturityModel

/// A model as text for people: stages with their reasons, requirements and criteria.
struct ModelText {
  let model: MaturityModel

  var text: String {
    var lines = ["\(model.title) (\(model.id) \(model.version))", ""]
    for stage in model.stages { lines += stageLines(stage) }
    lines += conditionLines + antiPatternLines
    let aliases = model.terms.reduce(0) { $0 + 1 + $1.aliases.count }
    lines.append(
      "\(model.criteria.count) criteria; \(model.terms.count) roles and products with \(aliases) "
        + "spellings (--format yaml lists them).")
    return lines.joined(separator: "\n") + "\n"
  }

  private func stageLines(_ stage: Stage) -> [String] {
    var lines = ["Stage \(stage.number)  \(stage.name)"]
    if let why = stage.why { lines += wrapped(why, indent: 2) }
    for caution in stage.cautions { lines += wrapped("! " + caution, indent: 2, hanging: 2) }
    if !stage.requires.isEmpty {
      lines.append("  Requires, with at least \(percent(stage)) of its criteria's weight:")
    }
    lines += stage.requires.flatMap(requirementLines)
    for kind in [Criterion.Kind.role, .tool, .trigger] { lines += criterionLines(stage, kind) }
    return lines + [""]
  }

  private func percent(_ stage: Stage) -> String {
    "\(Int((stage.coverage.approximation * 100).rounded())) %"
  }

  private func requirementLines(_ requirement: Requirement) -> [String] {
    let labels = requirement.anyOf.map { model.criteria[$0].label }
    var text = labels.joined(separator: requirement.atLeast > 1 ? ", " : " or ")
    if requirement.atLeast > 1 { text = "at least \(requirement.atLeast) of: " + text }
    if let condition = requirement.appliesIf {
      text += "; only where \(model.conditions[condition].id) holds"
    }
    return wrapped("- \(requirement.id): \(text)", indent: 4, hanging: 2)
  }

  private func criterionLines(_ stage: Stage, _ kind: Criterion.Kind) -> [String] {
    let criteria = model.criteria.filter { $0.stage == stage.number && $0.kind == kind }
    if criteria.isEmpty { return [] }
    let title =
      switch kind {
      case .role: "Roles"
      case .tool: "Tools and practices"
      case .trigger: "Signals that it is time"
      }
    return ["  \(title):"]
      + criteria.flatMap { criterion in
        wrapped(
          "- \(criterion.label) [\(criterion.ref ?? criterion.id), \(criterion.need.rawValue)]"
            + (criterion.advice.map { ": " + $0 } ?? ""), indent: 4, hanging: 2)
      }
  }

  private var conditionLines: [String] {
    if model.conditions.isEmpty { return [] }
    return ["Conditions"]
      + model.conditions.flatMap { condition in
        let items = condition.any.map { item in
          "\(item.metric) above \(item.above.text)"
            + (item.unlessKnown.map { " (unless \($0) is known)" } ?? "")
        }
        return wrapped(
          "- \(condition.id): \(items.joined(separator: " or "))", indent: 2, hanging: 2)
      } + [""]
  }

  private var antiPatternLines: [String] {
    if model.antiPatterns.isEmpty { return [] }
    return ["Combinations that cause trouble"]
      + model.antiPatterns.flatMap { wrapped("- \($0.label)", indent: 2, hanging: 2) } + [""]
  }

  /// Lines of at most 96 characters, broken at spaces.
  private func wrapped(_ text: String, indent: Int, hanging: Int = 0) -> [String] {
    var lines: [String] = []
    var line = String(repeating: " ", count: indent)
    var isEmpty = true
    for word in text.split(separator: " ") {
      if !isEmpty && line.count + 1 + word.count > 96 {
        lines.append(line)
        line = String(repeating: " ", count: indent + hanging)
        isEmpty = true
      }
      line += (isEmpty ? "" : " ") + word
      isEmpty = false
    }
    return lines + [line]
  }
}
