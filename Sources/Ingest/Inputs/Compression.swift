/// Recognises compressed files and archives by their first bytes, whatever they are called.
enum Compression {
  private static let gzipMark: [UInt8] = [0x1F, 0x8B]
  private static let marks: [[UInt8]] = [
    gzipMark,
    [0x28, 0xB5, 0x2F, 0xFD],  // zstd
    [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00],  // xz
    [0x42, 0x5A, 0x68],  // bzip2: BZh
    [0x50, 0x4B, 0x03, 0x04],  // zip
  ]
  private static let tarMark: [UInt8] = Array("ustar".utf8)
  private static let tarMarkOffset = 257
  /// How many bytes have to be looked at.
  static let bytesNeeded = 262

  static func isCompressed(_ start: [UInt8]) -> Bool {
    if isWorkbook(start) { return false }
    if marks.contains(where: { start.starts(with: $0) }) { return true }
    return start.dropFirst(tarMarkOffset).starts(with: tarMark)
  }

  static func isGzip(_ start: [UInt8]) -> Bool { start.starts(with: gzipMark) }

  static func isZip(_ start: [UInt8]) -> Bool { start.starts(with: [0x50, 0x4B, 0x03, 0x04]) }

  /// A spreadsheet is a zip as well. It is passed on as it is, to be refused for what it is.
  private static func isWorkbook(_ start: [UInt8]) -> Bool {
    guard isZip(start), start.count > 30 else { return false }
    let name = String(decoding: start[30..<min(start.count, 60)], as: UTF8.self)
    return name.hasPrefix("[Content_Types].xml") || name.hasPrefix("xl/")
      || name.hasPrefix("_rels/") || name.hasPrefix("docProps/") || name.hasPrefix("mimetype")
  }
}
