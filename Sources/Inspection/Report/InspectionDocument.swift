import Detection
import Ingest
import MaturityModel
import Publish

/// An inspection as JSON: everything the text shows, and all answers.
package struct InspectionDocument {
  let inspection: Inspection

  package init(_ inspection: Inspection) { self.inspection = inspection }

  package var document: JSONValue {
    .object([
      ("schema", .string("stagecraft/inspection/1")), ("source", .string(inspection.source)),
      ("detection", detection), ("dialect", dialect),
      ("responses", .integer(inspection.responses)), ("rejects", rejects(inspection.rejects)),
      ("irregularities", irregularities), ("model", .string(inspection.model.id)),
      ("date_column", .optional(inspection.dateColumn)),
      ("codes", .optional(inspection.codes?.text)),
      ("columns", .array(inspection.columns.map(column))),
      ("questions", .array(inspection.questions.map(question))),
    ])
  }

  private var detection: JSONValue {
    let detection = inspection.detection
    return .object([
      ("vendor", .string(detection.vendor.rawValue)),
      ("title", .string(detection.vendor.profile.title)), ("rule", .string(detection.rule)),
      ("alternatives", .strings(detection.alternatives.map(\.rawValue))),
      ("encoding_basis", .string(DetectionWords.basis(detection.encodingBasis))),
      ("encoding_proposal", detection.encodingProposal.map(proposal) ?? .null),
      ("line_ends", .string(detection.lineEnds.name)),
      ("is_table_of_responses", .bool(detection.isTableOfResponses)),
      ("doubts", .strings(detection.doubts.map(DetectionWords.doubt))),
    ])
  }

  private func proposal(_ proposal: EncodingProposal) -> JSONValue {
    .object([
      ("encoding", .string(proposal.encoding.rawValue)), ("evidence", .string(proposal.evidence)),
      ("first_invalid_byte", .integer(proposal.firstInvalidByte)),
      ("applied", .bool(inspection.isReadAsProposed)),
    ])
  }

  private var dialect: JSONValue {
    let dialect = inspection.dialect
    return .object([
      ("delimiter", .string(String(UnicodeScalar(dialect.delimiter)))),
      ("encoding", .string(dialect.encoding.rawValue)),
      ("header_records", .integer(dialect.headerRecords)),
      ("label_record", .integer(dialect.labelRecord)),
    ])
  }

  private func rejects(_ counts: RejectCounts) -> JSONValue {
    .object(
      RejectReason.allCases.compactMap { reason in
        counts.first[reason].map { first in
          (
            reason.rawValue,
            .object([
              ("n", .integer(counts.byReason[reason] ?? 0)),
              ("first_record", .integer(first.position.record)),
              ("first_line", .integer(first.position.line)),
              ("detail", .string(RejectRecords.detail(first))),
            ])
          )
        }
      })
  }

  private var irregularities: JSONValue {
    let seen = inspection.irregularities
    return .object([
      ("blank_lines", .integer(seen.blankLines)),
      ("quotes_in_unquoted_fields", .integer(seen.quotesInUnquotedFields)),
      ("texts_after_quotes", .integer(seen.textsAfterQuotes)),
    ])
  }

  private func column(_ column: ExportColumn) -> JSONValue {
    let profile = inspection.profiles[column.index]
    return .object([
      ("column", .integer(column.index + 1)), ("name", .string(column.name)),
      ("question", .string(column.question)), ("option", .optional(column.option)),
      ("is_metadata", .bool(column.isMetadata)), ("is_other_text", .bool(column.isOtherText)),
      ("answered", .integer(profile.answered)),
      (
        "missing",
        .object(profile.missing.sorted { $0.key < $1.key }.map { ($0.key, .integer($0.value)) })
      ),
      ("distinct", profile.uncounted > 0 ? .null : .integer(profile.texts.count)),
      ("longest_bytes", .integer(profile.longest)), ("numbers", .integer(profile.numbers)),
      ("dates", .integer(profile.dates)),
    ])
  }

  private func question(_ question: InspectedQuestion) -> JSONValue {
    .object([
      ("name", .string(question.name)), ("question", .string(question.text)),
      ("columns", .array(question.columns.map { .integer($0 + 1) })),
      ("other_text_columns", .array(question.otherTexts.map { .integer($0 + 1) })),
      ("layout", .string(question.layout.rawValue)), ("kind", .string(question.kind.rawValue)),
      ("why", .string(question.why)), ("separator", .optional(question.separator?.declaration)),
      ("answered", .integer(question.answered)),
      ("distinct", question.distinct.map { .integer($0) } ?? .null),
      ("occurrences", .integer(question.occurrences)),
      ("recognised", .integer(question.recognised)), ("withheld", .integer(question.withheld)),
      ("answers", .array(question.answers.map(answer))),
    ])
  }

  private func answer(_ answer: InspectedAnswer) -> JSONValue {
    let model = inspection.model
    let term = answer.term.map { model.terms[$0] }
    return .object([
      ("answer", .string(answer.text)), ("n", .integer(answer.count)),
      ("is_option", .bool(answer.isPrinted)), ("term", .optional(term?.id)),
      ("proves", .strings((term?.proves ?? []).map { model.criteria[$0].id })),
      ("proves_one_of", .strings((term?.provesOneOf ?? []).map { model.criteria[$0].id })),
    ])
  }
}
