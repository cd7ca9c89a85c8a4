import ArgumentParser
import Logging
import SystemCalls

/// How much a command says, and in which form. Messages go to standard error.
struct MessageOptions: ParsableArguments {
  @Flag(name: .shortAndLong, help: "Say nothing but errors.")
  var quiet = false

  @Flag(name: .shortAndLong, help: "Say more about what is being done.")
  var verbose = false

  @Option(help: "Form of the messages: text, or one JSON object per line.")
  var logFormat: LogFormat = .text

  func validate() throws {
    if quiet && verbose { throw ValidationError("--quiet and --verbose exclude each other") }
  }

  /// Whether people watch: progress and bars make sense.
  var isInteractive: Bool { !quiet && logFormat == .text && Surroundings.isCapable(2) }

  func makeLogger() -> Logger {
    var logger = Logger(label: "stagecraft") { _ in StandardErrorLog(format: logFormat) }
    logger.logLevel = quiet ? .error : verbose ? .debug : .info
    return logger
  }
}

enum LogFormat: String, CaseIterable, ExpressibleByArgument {
  case text, json
}
