import MaturityModel
import Normalize
import Publish
import Score
import Statistics
import SurveyMapping

/// An explanation as JSON, complete.
package struct ExplanationDocument {
  private let explanation: Explanation
  private var model: MaturityModel { explanation.model }
  private var survey: Survey { explanation.survey }

  package init(_ explanation: Explanation) { self.explanation = explanation }

  package var document: JSONValue {
    var members: [(key: String, value: JSONValue)] = [
      ("schema", .string("stagecraft/explanation/1")),
      ("place", place(explanation.place)),
      ("respondent", .optional(explanation.trace?.id?.text)),
      ("other_records", .integer(explanation.otherCount)),
      ("others", .array(explanation.others.map(other))),
      ("fate", fate),
    ]
    if let verdict = explanation.verdict, let trace = explanation.trace {
      members += [
        ("questions", .array(trace.questions.indices.map { question($0, trace) })),
        ("segments", segments(verdict, trace)), ("metrics", metrics(verdict, trace)),
        (
          "conditions",
          .object(
            zip(model.conditions, verdict.rules.conditions).map {
              ($0.id, .string($1.word))
            })
        ),
        ("criteria", .array(model.criteria.indices.map { criterion($0, verdict) })),
        ("stages", .array(verdict.rules.stages.map(stage))), ("result", result(verdict)),
        ("missing", .array(missing(verdict))),
      ]
    }
    return .object(members)
  }

  private func place(_ place: Explanation.Place) -> JSONValue {
    .object([
      ("source", .string(place.source)), ("record", .integer(place.position.record)),
      ("line", .integer(place.position.line)),
      ("byte_offset", .integer(place.position.byteOffset)),
    ])
  }

  private func other(_ other: Explanation.Other) -> JSONValue {
    .object([("place", place(other.place)), ("fate", .string(other.fate.rawValue))])
  }

  private var fate: JSONValue {
    switch explanation.fate {
    case .rejected(let reject):
      .object([
        ("fate", .string("rejected")), ("reason", .string(reject.reason.rawValue)),
        ("detail", .string(RejectRecords.detail(reject))),
      ])
    case .filtered(let rule):
      .object([("fate", .string("filtered")), ("rule", .string(survey.filterIDs[rule]))])
    case .duplicate(let winner):
      .object([("fate", .string("duplicate")), ("of", winner.map(place) ?? .null)])
    case .unscored(let verdict): known("unscored", verdict)
    case .scored(let verdict): known("scored", verdict)
    }
  }

  private func known(_ fate: String, _ verdict: Verdict) -> JSONValue {
    .object([
      ("fate", .string(fate)),
      ("known_requirements", .integer(verdict.rules.knownRequirements)),
      ("observable_requirements", .integer(verdict.rules.observableRequirements)),
    ])
  }

  // MARK: Answers

  private func ids(_ criteria: [Int]) -> JSONValue {
    .strings(criteria.map { model.criteria[$0].id })
  }

  private func question(_ index: Int, _ trace: ResponseTrace) -> JSONValue {
    let (question, traced) = (survey.questions[index], trace.questions[index])
    let open = traced.open(in: question)
    return .object([
      ("id", .string(question.id)), ("style", .string(question.style.rawValue)),
      ("cells", .array(traced.cells.map(cell))), ("proves", ids(traced.proved)),
      ("denies", ids(traced.denied)), ("leaves_unknown", ids(open)),
      (
        "because",
        open.isEmpty ? .null : .string(traced.reasonForOpen(in: question).rawValue)
      ),
    ])
  }

  private func cell(_ cell: ResponseTrace.Cell) -> JSONValue {
    var members: [(key: String, value: JSONValue)] = [
      ("column", .string(explanation.columnName(cell.field))),
      ("text", .string(cell.field.text)),
    ]
    if let scale = cell.scale {
      members.append(("says", .string(word(scale))))
    } else {
      members.append(("answers", .array(cell.tokens.map(token))))
    }
    return .object(members)
  }

  private func word(_ scale: ScaleMeaning) -> String {
    switch scale {
    case .affirms: "yes"
    case .denies: "no"
    case .saysNeither: "neither"
    case .missing: "missing"
    }
  }

  private func token(_ token: ResponseTrace.Token) -> JSONValue {
    let word =
      switch token.meaning {
      case .ignored: "ignored"
      case .nothing: "none"
      case .other: "other"
      case .unmapped: "unmapped"
      case .alias: "alias"
      case .declared: "declared"
      }
    return .object([
      ("text", .string(token.text)), ("meaning", .string(word)),
      ("terms", .strings(token.meaning.terms.map { model.terms[$0].id })),
      ("spelling", .optional(spelling(token))),
    ])
  }

  /// The alias that matched, as the model writes it.
  private func spelling(_ token: ResponseTrace.Token) -> String? {
    guard case .alias(let term) = token.meaning else { return nil }
    return model.terms[term].spelling(of: token.text)
  }

  private func segments(_ verdict: Verdict, _ trace: ResponseTrace) -> JSONValue {
    .object(zip(survey.segments, verdict.segments).map { ($0.id, .string($1)) })
  }

  /// The texts as they stand; what they decide is in `conditions`.
  private func metrics(_ verdict: Verdict, _ trace: ResponseTrace) -> JSONValue {
    .object(zip(survey.metrics, trace.metrics).map { ($0.id, .string($1.text)) })
  }

  // MARK: Rules

  private func criterion(_ index: Int, _ verdict: Verdict) -> JSONValue {
    let reason = verdict.evidence[index]
    let questions = { (places: [Int]) in
      JSONValue.strings(places.map { self.survey.questions[$0].id })
    }
    return .object([
      ("id", .string(model.criteria[index].id)), ("value", .string(reason.value.rawValue)),
      ("proved_by", questions(reason.provedBy)), ("denied_by", questions(reason.deniedBy)),
      ("absorbed_by", ids(reason.absorbedBy)),
    ])
  }

  private func stage(_ stage: ScoreTrace.Stage) -> JSONValue {
    let rules = model.stages[stage.number]
    return .object([
      ("stage", .integer(stage.number)), ("name", .string(rules.name)),
      ("assessable", .bool(stage.isAssessable)), ("holds_low", .bool(stage.holdsLow)),
      ("holds_high", .bool(stage.holdsHigh)),
      ("coverage_low", millionths(stage.coverageLow.millionths)),
      ("coverage_high", millionths(stage.coverageHigh.millionths)),
      ("threshold", .number(stage.threshold.text)),
      (
        "requirements",
        .array(
          zip(rules.requires, stage.requirements).map { requirement, traced in
            .object([
              ("id", .string(requirement.id)), ("value", .string(traced.value.word)),
              ("observable", .bool(traced.isObservable)), ("any_of", ids(requirement.anyOf)),
              ("at_least", .integer(requirement.atLeast)),
            ])
          })
      ),
    ])
  }

  private func result(_ verdict: Verdict) -> JSONValue {
    let requirements = verdict.next.map { model.stages[$0].requires } ?? []
    return .object([
      ("stage", .integer(verdict.low)), ("stage_low", .integer(verdict.low)),
      ("stage_high", .integer(verdict.high)), ("determined", .bool(verdict.low == verdict.high)),
      ("highest", .integer(verdict.highest)), ("compensatory", millionths(verdict.compensatory)),
      ("next", verdict.next.map { .integer($0) } ?? .null),
      ("progress", millionths(verdict.progress)),
      ("readiness", verdict.readiness.map(millionths) ?? .null),
      ("blocking", .strings(verdict.blocking.map { requirements[$0].id })),
      ("self_assessed", verdict.selfAssessed.map { .integer($0) } ?? .null),
    ])
  }

  /// What blocks the next stage, with the model's advice.
  private func missing(_ verdict: Verdict) -> [JSONValue] {
    guard let next = verdict.next else { return [] }
    return verdict.blocking.map { index in
      let requirement = model.stages[next].requires[index]
      let lacking = requirement.anyOf.filter { verdict.evidence[$0].value != .yes }
      return .object([
        ("requirement", .string(requirement.id)),
        (
          "criteria",
          .array(
            lacking.map { criterion in
              .object([
                ("id", .string(model.criteria[criterion].id)),
                ("label", .string(model.criteria[criterion].label)),
                ("advice", .optional(model.criteria[criterion].advice)),
              ])
            })
        ),
      ])
    }
  }

  private func millionths(_ value: UInt64) -> JSONValue {
    .number(sixDecimalText(String(value)))
  }
}
