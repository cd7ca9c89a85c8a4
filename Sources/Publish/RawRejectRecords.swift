import Ingest

/// Formats refused records as records of `rejects_raw.csv`.
///
/// A file of its own, since `rejects.csv` never holds what respondents wrote and its columns are
/// fixed; `source` and `record` find the reason there.
package enum RawRejectRecords {
  package static let header = TableSchema.rawRejects.columns.map(\.name)

  /// Of one record; what lies behind is cut off.
  private static let mostBytes = 8 << 10

  /// - Parameter texts: one for each reject.
  package static func records(
    _ rejects: [Reject], texts: [UnsafeBufferPointer<UInt8>], source: String,
    profile: CSVProfile
  ) -> [UInt8] {
    var csv = CSVRecord(profile)
    for (reject, text) in zip(rejects, texts) {
      csv.append(.source(source))
      csv.append(.integer(reject.position.record))
      csv.append(.integer(reject.position.line))
      csv.append(.integer(reject.position.byteOffset))
      csv.append(.answer(printable(text)))
      csv.endRecord()
    }
    return csv.bytes
  }

  /// The text as valid UTF-8: bytes that are none, and zero bytes, as `\\x` and two digits; a
  /// backslash is doubled, so that these can be told from what the respondent wrote.
  static func printable(_ text: UnsafeBufferPointer<UInt8>) -> String {
    var result: [UInt8] = []
    var position = 0
    while position < text.count {
      let length = ByteCheck.characterLength(text, at: position)
      if position + max(1, length) > mostBytes { break }
      switch (length, text[position]) {
      case (0, let byte): result += escape(byte)
      case (1, UInt8(ascii: "\\")): result += [UInt8(ascii: "\\"), UInt8(ascii: "\\")]
      default: result += text[position..<position + length]
      }
      position += max(1, length)
    }
    return String(decoding: result, as: UTF8.self)
  }

  private static func escape(_ byte: UInt8) -> [UInt8] {
    let digits = Array("0123456789abcdef".utf8)
    return [UInt8(ascii: "\\"), UInt8(ascii: "x"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
  }
}
