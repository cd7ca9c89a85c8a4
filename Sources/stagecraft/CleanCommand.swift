import ArgumentParser
import Detection
import Ingest
import Logging
import Pipeline
import Publish

struct CleanCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "clean",
    abstract: "Write an export's records, as they are read, as plain CSV.",
    discussion: """
      Plain means RFC 4180, UTF-8, LF, one header record. What had to be decided on the way is
      counted on standard error; a record that cannot be read is left out and named there.

      EXAMPLES
        stagecraft clean export.csv -o plain.csv
        stagecraft clean messy.txt --delimiter ';' --skip-records 2 --encoding windows-1252
      """)

  @Argument(help: "The export; - is standard input.", completion: .file())
  var input: String

  @Option(name: .shortAndLong, help: ArgumentHelp("Write here instead.", valueName: "file"))
  var output: String?

  @OptionGroup var dialect: DialectOptions
  @OptionGroup var limits: LimitOptions

  @Option(help: ArgumentHelp("The quote character.", valueName: "character"))
  var quote: SingleByte = SingleByte(UInt8(ascii: "\""))

  @Option(help: ArgumentHelp("Pass over records before the header.", valueName: "n"))
  var skipRecords = 0

  @Flag(help: "Leave out what the lenient reading would repair.")
  var strict = false

  @Flag(help: "Put ' before texts that a spreadsheet would take for formulas.")
  var `guard` = false

  @Flag(help: "Drop the ' that --guard puts before such texts; Typeform's are dropped anyway.")
  var unguard = false

  @OptionGroup var messages: MessageOptions

  func validate() throws {
    if skipRecords < 0 { throw ValidationError("--skip-records is 0 or more") }
  }

  func run() throws {
    let logger = messages.makeLogger()
    try messages.reportingFailures {
      var configuration = CleanRun.Configuration(
        input: input, output: output, declared: try dialect.declared())
      configuration.member = dialect.member
      configuration.limits = limits.limits
      configuration.quote = quote.byte
      configuration.skippedRecords = skipRecords
      configuration.isStrict = strict
      configuration.isGuarded = `guard`
      configuration.isUnguarded = unguard
      say(try CleanRun(configuration).run(), to: logger)
    }
  }

  private func say(_ report: CleanRun.Report, to logger: Logger) {
    for reject in report.rejects {
      logger.warning(
        "record \(reject.position.record), line \(reject.position.line): \(reject.reason.rawValue): \(RejectRecords.detail(reject))"
      )
    }
    let dialect = report.detection.dialect
    logger.info(
      "\(report.records) records written, \(report.rejected) left out; read as \(dialect.encoding.rawValue) with \(dialect.headerRecords) header records (\(report.detection.rule))"
    )
    let seen = report.irregularities
    if seen.blankLines > 0 { logger.info("\(seen.blankLines) blank lines dropped") }
    if seen.quotesInUnquotedFields > 0 {
      logger.info(
        "\(seen.quotesInUnquotedFields) records with a quote inside an unquoted field: kept")
    }
    if seen.textsAfterQuotes > 0 {
      logger.info(
        "\(seen.textsAfterQuotes) records with text after a closing quote: the quote kept")
    }
  }
}
