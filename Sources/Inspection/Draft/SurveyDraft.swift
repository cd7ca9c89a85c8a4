import Documents
import MaturityModel
import SurveyMapping

/// A survey file drafted from an export: valid, and fit to run as it is.
package struct SurveyDraft: Sendable {
  /// YAML with comments, the forecast at the end.
  package let yaml: String
  /// What the draft maps, as a run reads it.
  package let survey: Survey
  package let forecast: Forecast

  /// - Parameter model: what the survey file is to name: a built-in id or a path.
  /// - Throws: only where the draft is not valid, which is a bug of ours.
  package init(_ inspection: Inspection, modelReference: String) throws(DocumentFaults) {
    let context = ContextDrafter(inspection)
    let drafter = QuestionDrafter(inspection, context: context.places)
    var writer = DraftWriter(inspection: inspection)
    writer.writeHead(model: modelReference)
    writer.writeSource()
    writer.writeKeep()
    writer.writeRespondent()
    writer.write(context)
    writer.write(drafter)
    survey = try Survey(
      yaml: Array(writer.text.utf8), source: "draft", model: inspection.model)
    let terms = drafter.drafted.flatMap(\.options).compactMap(\.draftedTerm)
    forecast = Forecast(survey: survey, model: inspection.model, terms: Set(terms))
    writer.write(forecast)
    yaml = writer.text
  }
}
