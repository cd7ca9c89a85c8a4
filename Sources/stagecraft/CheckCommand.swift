import ArgumentParser
import Detection
import Documents
import Ingest
import Inspection
import Logging
import Pipeline
import SurveyMapping

struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Say whether a survey file fits an export, without scoring anything.",
    discussion: """
      Exit code 0: it fits. 78: the survey file names columns that the export lacks, or is wrong
      itself. 65: the export cannot be read as declared, or has too many rejects.

      EXAMPLES
        stagecraft check export.csv --survey survey.yaml
        stagecraft check export.csv --survey survey.yaml --format json
      """)

  @Argument(help: "The export; - is standard input.", completion: .file())
  var input: String

  @Option(
    help: ArgumentHelp("The survey file.", valueName: "file"),
    completion: .file(extensions: ["yaml", "yml"]))
  var survey: String

  @Option(
    help: ArgumentHelp(
      "A built-in model or a model file, instead of the survey file's.", valueName: "id|file"),
    completion: .file(extensions: ["yaml", "yml"]))
  var model: String?

  @Option(help: "text to read, json for programs, complete.")
  var format: ReportFormat = .text

  @Option(
    help: ArgumentHelp(
      "More rejects than this and the export is unusable: a number, or a percentage, which is "
        + "looked at once 100 records were read.", valueName: "n|p%"))
  var maxRejects: String = RunConfiguration.RejectLimit.standard.text

  @OptionGroup var dialect: DialectOptions
  @OptionGroup var limits: LimitOptions
  @OptionGroup var messages: MessageOptions

  func validate() throws {
    if RunConfiguration.RejectLimit(maxRejects) == nil {
      throw ValidationError("--max-rejects is a number (25) or a percentage (2.5%)")
    }
  }

  func run() throws {
    try messages.reportingFailures {
      let definitions = try Definitions(surveyFile: survey, model: model)
      let check = try check(definitions)
      switch format {
      case .json: try writeOutput(CheckDocument(check).document.document)
      case .text where check.faults == nil:
        let text = CheckText(check, width: TerminalWidth.columns(), isVerbose: messages.verbose)
        try writeOutput(TerminalText.report(text.text))
      case .text: break
      }
      try conclude(check)
    }
  }

  private func check(_ definitions: Definitions) throws(RunFailure) -> SurveyCheck {
    var request = ExportRequest(path: input)
    request.declared = try declared(definitions.survey.source)
    request.member = dialect.member
    request.limits = limits.limits
    do {
      return try SurveyCheck(request, survey: definitions.survey, model: definitions.model)
    } catch {
      throw RunFailure(error)
    }
  }

  /// The command line's word counts more than the survey file's, as in a run.
  private func declared(_ source: SourceDeclaration) throws(RunFailure) -> DeclaredDialect {
    var declared = try dialect.declared()
    declared.delimiter = declared.delimiter ?? source.delimiter
    declared.encoding =
      declared.encoding ?? source.encoding.flatMap { CharacterEncoding(rawValue: $0.rawValue) }
    declared.headerRecords = declared.headerRecords ?? source.headerRecords
    declared.labelRecord = source.labelRecord
    if declared.vendor == nil, let name = source.vendor {
      guard let vendor = Vendor(rawValue: name) else {
        throw .unknownVendor(name, isOption: false)
      }
      declared.vendor = vendor
    }
    return declared
  }

  private func conclude(_ check: SurveyCheck) throws {
    let logger = messages.makeLogger()
    if let faults = check.faults {
      try fail(FailureMessage(faults.messages, .definitionWrong), logger)
    }
    if !check.detection.isTableOfResponses {
      try fail(NotAnExport(input, check.detection.doubts).message, logger)
    }
    let (read, rejected) = (check.fates.read, check.fates.rejects.total)
    let limit = RunConfiguration.RejectLimit(maxRejects) ?? .standard
    if limit.isExceeded(read: read, rejected: rejected) {
      let message =
        "\(rejected) of \(read) records are rejected, more than --max-rejects \(limit.text) allows; "
        + "check delimiter, encoding and header_records first"
      try fail(FailureMessage(message, .dataUnusable), logger)
    }
  }

  private func fail(_ message: FailureMessage, _ logger: Logger) throws -> Never {
    for line in message.lines { logger.error("\(line)") }
    throw message.exitCode
  }
}
