import MaturityModel
import Normalize
import Statistics
import SurveyMapping

/// From cells to criteria.
extension ExplanationText {
  func answer(_ index: Int, _ trace: ResponseTrace) -> [String] {
    let (question, traced) = (survey.questions[index], trace.questions[index])
    var lines = ["  \(question.id) (\(question.style.rawValue))"]
    if traced.cells.isEmpty { lines.append("    no option ticked") }
    for cell in traced.cells {
      lines.append("    " + self.cell(cell.field) + scale(cell.scale, question))
      lines += cell.tokens.map { "      " + token($0) }
    }
    if !traced.proved.isEmpty { lines.append("    proves: " + ids(traced.proved)) }
    if !traced.denied.isEmpty { lines.append("    denies: " + ids(traced.denied)) }
    let open = traced.open(in: question)
    if !open.isEmpty {
      lines.append("    leaves unknown: \(ids(open)): \(traced.reasonForOpen(in: question).words)")
    }
    return lines
  }

  private func scale(_ meaning: ScaleMeaning?, _ question: Question) -> String {
    switch meaning {
    case .affirms: " -> yes"
    case .denies: " -> no"
    case .saysNeither: " -> neither yes nor no"
    case .missing: " -> no answer"
    case nil: ""
    }
  }

  /// `power bi -> Power BI [power_bi], spelt "PowerBI"; proves analysis_tool`
  private func token(_ token: ResponseTrace.Token) -> String {
    let text = quoted(token.text) + " -> "
    switch token.meaning {
    case .ignored: return text + "ignored"
    case .nothing: return text + "an answer that proves nothing"
    case .other: return text + "something unnamed"
    case .unmapped: return text + "matches nothing"
    case .alias(let index):
      let term = model.terms[index]
      let spelling = term.spelling(of: token.text)
      let spelt = spelling == term.label ? "" : ", spelt " + quoted(spelling)
      return text + self.term(term) + spelt + proofs(term)
    case .declared(let terms):
      return text + "by the survey file "
        + terms.map { self.term(model.terms[$0]) + proofs(model.terms[$0]) }
        .joined(separator: " and ")
    }
  }

  private func term(_ term: Term) -> String { "\(term.label) [\(term.id)]" }

  private func proofs(_ term: Term) -> String {
    var parts: [String] = []
    if !term.proves.isEmpty { parts.append("proves " + ids(term.proves)) }
    if !term.provesOneOf.isEmpty { parts.append("proves one of " + ids(term.provesOneOf)) }
    return parts.isEmpty ? ", proves nothing" : ", " + parts.joined(separator: ", ")
  }

  /// Weight, segments, metrics and what the conditions make of them.
  func facts(_ verdict: Verdict, _ trace: ResponseTrace) -> [String] {
    var lines: [String] = []
    if let weight = trace.weight { lines.append("  weight: " + cell(weight)) }
    for (segment, (field, value)) in zip(survey.segments, zip(trace.segments, verdict.segments)) {
      lines.append("  segment \(segment.id): \(cell(field)) -> \(quoted(value))")
    }
    for (metric, (field, band)) in zip(survey.metrics, zip(trace.metrics, verdict.metrics)) {
      lines.append("  metric \(metric.id): \(cell(field)) -> \(words(band))")
    }
    if let field = trace.selfAssessed {
      let stage = verdict.selfAssessed.map { "stage \($0)" } ?? "no stage"
      lines.append("  self-assessment: \(cell(field)) -> \(stage)")
    }
    for (condition, value) in zip(model.conditions, verdict.rules.conditions) {
      lines.append("  condition \(condition.id): \(value.word)")
    }
    return lines.isEmpty ? [] : ["", "Facts"] + lines
  }

  private func words(_ band: MetricBand?) -> String {
    guard let band else { return "unknown" }
    let low = band.low.map(halfBillionths) ?? "…"
    let high = band.high.map(halfBillionths) ?? "…"
    return low == high ? low : "\(low) to \(high)"
  }

  private func halfBillionths(_ value: Int64) -> String { Billionths(count: value / 2).text }

  func absorptions(_ verdict: Verdict) -> [String] {
    let lines = model.criteria.indices.compactMap { criterion in
      let reason = verdict.evidence[criterion]
      return reason.value == .yes && !reason.absorbedBy.isEmpty
        ? "  \(model.criteria[criterion].id): absorbed by \(ids(reason.absorbedBy))" : nil
    }
    return lines.isEmpty ? [] : ["", "Present through others"] + lines
  }
}
