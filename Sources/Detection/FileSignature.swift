/// Kinds of files that people take for CSV exports, by the bytes they begin with.
enum FileSignature {
  /// What the bytes are, if they are certainly no text; with an article, for a sentence.
  static func kind(_ start: [UInt8]) -> String? {
    if start.starts(with: zip) { return zipKind(start) }
    if let known = signatures.first(where: { start.starts(with: $0.bytes) }) { return known.kind }
    return isWebPage(start) ? "a web page" : nil
  }

  private static let zip: [UInt8] = [0x50, 0x4B, 0x03, 0x04]

  private static let signatures: [(bytes: [UInt8], kind: String)] = [
    ([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1], "an old Excel workbook (.xls)"),
    (Array("%PDF-".utf8), "a PDF document"),
    (Array("{\\rtf".utf8), "a rich text document"),
    (Array("$FL2".utf8), "an SPSS file (.sav)"),
    (Array("$FL3".utf8), "an SPSS file (.zsav)"),
    (Array("<stata_dta>".utf8), "a Stata file (.dta)"),
    (Array("SQLite format 3\0".utf8), "an SQLite database"),
    (Array("PAR1".utf8), "a Parquet file"),
    ([0x50, 0x4B, 0x05, 0x06], "an empty zip archive"),
    ([0x1F, 0x8B], "gzip data"),
    ([0x28, 0xB5, 0x2F, 0xFD], "zstd data"),
    ([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00], "xz data"),
    (Array("BZh".utf8) + [0x31], "bzip2 data"),
    ([0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C], "a 7-Zip archive"),
    ([0x89, 0x50, 0x4E, 0x47], "an image"),
    ([0xFF, 0xD8, 0xFF], "an image"),
  ]

  /// Workbooks are zip archives; the names of their members stand in the open near the start.
  private static func zipKind(_ start: [UInt8]) -> String {
    for (member, kind) in [
      ("mimetypeapplication/vnd.oasis.opendocument.spreadsheet", "an OpenDocument workbook (.ods)"),
      ("mimetypeapplication/vnd.oasis.opendocument", "an OpenDocument file"),
      ("word/", "a Word document (.docx)"),
      ("xl/", "an Excel workbook (.xlsx)"),
      ("[Content_Types].xml", "an Excel workbook (.xlsx)"),
      ("Index/Document.iwa", "a Numbers workbook"),
      ("Index/CalculationEngine.iwa", "a Numbers workbook"),
    ] where start.firstRange(of: Array(member.utf8)) != nil { return kind }
    return "a zip archive"
  }

  /// What a download turns out to be when the login had run out.
  private static func isWebPage(_ start: [UInt8]) -> Bool {
    let text = String(decoding: start.prefix(64), as: UTF8.self)
    let unmarked = String(text.unicodeScalars.filter { $0 != "\u{FEFF}" })
    let begin = HeaderText.singleSpaced(unmarked).lowercased()
    return begin.hasPrefix("<!doctype html") || begin.hasPrefix("<html")
  }
}
