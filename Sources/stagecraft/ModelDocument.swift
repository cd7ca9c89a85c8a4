import MaturityModel
import Publish
import Statistics

/// A model as JSON, with the keys of the model file.
struct ModelDocument {
  let model: MaturityModel

  var document: JSONValue {
    .object([
      ("schema", .string("stagecraft/model/1")), ("id", .string(model.id)),
      ("version", .string(model.version)), ("title", .string(model.title)),
      ("stages", .array(model.stages.map(stage))),
      ("conditions", .object(model.conditions.map { ($0.id, condition($0)) })),
      ("criteria", .array(model.criteria.map(criterion))),
      ("terms", .array(model.terms.map(term))),
      ("anti_patterns", .array(model.antiPatterns.map(antiPattern))),
    ])
  }

  private func ids(_ criteria: [Int]) -> JSONValue {
    .strings(criteria.map { model.criteria[$0].id })
  }

  private func stage(_ stage: Stage) -> JSONValue {
    .object([
      ("stage", .integer(stage.number)), ("id", .string(stage.id)), ("name", .string(stage.name)),
      ("why", .optional(stage.why)), ("cautions", .strings(stage.cautions)),
      ("aliases", .strings(stage.aliases)), ("coverage", .number(stage.coverage.text)),
      ("requires", .array(stage.requires.map(requirement))),
    ])
  }

  private func requirement(_ requirement: Requirement) -> JSONValue {
    .object([
      ("id", .string(requirement.id)), ("any_of", ids(requirement.anyOf)),
      ("at_least", .integer(requirement.atLeast)),
      ("applies_if", .optional(requirement.appliesIf.map { model.conditions[$0].id })),
    ])
  }

  private func condition(_ condition: Condition) -> JSONValue {
    let items: [JSONValue] = condition.any.map { item in
      .object([
        ("metric", .string(item.metric)), ("above", .number(item.above.text)),
        ("unless_known", .optional(item.unlessKnown)),
      ])
    }
    return .object([("any", .array(items))])
  }

  private func criterion(_ criterion: Criterion) -> JSONValue {
    .object([
      ("id", .string(criterion.id)), ("ref", .optional(criterion.ref)),
      ("kind", .string(criterion.kind.rawValue)), ("stage", .integer(criterion.stage)),
      ("label", .string(criterion.label)), ("need", .string(criterion.need.rawValue)),
      ("weight", .number(criterion.weight.text)), ("absorbed_by", ids(criterion.absorbedBy)),
      ("advice", .optional(criterion.advice)),
      ("combine", .string(criterion.combine.rawValue)),
      ("mirrors", .optional(criterion.mirrors.map { model.criteria[$0].id })),
    ])
  }

  private func term(_ term: Term) -> JSONValue {
    .object([
      ("id", .string(term.id)), ("kind", .string(term.kind.rawValue)),
      ("label", .string(term.label)), ("aliases", .strings(term.aliases)),
      ("proves", ids(term.proves)), ("proves_one_of", ids(term.provesOneOf)),
    ])
  }

  private func antiPattern(_ pattern: AntiPattern) -> JSONValue {
    .object([
      ("id", .string(pattern.id)), ("label", .string(pattern.label)),
      ("when_present", ids(pattern.whenPresent)), ("when_absent", ids(pattern.whenAbsent)),
    ])
  }
}
