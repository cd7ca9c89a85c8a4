import ArgumentParser
import Comparison
import Detection
import Documents
import Explanation
import Ingest
import Pipeline
import Publish
import SystemCalls

/// A failure in words: what, where, why, how to mend it, and the exit code.
struct FailureMessage {
  let lines: [String]
  let exitCode: ExitCode

  init(_ lines: [String], _ exitCode: ExitCode) {
    self.lines = lines
    self.exitCode = exitCode
  }

  init(_ line: String, _ exitCode: ExitCode) { self.init([line], exitCode) }

  init(_ failure: RunFailure) {
    self =
      switch failure {
      case .definition(let faults): FailureMessage(faults.messages, .definitionWrong)
      case .undefined(let missing): FailureMessage(missing)
      case .unknownVendor(let name, let isOption):
        FailureMessage(
          "there is no vendor '\(name)'"
            + suggestion(for: name, among: Vendor.allCases.map(\.rawValue)) + " Known are "
            + Vendor.allCases.map(\.rawValue).joined(separator: ", "),
          isOption ? .usage : .definitionWrong)
      case .detection(let error, let path): FailureMessage(error, path: path)
      case .ambiguousExport(let path, let vendors):
        FailureMessage(
          "\(path): looks like an export of \(vendors.joined(separator: " and of ")); say which "
            + "with --vendor or source.vendor", .dataUnusable)
      case .ingest(let error): FailureMessage(error)
      case .publish(let error): FailureMessage(error)
      case .standardInputTwice:
        FailureMessage("standard input (-) can be given only once", .usage)
      case .cannotSpool(let error, let input):
        FailureMessage(
          (input == "-" ? "standard input" : input)
            + " is needed twice to find duplicates, and could not be kept in "
            + "\(error.path): \(error.reason); set TMPDIR or give a file", .inputOutput)
      case .tooFewOpenFiles(let limit, let needed):
        FailureMessage(
          "only \(limit) files may be open at a time, and a run needs \(needed); ulimit -n raises it",
          .inputOutput)
      case .outputHoldsInput(let input, let output):
        FailureMessage(
          "\(input): is read, and would be replaced with the output \(output); name another output",
          .usage)
      case .tooManyIDs(let error):
        FailureMessage(
          "no memory is left for respondents' ids, of which each takes up to 24 bytes: "
            + "\(error.reason); give it more, or say 'duplicates: keep'", .inputOutput)
      case .tooManyRejects(let read, let rejected, let limit, let kept):
        FailureMessage(
          "\(rejected) of \(read) records were rejected, more than --max-rejects \(limit.text) "
            + "allows: nothing was published. The rejects, with positions and reasons, are in "
            + "\(kept). Check delimiter, encoding and header_records first.", .dataUnusable)
      case .tooManySegmentValues(let column, let limit):
        FailureMessage(
          "the segment column '\(column)' has more than \(limit) different values, or very long "
            + "ones: each would get tables of its own. Group them with 'values', leave the segment "
            + "out, or allow more with --max-segment-values.", .dataUnusable)
      case .tooManyOrganisations(let column, let limit):
        FailureMessage(
          "the organisation column '\(column)' has more than \(limit) different names; each takes "
            + "some 7 KiB of memory. Is it the right column? --max-organisations allows more.",
          .dataUnusable)
      case .raking(let failure): FailureMessage(failure)
      case .unbalanced(let source, let imbalance):
        FailureMessage(
          "\(source): \(FailureMessage.words(imbalance)), so nothing was published. This is a bug "
            + "of stagecraft; please report it.", .ourBug)
      }
  }

  private init(_ missing: MissingDefinition) {
    self =
      switch missing {
      case .unreadable(let error):
        FailureMessage("\(error.path): cannot be read: \(error.reason)", .definitionWrong)
      case .unknownModel(let name, let builtIn):
        FailureMessage(
          "there is no model '\(name)'" + suggestion(for: name, among: builtIn)
            + " Built in are \(builtIn.joined(separator: ", ")); "
            + "a file is named by its path (./\(name).yaml)", .definitionWrong)
      case .noModel(let file):
        FailureMessage(
          "\(file): no model is named; add 'model: mlops-maturity' or use --model",
          .definitionWrong)
      case .noSurvey(let input):
        FailureMessage(
          (input == "-"
            ? "standard input is read with a survey file only"
            : "\(input): no --survey "
              + "is given, and the question codes are not those of stagecraft questionnaire")
            + "; `stagecraft init \(input == "-" ? "FILE" : input) > survey.yaml` drafts a survey "
            + "file", .usage)
      case .printedFromAnotherModel(let input, let model):
        FailureMessage(
          "\(input): its questionnaire was printed from another model than \(model), or another "
            + "edition of it; give that one with --model, or a survey file with --survey",
          .definitionWrong)
      }
  }

  private static func words(_ imbalance: Imbalance) -> String {
    switch imbalance {
    case .gap(let begin, let expected):
      "a piece begins at byte \(begin) where the one before it ended at \(expected)"
    case .bytes(let accounted, let all): "\(accounted) of its \(all) bytes are accounted for"
    case .records(let handedOver, let found):
      "\(found) records were found and \(handedOver) handed over"
    case .fates(let told, let read): "\(read) records were read and \(told) fates counted"
    case .rejects(let written, let counted):
      "\(counted) records were rejected and \(written) rejects written"
    case .unfinished: "its end was never reached"
    }
  }
}

extension FailureMessage {
  /// What is to be said of an error that ends a command; nil for one that speaks for itself.
  init?(ending error: any Error) {
    if error is ExitCode { return nil }
    if let signal = Interruption.signal {
      self.init("stopped by \(signal.name); no output was replaced", .stopped(by: signal))
    } else if let failure = error as? RunFailure {
      self.init(failure)
    } else if let failure = error as? ShowFailure {
      self.init(failure)
    } else if let failure = error as? ExplanationFailure {
      self.init(failure)
    } else if let failure = error as? ComparisonFailure {
      self.init(failure)
    } else if let error = error as? PublishError {
      self.init(error)
    } else if let error = error as? SystemCallError {
      self.init(error)
    } else if let error = error as? PostgreSQLDefinitions.UnknownSet {
      self.init(error)
    } else {
      return nil
    }
  }

  init(_ error: SystemCallError) {
    // Whoever reads the output has read enough.
    if error.errno == .brokenPipe && error.path == SystemCalls.standardOutput {
      self.init([], .outputClosed)
    } else {
      self.init("\(error.path): \(error.call) failed: \(error.reason)", .inputOutput)
    }
  }

  static func isShortOfDescriptors(_ error: SystemCallError) -> Bool {
    error.errno == .tooManyOpenFiles || error.errno == .tooManyOpenFilesInSystem
  }

  init(shortOfDescriptors error: SystemCallError) {
    self.init(
      "\(error.path): \(error.reason): the limit is \(SystemCalls.openFileLimit()); ulimit -n "
        + "raises it, and --jobs 1 needs fewer", .inputOutput)
  }
}
