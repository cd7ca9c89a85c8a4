import Ingest

/// Formats rejects as records of `rejects.csv`.
package enum RejectRecords {
  package static let header = TableSchema.rejects.columns.map(\.name)

  package static func records(
    _ rejects: [Reject], source: String, columnNames: [String], profile: CSVProfile
  ) -> [UInt8] {
    var csv = CSVRecord(profile)
    for reject in rejects {
      csv.append(.source(source))
      csv.append(.integer(reject.position.record))
      csv.append(.integer(reject.position.line))
      csv.append(.integer(reject.position.byteOffset))
      csv.append(column(reject, columnNames))
      csv.append(.text(reject.reason.rawValue))
      csv.append(.text(detail(reject)))
      csv.endRecord()
    }
    return csv.bytes
  }

  /// The column's name where it has one, else its number. Header texts are not ours: guarded.
  private static func column(_ reject: Reject, _ names: [String]) -> Cell {
    guard let column = reject.column else { return .null }
    let name = names.indices.contains(column - 1) ? names[column - 1] : ""
    return name.isEmpty ? .integer(column) : .answer(name)
  }

  /// What is wrong, in words, without anything the respondent wrote.
  package static func detail(_ reject: Reject) -> String {
    switch reject.detail {
    case .none:
      reject.reason == .repeatedHeader
        ? "a header record once more" : "not a decimal from 0 to 1000000000"
    case .fields(let found, let expected): "\(found) fields where the header has \(expected)"
    case .byte(let offset): "byte \(offset)"
    case .limit(let limit): limitDetail(reject.reason, limit)
    case .limitInQuote(let limit, let line, let byteOffset):
      "the quote opened at line \(line), byte \(byteOffset) runs over more than \(limit) "
        + (reject.reason == .quoteTooLong ? "lines" : "bytes")
    case .quote(let line, let byteOffset): quoteDetail(reject.reason, line, byteOffset)
    }
  }

  private static func limitDetail(_ reason: RejectReason, _ limit: Int) -> String {
    switch reason {
    case .quoteTooLong: "a quoted field runs over more than \(limit) lines"
    case .tooManyFields: "the record has more than \(limit) fields"
    default: "the record is longer than \(limit) bytes"
    }
  }

  private static func quoteDetail(
    _ reason: RejectReason, _ line: UInt64, _ byteOffset: UInt64
  ) -> String {
    let place = "line \(line), byte \(byteOffset)"
    return reason == .unterminatedQuote
      ? "the quote opened at \(place) is never closed" : "stray quote: see \(place)"
  }
}
