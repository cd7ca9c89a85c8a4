import ArgumentParser
import Documents
import Inspection
import MaturityModel
import Pipeline

struct InitCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init",
    abstract: "Draft a survey file for an export.",
    discussion: """
      The draft is valid and runs as it is. What had to be guessed is said in comments, and so is
      what the questionnaire will be able to tell.

      EXAMPLES
        stagecraft init export.csv > survey.yaml
        stagecraft check export.csv --survey survey.yaml
        stagecraft run export.csv --survey survey.yaml --out results
      """)

  @Argument(help: "The export; - is standard input.", completion: .file())
  var input: String

  @Option(
    help: ArgumentHelp("A built-in model or a model file.", valueName: "id|file"),
    completion: .file(extensions: ["yaml", "yml"]))
  var model = MaturityModel.builtInIDs[0]

  @OptionGroup var dialect: DialectOptions
  @OptionGroup var messages: MessageOptions

  func run() throws {
    try messages.reportingFailures {
      let run = InspectionRun(input: input, dialect: dialect, model: model)
      let inspection = try run.inspect()
      if !inspection.detection.isTableOfResponses {
        try refuse(NotAnExport(input, inspection.detection.doubts).message)
      }
      do {
        let draft = try SurveyDraft(inspection, modelReference: model)
        try writeOutput(draft.yaml)
        report(draft, of: inspection)
      } catch let faults as DocumentFaults {
        throw ValidationFailed(faults)
      }
    }
  }

  private func refuse(_ message: FailureMessage) throws -> Never {
    let logger = messages.makeLogger()
    for line in message.lines { logger.error("\(line)") }
    throw message.exitCode
  }

  private func report(_ draft: SurveyDraft, of inspection: Inspection) {
    let logger = messages.makeLogger()
    if let codes = inspection.codes { logger.warning("\(codes.text)") }
    if let late = inspection.lateBytes { logger.warning("\(late)") }
    let top = draft.forecast.assessable.last
    let ceiling = top.map { "the highest stage it can confirm is \($0)" }
    let outcome = ceiling ?? "no stage can be assessed"
    logger.info("\(draft.survey.questions.count) questions mapped; \(outcome)")
    logger.info("the end of the draft says what is missing")
  }

  /// A draft that is not valid is a bug of ours.
  private struct ValidationFailed: Error, CustomStringConvertible {
    let description: String

    init(_ faults: DocumentFaults) {
      description =
        "the draft is not valid; this is a bug of stagecraft, please report it: "
        + faults.messages.joined(separator: "; ")
    }
  }
}
