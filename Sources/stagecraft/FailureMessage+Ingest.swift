import Detection
import Ingest
import Publish

extension FailureMessage {
  init(_ error: IngestError) {
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
      case .archive(let path, let fault): FailureMessage(fault, path: path)
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

  private init(_ fault: ArchiveFault, path: String) {
    self =
      switch fault {
      case .cannotDecompress(let reason):
        FailureMessage("\(path): cannot be decompressed: \(reason)", .dataUnusable)
      case .expandsTooFar(let limit):
        FailureMessage(
          "\(path): grows beyond \(limit) bytes, or two hundred times, when it is decompressed; "
            + "--max-expanded-bytes allows more", .dataUnusable)
      case .unsafeMember(let member):
        FailureMessage(
          "\(path): the member '\(member)' points out of the archive; it is not read",
          .dataUnusable)
      case .repeatedMember(let member):
        FailureMessage(
          "\(path): holds several members called '\(member)'; unpack them and name the files",
          .dataUnusable)
      case .noMember(let members, let pattern):
        FailureMessage(
          "\(path): no member " + (pattern.map { "matches '\($0)'" } ?? "looks like responses")
            + "; it holds " + members.prefix(20).joined(separator: ", "), .dataUnusable)
      case .severalMembers(let members):
        FailureMessage(
          "\(path): several members look like responses: "
            + members.prefix(20).joined(separator: ", ") + "; say which with --member",
          .dataUnusable)
      }
  }

  init(_ error: DetectionError, path: String) {
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
