import Detection
import Ingest

/// What was detected, in words for people.
package enum DetectionWords {
  /// `,` as a comma, a tab by its name.
  package static func delimiter(_ byte: UInt8) -> String {
    switch byte {
    case UInt8(ascii: ","): "comma"
    case UInt8(ascii: ";"): "semicolon"
    case UInt8(ascii: "\t"): "tab"
    case UInt8(ascii: "|"): "pipe"
    default: "'\(UnicodeScalar(byte))'"
    }
  }

  /// Where the encoding comes from.
  package static func basis(_ basis: EncodingBasis) -> String {
    switch basis {
    case .declared: "declared"
    case .byteOrderMark: "byte order mark"
    case .zeroBytes: "every other byte is zero"
    case .assumed: "assumed"
    }
  }

  /// What speaks against the file being a table of responses, or has to be known to read it.
  package static func doubt(_ doubt: Doubt) -> String {
    switch doubt {
    case .titleRecord:
      "the first record is a title over a wider table, so this looks like a report, not an export"
    case .summaryTables(let headings):
      "\(headings) records read like the headings of result tables: this looks like several small "
        + "tables, not an export"
    case .raggedRecords(let ragged, let all):
      "\(ragged) of the first \(all) records have another number of fields than the first one"
        + (doubt.rulesOutResponses ? ": this looks like several small tables, not an export" : "")
    case .emptyRecordsFirst(let count):
      "\(count) all-empty records stand before the header; they are counted as header records"
    case .unnamedColumns(let count): "\(count) columns have no name, and cannot be mapped"
    case .noResponses: "the file ends with its header: no responses"
    }
  }
}
