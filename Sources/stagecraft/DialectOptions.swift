import ArgumentParser
import Detection
import Ingest
import Pipeline

/// How an export is to be read, where that is not to be detected.
struct DialectOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("The product the export came from.", valueName: "name"),
    completion: .list(Vendor.allCases.map(\.rawValue)))
  var vendor: String?

  @Option(help: ArgumentHelp("The byte between fields; tab for a tab.", valueName: "character"))
  var delimiter: SingleByte?

  @Option(
    help: ArgumentHelp(
      CharacterEncoding.allCases.map(\.rawValue).joined(separator: ", ") + ".", valueName: "name"))
  var encoding: CharacterEncoding?

  @Option(help: ArgumentHelp("Header records, counted in records.", valueName: "n"))
  var headerRecords: Int?

  @Option(
    help: ArgumentHelp(
      "Which member of a zip or tar file to read, where several hold data.", valueName: "pattern"))
  var member: String?

  func validate() throws {
    if let headerRecords, !(1...100).contains(headerRecords) {
      throw ValidationError("--header-records is a number from 1 to 100")
    }
  }

  func declared() throws(RunFailure) -> DeclaredDialect {
    var declared = DeclaredDialect(
      delimiter: delimiter?.byte, encoding: encoding, headerRecords: headerRecords)
    if let vendor {
      guard let known = Vendor(rawValue: vendor) else {
        throw .unknownVendor(vendor, isOption: true)
      }
      declared.vendor = known
    }
    return declared
  }
}

extension CharacterEncoding: ExpressibleByArgument {}

/// A character that is one byte in UTF-8, as delimiters and quotes are.
struct SingleByte: ExpressibleByArgument {
  let byte: UInt8

  init(_ byte: UInt8) { self.byte = byte }

  init?(argument: String) {
    let text = argument == "tab" || argument == "\\t" ? "\t" : argument
    guard text.utf8.count == 1, let byte = text.utf8.first, byte != 0, byte != 0x0A, byte != 0x0D
    else { return nil }
    self.byte = byte
  }

  var defaultValueDescription: String { String(UnicodeScalar(byte)) }
}
