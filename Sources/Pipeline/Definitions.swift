import Documents
import MaturityModel
import SurveyMapping
import SystemCalls

/// The model and the survey of a run, read and validated.
package struct Definitions: Sendable {
  package let model: MaturityModel
  package let survey: Survey
  /// What stands for the file of a model that has none.
  package static let builtIn = "built-in"
  /// Where the model came from: a file, or `built-in`.
  package let modelFile: String
  package let surveyFile: String
  /// The survey file that was made for a questionnaire of ours; nil where one was given.
  let madeSurvey: [UInt8]?

  /// - Parameter model: a built-in model's id or a file; nil: what the survey file names, as a
  ///   built-in id or a path relative to that file.
  package init(surveyFile: String, model reference: String?) throws(RunFailure) {
    let yaml = try Definitions.bytes(of: surveyFile)
    (model, modelFile) = try Definitions.model(reference, surveyFile: surveyFile, yaml)
    self.surveyFile = surveyFile
    madeSurvey = nil
    do {
      survey = try Survey(yaml: yaml, source: surveyFile, model: model)
    } catch {
      throw .definition(error)
    }
  }

  init(
    model: MaturityModel, survey: Survey, modelFile: String, surveyFile: String,
    madeSurvey: [UInt8]?
  ) {
    self.model = model
    self.survey = survey
    self.modelFile = modelFile
    self.surveyFile = surveyFile
    self.madeSurvey = madeSurvey
  }

  private static func model(
    _ reference: String?, surveyFile: String, _ yaml: [UInt8]
  ) throws(RunFailure) -> (MaturityModel, String) {
    if let reference { return try model(named: reference) }
    do {
      guard let name = try Survey.modelReference(yaml: yaml, source: surveyFile) else {
        throw RunFailure.undefined(.noModel(surveyFile: surveyFile))
      }
      if let builtIn = try MaturityModel.builtIn(name) { return (builtIn, Definitions.builtIn) }
      return try model(named: path(name, besides: surveyFile))
    } catch let error as DocumentFaults {
      throw .definition(error)
    } catch let error as RunFailure {
      throw error
    } catch {
      preconditionFailure("no other error is thrown above")
    }
  }

  /// A built-in model by its id, or one from a file.
  package static func model(named name: String) throws(RunFailure) -> (MaturityModel, String) {
    do throws(DocumentFaults) {
      if let builtIn = try MaturityModel.builtIn(name) { return (builtIn, Definitions.builtIn) }
    } catch {
      throw .definition(error)
    }
    let isFile = (try? SystemCalls.linkStatus(name)) ?? nil
    if isFile == nil && !name.contains("/") && !name.contains(".") {
      throw .undefined(.unknownModel(name: name, builtIn: MaturityModel.builtInIDs))
    }
    let yaml = try bytes(of: name)
    do {
      return (try MaturityModel(yaml: yaml, source: name), name)
    } catch {
      throw .definition(error)
    }
  }

  private static func path(_ name: String, besides file: String) -> String {
    guard !name.hasPrefix("/"), let slash = file.lastIndex(of: "/") else { return name }
    return file[...slash] + name
  }

  private static func bytes(of path: String) throws(RunFailure) -> [UInt8] {
    do {
      return try SystemCalls.wholeFile(path, limit: documentByteLimit)
    } catch {
      throw .undefined(.unreadable(error))
    }
  }
}
