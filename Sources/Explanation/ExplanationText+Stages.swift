import MaturityModel
import Score
import Statistics

/// From criteria to the stage, and what is missing for the next one.
extension ExplanationText {
  func stage(_ stage: ScoreTrace.Stage, _ verdict: Verdict) -> [String] {
    let rules = model.stages[stage.number]
    var lines = ["Stage \(stage.number)  \(rules.name): \(words(stage))"]
    for (requirement, traced) in zip(rules.requires, stage.requirements) {
      lines.append("  \(mark(traced.value)) \(requirement.id)\(asked(requirement, traced))")
      lines += requirement.anyOf.map { "        " + criterion($0, verdict) }
    }
    let inside = Set(rules.requires.flatMap(\.anyOf))
    let others = stage.counted.filter { !inside.contains($0) }
    if !others.isEmpty { lines.append("  counted for coverage besides:") }
    lines += others.map { "        " + criterion($0, verdict) }
    return lines + [coverage(stage)]
  }

  private func words(_ stage: ScoreTrace.Stage) -> String {
    if !stage.isAssessable { return "not assessable with this questionnaire" }
    if stage.holdsLow { return "holds" }
    return stage.holdsHigh ? "unknown (holds if what is unknown is a yes)" : "does not hold"
  }

  private func mark(_ value: RequirementValue) -> String {
    let word = value == .notApplicable ? "n/a" : value.word
    return "[\(word)]" + String(repeating: " ", count: max(0, 8 - word.count))
  }

  private func asked(_ requirement: Requirement, _ traced: ScoreTrace.Requirement) -> String {
    var parts: [String] = []
    if requirement.atLeast > 1 { parts.append("at least \(requirement.atLeast) of these") }
    if let condition = requirement.appliesIf {
      parts.append("applies if \(model.conditions[condition].id)")
    }
    if !traced.isObservable { parts.append("the questionnaire does not observe it") }
    return parts.isEmpty ? "" : " (\(parts.joined(separator: "; ")))"
  }

  /// `data_engineer yes (roles)`
  func criterion(_ index: Int, _ verdict: Verdict) -> String {
    let reason = verdict.evidence[index]
    let value = reason.value.rawValue.replacing("_", with: " ")
    var because: [String] = []
    if reason.value != .notApplicable {
      let questions = reason.value == .yes ? reason.provedBy : reason.deniedBy
      because = questions.map { survey.questions[$0].id }
      if reason.value == .yes && !reason.absorbedBy.isEmpty {
        because.append("absorbed by \(ids(reason.absorbedBy))")
      }
    }
    return "\(model.criteria[index].id) \(value)"
      + (because.isEmpty ? "" : " (\(because.joined(separator: ", ")))")
  }

  private func coverage(_ stage: ScoreTrace.Stage) -> String {
    let (low, high) = (stage.coverageLow, stage.coverageHigh)
    let range =
      low == high
      ? decimals(low.millionths) : "\(decimals(low.millionths)) to \(decimals(high.millionths))"
    let verdict =
      low.reachesThreshold ? "met" : high.reachesThreshold ? "may be met" : "not met"
    return "  coverage \(range) of the weight, \(stage.threshold.text) needed: \(verdict)"
  }

  func result(_ verdict: Verdict) -> [String] {
    [
      "Result",
      "  stage_low \(verdict.low) (unknown read as no), stage_high \(verdict.high) (as yes)"
        + (verdict.low == verdict.high ? ": determined" : ""),
      "  highest stage that holds by itself: \(verdict.highest)",
      "  compensatory score: \(decimals(verdict.compensatory))",
    ]
  }

  /// What is missing, with the model's advice.
  func nextStage(_ verdict: Verdict) -> [String] {
    guard let next = verdict.next else { return ["Nothing is above this stage."] }
    let rules = model.stages[next]
    var lines = ["Missing for stage \(next) \(rules.name) (progress \(decimals(verdict.progress)))"]
    for index in verdict.blocking {
      let requirement = rules.requires[index]
      let value = verdict.rules.stages[next - 1].requirements[index].value
      lines.append("  \(requirement.id)" + (value == .unknown ? " (unknown)" : ""))
      lines += requirement.anyOf.filter { verdict.evidence[$0].value != .yes }.flatMap(advice)
    }
    let coverage = verdict.rules.stages[next - 1].coverageLow
    if !coverage.reachesThreshold {
      lines.append("  coverage: \(decimals(coverage.millionths)) of \(rules.coverage.text)")
      if verdict.blocking.isEmpty {
        lines += verdict.rules.stages[next - 1].counted
          .filter { verdict.evidence[$0].value != .yes }.flatMap(advice)
      }
    }
    return lines + readiness(verdict, next)
  }

  private func advice(_ criterion: Int) -> [String] {
    let item = model.criteria[criterion]
    return ["    - \(item.label) [\(item.id)]"] + (item.advice.map { ["      \($0)"] } ?? [])
  }

  private func readiness(_ verdict: Verdict, _ next: Int) -> [String] {
    let triggers = model.criteria.indices.filter {
      model.criteria[$0].kind == .trigger && model.criteria[$0].stage == next
    }
    if triggers.isEmpty { return [] }
    let share = verdict.readiness.map(decimals) ?? "unknown"
    return ["  signs that it is time (readiness \(share)):"]
      + triggers.map { "    " + criterion($0, verdict) }
  }

  func decimals(_ millionths: UInt64) -> String { sixDecimalText(String(millionths)) }
}
