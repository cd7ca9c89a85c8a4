import Detection
import Documents
import Ingest
import MaturityModel
import Publish
import SurveyMapping

/// A check as JSON, with all answers.
package struct CheckDocument {
  let check: SurveyCheck
  private let closest: ClosestTerms

  package init(_ check: SurveyCheck) {
    self.check = check
    closest = ClosestTerms(model: check.model)
  }

  package var document: JSONValue {
    .object([
      ("schema", .string("stagecraft/check/1")), ("source", .string(check.source)),
      ("survey", .string(check.survey.id)), ("model", .string(check.model.id)),
      ("vendor", .string(check.detection.vendor.rawValue)), ("rule", .string(check.detection.rule)),
      ("fits", .bool(check.faults == nil)),
      ("faults", .array((check.faults?.faults ?? []).map(fault))), ("records", records),
      ("questions", .array(check.questions.map(question))),
      ("unseen_values", .array(check.unseenValues.map(unseen))),
      ("unused_questions", .array(check.unused.map(unused))),
    ])
  }

  private func fault(_ fault: Fault) -> JSONValue {
    var suggestions: [String] = []
    var column: String?
    if case .unknownColumn(let name, let closest) = fault.kind {
      (column, suggestions) = (name, closest)
    }
    return .object([
      ("path", .string(fault.path)), ("line", fault.line.map { .integer($0) } ?? .null),
      ("column", .optional(column)), ("closest", .strings(suggestions)),
      ("message", .string(fault.message)),
    ])
  }

  private var records: JSONValue {
    let fates = check.fates
    let reasons = RejectReason.allCases.filter { fates.rejects.byReason[$0] != nil }
    return .object([
      ("read", .integer(fates.read)), ("kept", .integer(fates.kept)),
      (
        "filtered",
        .object(zip(check.survey.keep, fates.filtered).map { ($0.id, .integer($1)) })
      ), ("rejected", .integer(fates.rejects.total)),
      (
        "rejected_by_reason",
        .object(reasons.map { ($0.rawValue, .integer(fates.rejects.byReason[$0] ?? 0)) })
      ),
    ])
  }

  private func question(_ question: CheckedQuestion) -> JSONValue {
    .object([
      ("id", .string(question.id)), ("answered", .integer(question.answered)),
      ("matched", .integer(question.matched)),
      ("named", .integer(question.named)),
      ("unmatched", .integer(question.unmatchedInTotal)),
      ("withheld", .integer(question.withheld)),
      (
        "unmatched_answers",
        .array(
          question.unmatched.map { answer in
            .object([
              ("answer", .string(answer.text)), ("n", .integer(answer.count)),
              ("closest", .strings(closest.names(for: answer.text))),
            ])
          })
      ), ("unseen", .array(question.unseen.map(unseen))),
    ])
  }

  private func unseen(_ text: UnseenText) -> JSONValue {
    .object([
      ("place", .string(text.place)), ("text", .string(text.text)),
      ("closest", .optional(text.closest)),
    ])
  }

  private func unused(_ question: InspectedQuestion) -> JSONValue {
    .object([
      ("name", .string(question.name)), ("question", .string(question.text)),
      ("kind", .string(question.kind.rawValue)), ("occurrences", .integer(question.occurrences)),
      ("recognised", .integer(question.recognised)),
    ])
  }
}
