import ArgumentParser
import Detection
import Documents
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
      case .cannotSpool(let error):
        FailureMessage(
          "standard input is needed twice to find duplicates, and could not be kept in "
            + "\(error.path): \(error.reason); set TMPDIR or give a file", .inputOutput)
      case .tooManyIDs(let error):
        FailureMessage(
          "no memory is left for respondents' ids, of which each takes up to 24 bytes: "
            + "\(error.reason); give it more, or say 'duplicates: keep'", .inputOutput)
      case .tooManyRejects(let read, let rejected, let limit, let kept):
        FailureMessage(
          "\(rejected) of \(read) records were rejected, more than --max-rejects \(limit.text) "
            + "allows: nothing was published. The rejects, with positions and reasons, are in "
            + "\(kept). Check delimiter, encoding and header_records first.", .dataUnusable)
      case .unbalanced(let source):
        FailureMessage(
          "\(source): the records do not add up, so nothing was published. This is a bug of "
            + "stagecraft; please report it.", .ourBug)
      }
  }

  private init(_ error: IngestError) {
    self =
      switch error {
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

  private init(_ error: PublishError) {
    self =
      switch error {
      case .cannotCreate(let error):
        FailureMessage("\(error.path): cannot be created: \(error.reason)", .cannotCreate)
      case .cannotWrite(let error):
        FailureMessage(
          "\(error.path): \(error.call) failed: \(error.reason); nothing was published",
          .inputOutput)
      case .targetIsNotADirectory(let path):
        FailureMessage(
          "\(path): is there and is no directory that can be replaced; name another --out",
          .cannotCreate)
      case .targetHoldsForeignFile(let path, let name):
        FailureMessage(
          "\(path): holds '\(name)', which stagecraft did not write, so it is not replaced; name "
            + "another --out, or a subdirectory of it", .cannotCreate)
      case .parentMissing(let path):
        FailureMessage("\(path): there is no such directory to publish in", .cannotCreate)
      }
  }
}
