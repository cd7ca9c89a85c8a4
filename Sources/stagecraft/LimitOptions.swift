import ArgumentParser
import Ingest

/// What an export may ask of the memory and the disk, for all commands that read one.
struct LimitOptions: ParsableArguments {
  @Option(help: ArgumentHelp("A record of more bytes is a reject.", valueName: "bytes"))
  var maxRecordBytes: Int = IngestLimits().recordBytes

  @Option(help: ArgumentHelp("A record of more fields is a reject.", valueName: "n"))
  var maxFields: Int = IngestLimits().fields

  @Option(help: ArgumentHelp("A quoted field over more lines is a reject.", valueName: "n"))
  var maxQuoteLines: Int = IngestLimits().quotedLines

  @Option(
    help: ArgumentHelp("Refuse a compressed input that grows beyond this.", valueName: "bytes"))
  var maxExpandedBytes: UInt64 = IngestLimits().expandedBytes

  func validate() throws {
    try LimitOptions.check(maxRecordBytes, "--max-record-bytes", in: 1...1 << 28)
    try LimitOptions.check(maxFields, "--max-fields", in: 1...1 << 24)
    try LimitOptions.check(maxQuoteLines, "--max-quote-lines", in: 1...1 << 28)
  }

  static func check(_ value: Int, _ name: String, in range: ClosedRange<Int>) throws {
    if !range.contains(value) {
      throw ValidationError(
        "\(name) is a number from \(range.lowerBound) to \(range.upperBound), not \(value)")
    }
  }

  var limits: IngestLimits {
    var limits = IngestLimits()
    limits.recordBytes = maxRecordBytes
    limits.fields = maxFields
    limits.quotedLines = maxQuoteLines
    limits.expandedBytes = maxExpandedBytes
    return limits
  }
}
