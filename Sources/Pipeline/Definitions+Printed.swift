import Detection
import Documents
import Ingest
import MaturityModel
import Publish
import Questionnaire
import SurveyMapping

extension Definitions {
  /// The definitions for a run without a survey file: the first input must be an export of a
  /// questionnaire that stagecraft printed, whose codes say what a survey file would.
  package init(printed configuration: RunConfiguration) throws(RunFailure) {
    let (model, file) = try Definitions.model(
      named: configuration.model ?? MaturityModel.builtInIDs[0])
    let source = configuration.inputs.first ?? "-"
    // Its header is read here, and all of it once more by the run.
    if InputExpansion.isPipe(source) { throw .undefined(.noSurvey(input: source)) }
    let yaml = try Definitions.printedSurvey(configuration, model, path: source)
    do {
      let survey = try Survey(yaml: yaml, source: OutputNames.survey, model: model)
      self.init(
        model: model, survey: survey, modelFile: file, surveyFile: OutputNames.survey,
        madeSurvey: yaml)
    } catch {
      throw .definition(error)
    }
  }

  private static func printedSurvey(
    _ configuration: RunConfiguration, _ model: MaturityModel, path: String
  ) throws(RunFailure) -> [UInt8] {
    let (header, detection) = try firstHeader(configuration)
    let printed: PrintedQuestionnaire?
    do {
      printed = try PrintedQuestionnaire(header: header, detection: detection, model: model)
    } catch {
      throw .undefined(.printedFromAnotherModel(input: path, model: model.id))
    }
    guard let printed else { throw .undefined(.noSurvey(input: path)) }
    return printed.surveyFile
  }

  private static func firstHeader(
    _ configuration: RunConfiguration
  ) throws(RunFailure) -> ([[String]], Detection) {
    let inputs = try InputList(
      configuration: configuration, declared: try configuration.declaredDialect(.nothing))
    let (reader, detection) = try inputs.open(0)
    do {
      return (try reader.readHeader(), detection)
    } catch {
      throw .ingest(error)
    }
  }
}
