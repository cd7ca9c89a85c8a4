import Aggregate
import ArgumentParser
import Detection
import Ingest
import Normalize
import Pipeline
import Publish
import SystemCalls

struct RunCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Read exports, score every response, and publish all tables.",
    discussion: """
      EXAMPLES
        stagecraft run responses.csv --survey survey.yaml --out results --dry-run
        stagecraft run responses.csv --survey survey.yaml --out results
        stagecraft run *.csv --survey survey.yaml --out results --max-rejects 0
      """)

  @Argument(help: "The exports, in order; - is standard input.", completion: .file())
  var inputs: [String]

  @Option(
    help: ArgumentHelp(
      "The survey file; not needed for an export of stagecraft questionnaire.", valueName: "file"),
    completion: .file(extensions: ["yaml", "yml"]))
  var survey: String?

  @Option(
    help: ArgumentHelp(
      "A built-in model or a model file, instead of the survey file's.", valueName: "id|file"),
    completion: .file(extensions: ["yaml", "yml"]))
  var model: String?

  @Option(
    help: ArgumentHelp("The directory to publish; replaced as a whole.", valueName: "dir"),
    completion: .directory)
  var out: String

  @Flag(help: "Also write respondents.csv: every response with its stage.")
  var respondents = false

  @Flag(help: "Leave out report.html.")
  var noReport = false

  @Option(
    help: ArgumentHelp(
      "How the CSV files are written: bi for databases and BI tools; excel with a byte order "
        + "mark, CRLF and quoted texts.", valueName: "bi|excel"))
  var profile = CSVProfile.bi

  @Option(
    name: .shortAndLong, help: "Threads that read, parse and score; default: one a processor.")
  var jobs: Int = SystemCalls.processorCount()

  @Flag(help: "Reject what the lenient reading would repair.")
  var strict = false

  @Option(
    help: ArgumentHelp(
      "Which members of a zip or tar file to read, where several hold data.", valueName: "pattern"))
  var member: String?

  @Option(
    help: ArgumentHelp("The product the export came from.", valueName: "name"),
    completion: .list(Vendor.allCases.map(\.rawValue)))
  var vendor: String?

  @Option(
    help: ArgumentHelp(
      "More rejects than this and nothing is published: a number, or a percentage, which is "
        + "looked at once 100 records were read.", valueName: "n|p%"))
  var maxRejects: String = RunConfiguration.RejectLimit.standard.text

  @Flag(help: "Also write rejects_raw.csv: every refused record as it stands in the input.")
  var rejectsRaw = false

  @Option(
    help: ArgumentHelp(
      "Also write the tables of these: \(RunCommand.analysisNames), or all.", valueName: "list"),
    completion: .list(Analysis.allCases.map(\.rawValue) + ["all"]))
  var analyses: String?

  @Option(
    help: ArgumentHelp(
      "Publish no number that tells of fewer responses than this.", valueName: "k"))
  var minCell: Int?

  @OptionGroup var limits: LimitOptions

  @Option(
    help: ArgumentHelp("A segment with more distinct values is refused.", valueName: "n"))
  var maxSegmentValues: Int = TextLimits().segmentValues

  @Option(
    help: ArgumentHelp("Refuse an organisation column with more names.", valueName: "n"))
  var maxOrganisations: Int = TextLimits().organisations

  @Option(
    help: ArgumentHelp(
      "Where more distinct answers to a question match nothing, they are only counted.",
      valueName: "n"))
  var maxUnmappedTexts: Int = TextLimits().unmappedTexts

  @Flag(help: "Put the inputs' SHA-256 into run.json.")
  var sha256 = false

  @Option(help: "How records are found: by the vector scan where it is proved right, or by libcsv.")
  var reader = ChunkReader.Method.hybrid

  @Flag(help: "Print where the time went, by stage and worker.")
  var timings = false

  @Flag(
    name: [.customShort("n"), .long],
    help: "Say what would be read and written, from definitions and headers; write nothing.")
  var dryRun = false

  @Option(help: "Of what --dry-run says: text to read, json for programs.")
  var format: ReportFormat = .text

  @Option(help: .hidden)
  var chunkSize: Int = 256 << 10

  @OptionGroup var screen: ScreenOptions
  @OptionGroup var messages: MessageOptions

  func validate() throws {
    if !(1...256).contains(jobs) {
      throw ValidationError("--jobs is a number from 1 to 256, not \(jobs)")
    }
    if !(1...1 << 30).contains(chunkSize) {
      throw ValidationError("--chunk-size is a number of bytes from 1 to 1073741824")
    }
    if RunConfiguration.RejectLimit(maxRejects) == nil {
      throw ValidationError("--max-rejects is a number (25) or a percentage (2.5%)")
    }
    if format == .json && !dryRun {
      throw ValidationError("--format json goes with --dry-run; what a run did is in run.json")
    }
    _ = try chosenAnalyses()
    try checkMinimumCell()
    try LimitOptions.check(maxSegmentValues, "--max-segment-values", in: 1...1 << 24)
    try LimitOptions.check(maxOrganisations, "--max-organisations", in: 1...1 << 24)
    try LimitOptions.check(maxUnmappedTexts, "--max-unmapped-texts", in: 0...1 << 24)
  }

  func run() throws {
    let logger = messages.makeLogger()
    let progress = ProgressBar(isShown: messages.isInteractive, screen: screen.screen(on: 2))
    try messages.reportingFailures {
      defer { progress.clear() }
      let configuration = try makeConfiguration()
      let definitions =
        if let survey {
          try Definitions(surveyFile: survey, model: model)
        } else {
          try Definitions(printed: configuration)
        }
      logger.debug(
        "model \(definitions.model.id) \(definitions.model.version), survey \(definitions.survey.id)"
      )
      let pipeline = Pipeline(configuration, definitions: definitions) { progress.show($0) }
      if dryRun { return try say(try pipeline.plan()) }
      let report = try pipeline.run()
      progress.clear()
      for input in report.repeatedInputs { logger.warning("\(input.warning)") }
      if !messages.quiet {
        RunSummary(report: report, directory: out, screen: screen.screen(on: 2)).print(
          to: logger, format: messages.logFormat)
      }
      if timings { StandardError.write(TimingsText(report: report).text) }
    }
  }

  private func say(_ plan: RunPlan) throws {
    let text = DryRunText(plan: plan, screen: screen.screen(on: 1))
    try writeOutput(format == .json ? text.document.document : text.text)
  }

  private func checkMinimumCell() throws {
    guard let minCell else { return }
    // Under 3, "too few" would say how many.
    try LimitOptions.check(minCell, "--min-cell", in: 3...1 << 24)
    for (isGiven, name) in [(respondents, "--respondents"), (rejectsRaw, "--rejects-raw")]
    where isGiven {
      throw ValidationError(
        "\(name) writes single responses, which --min-cell is to keep unpublished; "
          + "leave one of the two out")
    }
  }

  static let analysisNames = Analysis.allCases.map(\.rawValue).joined(separator: ", ")

  private func chosenAnalyses() throws -> Set<Analysis> {
    guard let analyses else { return [] }
    do throws(UnknownAnalysis) {
      return try Set(names: analyses)
    } catch {
      throw ValidationError(
        "--analyses is a list of \(RunCommand.analysisNames), or all; not \"\(error.name)\""
          + suggestion(for: error.name, among: Analysis.allCases.map(\.rawValue) + ["all"]))
    }
  }

  private func makeConfiguration() throws -> RunConfiguration {
    var configuration = RunConfiguration(
      inputs: inputs, surveyFile: survey ?? OutputNames.survey, outputDirectory: out, jobs: jobs,
      command: CommandLine.arguments)
    configuration.model = model
    configuration.vendor = vendor
    configuration.member = member
    configuration.limits = limits.limits
    configuration.textLimits.segmentValues = maxSegmentValues
    configuration.textLimits.organisations = maxOrganisations
    configuration.textLimits.unmappedTexts = maxUnmappedTexts
    configuration.writesRawRejects = rejectsRaw
    configuration.writesRespondents = respondents
    configuration.writesReport = !noReport
    configuration.profile = profile
    configuration.isStrict = strict
    configuration.analyses = try chosenAnalyses()
    configuration.minimumCell = minCell.map(UInt64.init)
    configuration.rejectLimit = RunConfiguration.RejectLimit(maxRejects) ?? .standard
    configuration.chunkBytes = chunkSize
    configuration.hashesInputs = sha256
    configuration.reader = reader
    return configuration
  }
}

extension ChunkReader.Method: ExpressibleByArgument {}
extension CSVProfile: ExpressibleByArgument {}
