import ArgumentParser
import Explanation
import Pipeline

struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Show how one respondent got their stage: from cells to terms, criteria and rules.",
    discussion: """
      Prints what the respondent wrote, on standard output only.

      EXAMPLES
        stagecraft explain R0001 responses.csv --survey survey.yaml
        stagecraft explain 'responses.csv#17' responses.csv --survey survey.yaml --format json
      """)

  enum Format: String, CaseIterable, ExpressibleByArgument {
    case text, json
  }

  @Argument(
    help: ArgumentHelp(
      "The respondent's id, or the source and number of a record.", valueName: "id|source#record"))
  var respondent: String

  @Argument(help: "The exports, in the order of the run; - is standard input.", completion: .file())
  var inputs: [String]

  @Option(
    help: ArgumentHelp("The survey file.", valueName: "file"),
    completion: .file(extensions: ["yaml", "yml"]))
  var survey: String

  @Option(
    help: ArgumentHelp(
      "A built-in model or a model file, instead of the survey file's.", valueName: "id|file"),
    completion: .file(extensions: ["yaml", "yml"]))
  var model: String?

  @Option(help: "text to read, json for programs.")
  var format: Format = .text

  @Flag(help: "Reject what the lenient reading would repair.")
  var strict = false

  @Option(
    help: ArgumentHelp(
      "Which members of a zip or tar file to read, where several hold data.", valueName: "pattern"))
  var member: String?

  @Option(help: ArgumentHelp("The product the export came from.", valueName: "name"))
  var vendor: String?

  @OptionGroup var limits: LimitOptions
  @OptionGroup var messages: MessageOptions

  func run() throws {
    try messages.reportingFailures { try writeOutput(try printed()) }
  }

  private func printed() throws(ExplanationFailure) -> String {
    let explanation = try explain()
    return switch format {
    case .text: TerminalText.report(ExplanationText(explanation).text)
    case .json: ExplanationDocument(explanation).document.document
    }
  }

  private func explain() throws(ExplanationFailure) -> Explanation {
    var configuration = RunConfiguration(
      inputs: inputs, surveyFile: survey, outputDirectory: "", jobs: 1, command: [])
    configuration.model = model
    configuration.vendor = vendor
    configuration.member = member
    configuration.isStrict = strict
    configuration.limits = limits.limits
    let definitions: Definitions
    do {
      definitions = try Definitions(surveyFile: survey, model: model)
    } catch {
      throw .run(error)
    }
    return try Explainer(configuration, definitions: definitions).explain(respondent)
  }
}

extension FailureMessage {
  /// Ids are personal, so none is repeated, and no similar one is suggested.
  init(_ failure: ExplanationFailure) {
    self =
      switch failure {
      case .run(let failure): FailureMessage(failure)
      case .notFound(let byID, let read):
        FailureMessage(
          (byID ? "no record has this id" : "there is no such record")
            + "; \(read) records were read. A record is named by its respondent's id, or as "
            + "SOURCE#RECORD with the source and record of respondents.csv", .dataUnusable)
      case .surveyHasNoIDs(let sources):
        FailureMessage(
          "the survey file names no respondent.id, so a record is named by its place: "
            + sources.prefix(5).map { "'\($0)#1'" }.joined(separator: ", "), .usage)
      }
  }
}
