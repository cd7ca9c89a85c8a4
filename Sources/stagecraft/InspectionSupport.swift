import ArgumentParser
import Detection
import Inspection
import Logging
import MaturityModel
import Pipeline
import SystemCalls

/// How `inspect` and `check` print what they found.
enum ReportFormat: String, CaseIterable, ExpressibleByArgument {
  case text, json
}

extension RunFailure {
  /// An export that cannot be looked at cannot be run either.
  init(_ failure: InspectionFailure) {
    self =
      switch failure {
      case .ingest(let error): .ingest(error)
      case .detection(let error, let path): .detection(error, path: path)
      }
  }
}

/// What `inspect` and `init` share: one pass over an export.
struct InspectionRun {
  let input: String
  let dialect: DialectOptions
  let model: String

  func inspect() throws(RunFailure) -> Inspection {
    var request = ExportRequest(path: input)
    request.declared = try dialect.declared()
    request.member = dialect.member
    let (loaded, _) = try Definitions.model(named: model)
    do {
      return try Inspection(request, model: loaded)
    } catch {
      throw RunFailure(error)
    }
  }
}

/// Writes to standard output, unbuffered.
func writeOutput(_ text: String) throws {
  try SystemCalls.writeAll(1, bytes: Array(text.utf8), path: SystemCalls.standardOutput)
}

extension MessageOptions {
  /// Runs a command's work; a failure becomes words on standard error and an exit code.
  func reportingFailures(_ work: () throws -> Void) throws {
    do {
      try work()
    } catch {
      guard let message = FailureMessage(ending: error) else { throw error }
      try fail(message)
    }
  }

  private func fail(_ message: FailureMessage) throws -> Never {
    let logger = makeLogger()
    for line in message.lines { logger.error("\(line)") }
    throw message.exitCode
  }
}

/// The refusal of a file that is a report or several tables.
struct NotAnExport {
  let message: FailureMessage

  init(_ path: String, _ doubts: [Doubt]) {
    message = FailureMessage(
      doubts.filter(\.rulesOutResponses).map { "\(path): " + DetectionWords.doubt($0) }
        + ["\(path): no record is a response under a header; export the responses themselves"],
      .dataUnusable)
  }
}
