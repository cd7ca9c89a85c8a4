import Detection
import Ingest
import MaturityModel

/// An export of a questionnaire that stagecraft printed, recognised by the codes in its header: it
/// needs no survey file, because the codes say all that one would.
package struct PrintedQuestionnaire: Sendable {
  /// The survey file, with comments: complete, and valid for the model it was printed from.
  package let surveyFile: [UInt8]

  /// The codes count the criteria of another model, or of another edition of this one.
  package struct PrintedFromAnotherModel: Error, Hashable, Sendable {
    package let mark: String
    package let expected: String
  }

  /// Fewer columns than this may bear such codes by chance.
  private static let fewestColumns = 3

  /// - Parameters:
  ///   - header: the header records, field by field.
  ///   - detection: how the export is read.
  /// - Returns: nil where the header has no such codes.
  /// - Throws: where the header shows that it was printed from another model.
  package init?(
    header: [[String]], detection: Detection, model: MaturityModel
  ) throws(PrintedFromAnotherModel) {
    let form = QuestionnaireForm(model: model)
    let names = HeaderRecords(records: header, labelRecord: detection.dialect.labelRecord)
    let identities = detection.vendor.profile.columns(of: header)
    let ids = names.names.indices.map {
      identities.indices.contains($0) ? identities[$0].importID : nil
    }
    let candidates = PrintingVendor.allCases.map { vendor in
      (vendor, PrintedColumns(form, vendor: vendor, names: names.names, ids: ids))
    }
    guard let (vendor, columns) = candidates.max(by: { $0.1.criteria(form) < $1.1.criteria(form) }),
      columns.criteria(form) >= min(PrintedQuestionnaire.fewestColumns, form.columnsOfCriteria)
    else { return nil }
    if let mark = columns.mark, mark != form.mark {
      throw PrintedFromAnotherModel(mark: mark, expected: form.mark)
    }
    let draft = PrintedSurvey(
      form: form, vendor: vendor, columns: columns, header: names, detection: detection)
    surveyFile = Array(draft.yaml.utf8)
  }
}
