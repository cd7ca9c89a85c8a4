import Ingest

/// How an input is read, as its first bytes say. In a seed `#@@` is chunks of 36 bytes, a header,
/// commas, UTF-8.
struct FuzzedWay: CustomStringConvertible {
  /// So many bytes of an input choose the way, and are not read.
  static let bytes = 3

  let chunkBytes: Int
  let dialect: Dialect
  let limits: IngestLimits
  let kernel: SeparatorKernel

  /// Nil where the input has too few bytes.
  init?(_ input: [UInt8]) {
    guard input.count >= FuzzedWay.bytes else { return nil }
    let (size, options, text) = (input[0], input[1], input[2])
    // The last one is a size at which a file is read by position.
    chunkBytes = size == .max ? 256 << 10 : 1 + Int(size)
    dialect = Dialect(
      delimiter: Array(",;\t ".utf8)[Int(options >> 4 & 3)],
      quote: UInt8(ascii: options >> 7 == 0 ? "\"" : "'"),
      encoding: FuzzedWay.encodings[Int(text & 7)],
      headerRecords: options & 1 == 0 ? 1 : 0, isStrict: options & 2 != 0)
    var limits = IngestLimits()
    if options & 4 != 0 { limits.quotedLines = 2 }
    if options & 8 != 0 { limits.recordBytes = 24 }
    self.limits = limits
    let kernels = [SeparatorKernel.best] + SeparatorKernel.available
    kernel = kernels[Int(text >> 3 & 7) % kernels.count]
  }

  /// Mostly UTF-8, which is read without transcoding.
  private static let encodings: [CharacterEncoding] = [
    .utf8, .utf8, .utf8, .utf8, .utf8, .utf16, .windows1252, .macRoman,
  ]

  var description: String { "chunks of \(chunkBytes), \(dialect), \(limits)" }
}
