import ArgumentParser
import Inspection
import MaturityModel
import Pipeline

struct InspectCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "inspect",
    abstract: "Say what an export is, question by question.",
    discussion: """
      Reads the export once. What people wrote in their own words is counted, never shown; so are
      answers that one response alone gave, unless the model knows them.

      EXAMPLES
        stagecraft inspect export.csv
        stagecraft inspect export.zip --member '*2024*' --verbose
        stagecraft inspect export.csv --format json > export.json
      """)

  @Argument(help: "The export; - is standard input.", completion: .file())
  var input: String

  @Option(
    help: ArgumentHelp("A built-in model or a model file.", valueName: "id|file"),
    completion: .file(extensions: ["yaml", "yml"]))
  var model = MaturityModel.builtInIDs[0]

  @Option(help: "text to read, json for programs, complete.")
  var format: ReportFormat = .text

  @OptionGroup var dialect: DialectOptions
  @OptionGroup var messages: MessageOptions

  func run() throws {
    try messages.reportingFailures {
      let run = InspectionRun(input: input, dialect: dialect, model: model)
      let inspection = try run.inspect()
      switch format {
      case .json: try writeOutput(InspectionDocument(inspection).document.document)
      case .text:
        let text = InspectionText(
          inspection, width: TerminalWidth.columns(), isVerbose: messages.verbose)
        try writeOutput(TerminalText.report(text.text))
      }
    }
  }
}
