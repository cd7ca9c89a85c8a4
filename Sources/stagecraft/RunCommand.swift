import ArgumentParser
import Ingest
import Pipeline
import Publish
import SystemCalls

struct RunCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Read exports, score every response, and publish all tables.",
    discussion: """
      EXAMPLES
        stagecraft run responses.csv --survey survey.yaml --out results
        stagecraft run *.csv --survey survey.yaml --out results --max-rejects 0
      """)

  @Argument(help: "The exports, in order; - is standard input.")
  var inputs: [String]

  @Option(
    help: ArgumentHelp(
      "The survey file; not needed for an export of stagecraft questionnaire.", valueName: "file"))
  var survey: String?

  @Option(help: ArgumentHelp("A built-in model or a model file, instead of the survey file's."))
  var model: String?

  @Option(help: ArgumentHelp("The directory to publish; replaced as a whole.", valueName: "dir"))
  var out: String

  @Flag(help: "Also write respondents.csv: every response with its stage.")
  var respondents = false

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
    help: ArgumentHelp("Refuse a compressed input that grows beyond this.", valueName: "bytes"))
  var maxExpandedBytes: UInt64 = 20 << 30

  @Option(help: ArgumentHelp("The product the export came from.", valueName: "name"))
  var vendor: String?

  @Option(
    help: ArgumentHelp(
      "More rejects than this and nothing is published: a number, or a percentage, which is "
        + "looked at once 100 records were read.", valueName: "n|p%"))
  var maxRejects: String = RunConfiguration.RejectLimit.standard.text

  @Flag(help: "Put the inputs' SHA-256 into run.json.")
  var sha256 = false

  @Option(help: "How records are found: by the vector scan where it is proved right, or by libcsv.")
  var reader = ChunkReader.Method.hybrid

  @Flag(help: "Print where the time went, by stage and worker.")
  var timings = false

  @Option(help: .hidden)
  var chunkSize: Int = 256 << 10

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
  }

  func run() throws {
    let logger = messages.makeLogger()
    let progress = ProgressBar(isShown: messages.isInteractive)
    do throws(RunFailure) {
      let configuration = makeConfiguration()
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
      let report = try pipeline.run()
      progress.clear()
      if !messages.quiet {
        RunSummary(report: report, directory: out).print(to: logger, format: messages.logFormat)
      }
      if timings { StandardError.write(TimingsText(report: report).text) }
    } catch {
      progress.clear()
      let message = FailureMessage(error)
      for line in message.lines { logger.error("\(line)") }
      throw message.exitCode
    }
  }

  private func makeConfiguration() -> RunConfiguration {
    var configuration = RunConfiguration(
      inputs: inputs, surveyFile: survey ?? OutputNames.survey, outputDirectory: out, jobs: jobs,
      command: CommandLine.arguments)
    configuration.model = model
    configuration.vendor = vendor
    configuration.member = member
    configuration.limits.expandedBytes = maxExpandedBytes
    configuration.writesRespondents = respondents
    configuration.isStrict = strict
    configuration.rejectLimit = RunConfiguration.RejectLimit(maxRejects) ?? .standard
    configuration.chunkBytes = chunkSize
    configuration.hashesInputs = sha256
    configuration.reader = reader
    return configuration
  }
}

extension ChunkReader.Method: ExpressibleByArgument {}
