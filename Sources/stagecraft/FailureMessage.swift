import ArgumentParser
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
      case .definitionUnreadable(let error):
        FailureMessage("\(error.path): cannot be read: \(error.reason)", .definitionWrong)
      case .unknownModel(let name, let builtIn):
        FailureMessage(
          "there is no model '\(name)': built in are \(builtIn.joined(separator: ", ")); "
            + "a file is named by its path (./\(name).yaml)", .definitionWrong)
      case .noModel(let file):
        FailureMessage(
          "\(file): no model is named; add 'model: mlops-maturity' or use --model",
          .definitionWrong)
      case .noSurvey(let path):
        FailureMessage(
          (path == "-"
            ? "standard input is read with a survey file only"
            : "\(path): no --survey "
              + "is given, and the question codes are not those of stagecraft questionnaire")
            + "; `stagecraft init \(path == "-" ? "FILE" : path) > survey.yaml` drafts a survey "
            + "file", .usage)
      case .printedFromAnotherModel(let path, let model):
        FailureMessage(
          "\(path): its questionnaire was printed from another model than \(model), or another "
            + "edition of it; give that one with --model, or a survey file with --survey",
          .definitionWrong)
      case .unknownVendor(let name, let isOption):
        FailureMessage(
          "there is no vendor '\(name)': known are "
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
      case .unbalanced(let source, let imbalance):
        FailureMessage(
          "\(source): \(FailureMessage.words(imbalance)), so nothing was published. This is a bug "
            + "of stagecraft; please report it.", .ourBug)
      }
  }

  private init(_ error: IngestError) {
    self =
      switch error {
      case .cannotOpen(let error) where FailureMessage.isShortOfDescriptors(error):
        FailureMessage(shortOfDescriptors: error)
      case .cannotOpen(let error):
        FailureMessage("\(error.path): cannot be opened: \(error.reason)", .inputMissing)
      case .isDirectory(let path):
        FailureMessage("\(path): is a directory; name the files in it", .inputMissing)
      case .isDevice(let path): FailureMessage("\(path): is a device, not a file", .inputMissing)
      case .cannotRead(let error, let offset):
        FailureMessage(
          "\(error.path): reading failed at byte \(offset): \(error.reason)", .inputOutput)
      case .changedWhileReading(let path):
        FailureMessage(
          "\(path): changed while it was being read; run again when it is complete",
          .inputMissing)
      case .cannotDecompress(let path, let reason):
        FailureMessage("\(path): cannot be decompressed: \(reason)", .dataUnusable)
      case .expandsTooFar(let path, let limit):
        FailureMessage(
          "\(path): grows beyond \(limit) bytes, or two hundred times, when it is decompressed; "
            + "--max-expanded-bytes allows more", .dataUnusable)
      case .unsafeMember(let path, let member):
        FailureMessage(
          "\(path): the member '\(member)' points out of the archive; it is not read",
          .dataUnusable)
      case .repeatedMember(let path, let member):
        FailureMessage(
          "\(path): holds several members called '\(member)'; unpack them and name the files",
          .dataUnusable)
      case .noMember(let path, let members, let pattern):
        FailureMessage(
          "\(path): no member " + (pattern.map { "matches '\($0)'" } ?? "looks like responses")
            + "; it holds " + members.prefix(20).joined(separator: ", "), .dataUnusable)
      case .severalMembers(let path, let members):
        FailureMessage(
          "\(path): several members look like responses: "
            + members.prefix(20).joined(separator: ", ") + "; say which with --member",
          .dataUnusable)
      case .isEmpty(let path): FailureMessage("\(path): is empty: no header record", .dataUnusable)
      case .headerIncomplete(let path, let found, let expected):
        FailureMessage(
          "\(path): ends after \(found) of \(expected) header records; see "
            + "source.header_records in the survey file", .dataUnusable)
      case .headerUnreadable(let path, let reject):
        FailureMessage(
          "\(path): line \(reject.position.line), byte \(reject.position.byteOffset): a header "
            + "record is malformed (\(reject.reason.rawValue)): \(RejectRecords.detail(reject))",
          .dataUnusable)
      case .encodingMismatch(let path, let declared, let found):
        FailureMessage(
          "\(path): begins with the byte order mark of \(found), but \(declared.rawValue) is "
            + "declared; set source.encoding in the survey file", .dataUnusable)
      case .encodingUnsupported(let encoding):
        FailureMessage("this system cannot decode \(encoding.rawValue)", .dataUnusable)
      case .readersDisagree(let path, let offset):
        FailureMessage(
          "\(path): byte \(offset): two readers disagree on a record. This is a bug of "
            + "stagecraft; please report it.", .ourBug)
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

  private init(_ error: DetectionError, path: String) {
    self =
      switch error {
      case .notText(let what):
        FailureMessage(
          "\(path): is \(what), not a text file; export or save it as CSV", .dataUnusable)
      case .unsupportedEncoding(let name):
        FailureMessage(
          "\(path): is \(name), which is not read here; convert it first: "
            + "iconv -f \(name) -t UTF-8", .dataUnusable)
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
    } else if let failure = error as? ExplanationFailure {
      self.init(failure)
    } else if let error = error as? PublishError {
      self.init(error)
    } else if let error = error as? SystemCallError {
      self.init(error)
    } else {
      return nil
    }
  }

  private init(_ error: SystemCallError) {
    // Whoever reads the output has read enough.
    if error.errno == .brokenPipe && error.path == SystemCalls.standardOutput {
      self.init([], .outputClosed)
    } else {
      self.init("\(error.path): \(error.call) failed: \(error.reason)", .inputOutput)
    }
  }

  private static func isShortOfDescriptors(_ error: SystemCallError) -> Bool {
    error.errno == .tooManyOpenFiles || error.errno == .tooManyOpenFilesInSystem
  }

  private init(shortOfDescriptors error: SystemCallError) {
    self.init(
      "\(error.path): \(error.reason): the limit is \(SystemCalls.openFileLimit()); ulimit -n "
        + "raises it, and --jobs 1 needs fewer", .inputOutput)
  }

  init(_ error: PublishError) {
    self =
      switch error {
      case .cannotCreate(let error) where FailureMessage.isShortOfDescriptors(error):
        FailureMessage(shortOfDescriptors: error)
      case .cannotCreate(let error):
        FailureMessage("\(error.path): cannot be created: \(error.reason)", .cannotCreate)
      case .cannotWrite(let error) where error.path == SystemCalls.standardOutput:
        FailureMessage(error)
      case .cannotWrite(let error):
        FailureMessage(
          "\(error.path): \(error.call) failed: \(error.reason); nothing was published",
          .inputOutput)
      case .noSpace(let error, let bytes):
        FailureMessage(
          "\(error.path): \(error.call) failed: \(error.reason), where more than \(bytes) bytes "
            + "are needed; nothing was published", .inputOutput)
      case .damaged(let path):
        FailureMessage(
          "\(path): is not what was written there; nothing was published", .inputOutput)
      case .notDurable(let error):
        FailureMessage(
          "\(error.path): the new output is in place, but \(error.call) failed: \(error.reason); "
            + "it may not outlast a loss of power, so run again", .inputOutput)
      case .locked(let path, let process):
        FailureMessage(
          "\(path): another run publishes there"
            + (process.map { " (process \($0))" } ?? "") + "; try again when it has ended",
          .otherRun)
      case .exposesFew(let path, let exposure): FailureMessage(exposure, path: path)
      default: FailureMessage(refusal: error)
      }
  }

  /// A target that cannot, or must not, be replaced.
  private init(refusal error: PublishError) {
    let text =
      switch error {
      case .targetIsNotADirectory(let path):
        "\(path): is there and is no directory that can be replaced; name another --out"
      case .targetIsNotAFile(let path):
        "\(path): is there and is no plain file that can be replaced; name another"
      case .targetHoldsForeignFile(let path, let name):
        "\(path): holds '\(name)', which stagecraft did not write, so it is not replaced; name "
          + "another --out, or a subdirectory of it"
      case .targetNameTooLong(let path, let most):
        "\(path): the name has more than \(most) bytes, so that rejects could not be kept beside "
          + "it; take a shorter one"
      case .targetCannotBeSwapped(let path):
        "\(path): is a mount point or the directory you are in, which nothing can take the place "
          + "of; name a subdirectory of it, such as \(path)/results"
      case .targetChanged(let path):
        "\(path): was removed, replaced or created by somebody else during the run; nothing was "
          + "published"
      case .oldReleaseUnreadable(let path, let name):
        "\(path): its \(name) cannot be read, so it cannot be said what a difference from it would "
          + "tell; name another --out, or move it away"
      case .parentMissing(let path): "\(path): there is no such directory to publish in"
      case .parentNotWritable(let error, let target):
        "\(error.path): \(error.reason): the directory around \(target) cannot be written; name a "
          + "directory elsewhere, or a subdirectory, such as \(target)/results"
      case .foreignFileInTheWay(let path):
        "\(path): is not a file that stagecraft wrote; move it, or name another --out"
      default: "the output cannot be created"
      }
    self.init(text, .cannotCreate)
  }
}
