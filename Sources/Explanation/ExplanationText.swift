import MaturityModel
import Normalize
import Publish
import Statistics
import SurveyMapping

/// An explanation as text for people: who, what was answered, what that proves, and the stage.
///
/// Cells are printed in quotes with control characters escaped, so that no answer can pass for a
/// line of ours.
package struct ExplanationText {
  let explanation: Explanation
  var model: MaturityModel { explanation.model }
  var survey: Survey { explanation.survey }

  package init(_ explanation: Explanation) { self.explanation = explanation }

  package var text: String {
    var lines = identity + [""] + fate
    if let verdict = explanation.verdict, let trace = explanation.trace {
      lines += ["", "What was answered"] + trace.questions.indices.flatMap { answer($0, trace) }
      lines += facts(verdict, trace) + absorptions(verdict)
      for stage in verdict.rules.stages { lines += [""] + self.stage(stage, verdict) }
      lines += [""] + result(verdict) + [""] + nextStage(verdict)
    }
    return lines.joined(separator: "\n") + "\n"
  }

  // MARK: Who, and what became of the record

  private var identity: [String] {
    var lines = [place(explanation.place)]
    if let id = explanation.trace?.id {
      lines.append("respondent \(quoted(id.text)) (\(explanation.columnName(id)))")
    }
    for other in explanation.others {
      lines.append("  the same id stands in \(place(other.place)): \(words(other.fate))")
    }
    let rest = explanation.otherCount - UInt64(explanation.others.count)
    if rest > 0 { lines.append("  … and in \(rest) more records") }
    return lines
  }

  private func place(_ place: Explanation.Place) -> String {
    let position = place.position
    return "\(place.source), record \(position.record) (line \(position.line), byte "
      + "\(position.byteOffset))"
  }

  private func words(_ fate: Explanation.OtherFate) -> String {
    switch fate {
    case .counts: "it counts, too"
    case .winner: "it counts instead of this one"
    case .duplicate: "a duplicate"
    case .out: "filtered or rejected"
    }
  }

  private var fate: [String] {
    switch explanation.fate {
    case .rejected(let reject):
      return ["rejected: \(reject.reason.rawValue): \(RejectRecords.detail(reject))"]
        + (explanation.trace?.weight.map { ["  " + cell($0)] } ?? [])
    case .filtered(let rule):
      return survey.keep.indices.contains(rule)
        ? filtered(survey.keep[rule], explanation.trace?.keep[rule])
        : ["filtered: rule \(survey.filterIDs[rule])"]
    case .duplicate(let winner):
      return ["duplicate: " + (winner.map { "\(place($0)) counts" } ?? "another record counts")]
    case .scored(let verdict):
      return ["scored: stage \(verdict.low) \(name(verdict.low))"]
    case .unscored(let verdict):
      let threshold = survey.thresholds.minAnswered.text
      return [
        "unscored: \(verdict.rules.knownRequirements) of \(verdict.rules.observableRequirements) "
          + "observable requirements are known, fewer than the share \(threshold), and the stage "
          + "may be anything from \(verdict.low) to \(verdict.high)"
      ]
    }
  }

  private func filtered(_ rule: KeepRule, _ field: ResponseTrace.Field?) -> [String] {
    var tests: [String] = []
    if let allowed = rule.allowed { tests.append("must be one of " + list(allowed)) }
    if let refused = rule.refused { tests.append("must be none of " + list(refused)) }
    return ["filtered: rule \(rule.id): \(rule.column) " + tests.joined(separator: " and ")]
      + (field.map { ["  " + cell($0)] } ?? [])
  }

  private func list(_ texts: Set<String>) -> String {
    texts.sorted().map(quoted).joined(separator: ", ")
  }

  // MARK: Words

  func cell(_ field: ResponseTrace.Field) -> String {
    "\(explanation.columnName(field)): \(quoted(field.text))"
  }

  func quoted(_ text: String) -> String { JSONValue.quoted(text) }
  func name(_ stage: Int) -> String { explanation.observability.stageName(stage, model: model) }
  func ids(_ criteria: [Int]) -> String {
    criteria.map { model.criteria[$0].id }.joined(separator: ", ")
  }
}
