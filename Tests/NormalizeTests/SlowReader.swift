import MaturityModel
import TextFolding

@testable import Normalize
@testable import SurveyMapping

/// The rules of the contract's section 3.2 for one question, over the effects of one cell: what
/// the rows of bits are compared with.
struct SlowReader {
  let survey: Survey
  let model: MaturityModel

  func response(
    _ cell: String, label: String, record: UInt64
  ) -> (response: Response, unmapped: Set<String>) {
    let question = survey.questions[0]
    let interpreter = AnswerInterpreter(
      question: question, model: model, missing: survey.source.missing)
    let effect = interpreter.effect(ofCell: cell, label: label)
    var response = Response(record: record)
    response.yes = Set(effect.proved.map { model.criteria[$0].id })
    response.terms = Set(effect.terms.map { model.terms[$0].id })
    response.merged = Set(effect.merged.map { model.terms[$0].id })
    if effect.isAnswer, !effect.holdsSomethingElse, question.deniesUnselected {
      let open = effect.proved + effect.maybe
      response.no = Set(
        question.asks.filter { !open.contains($0) }.map { model.criteria[$0].id })
    }
    return (response, Set(effect.unmapped))
  }
}
