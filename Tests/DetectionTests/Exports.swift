import Foundation
import Ingest
import StagecraftTestSupport

@testable import Detection

/// The exports that the tests look at.
enum Exports {
  static func fixture(_ name: String) throws -> [UInt8] {
    try PackageFiles.bytes(PackageFiles.root + "/Tests/Fixtures/vendors/" + name)
  }

  /// As a run does it: the first bytes only.
  static func detect(
    _ bytes: [UInt8], _ declared: DeclaredDialect = DeclaredDialect()
  ) throws -> Detection {
    try Detector.detect(
      start: Array(bytes.prefix(Detector.sampleBytes)),
      isWhole: bytes.count < Detector.sampleBytes, declared: declared)
  }

  /// The header records, as the detection says they are to be read.
  static func headers(_ bytes: [UInt8], _ detection: Detection) throws -> [[String]] {
    let sample = try Sample(bytes, isWhole: true, declared: detection.dialect.encoding)
    return SampleRecords(
      sample, delimiter: detection.dialect.delimiter, limit: detection.dialect.headerRecords
    ).records
  }

  /// The first bytes of a file that may be large.
  static func start(_ path: String) throws -> [UInt8] {
    let handle = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
    defer { try? handle.close() }
    return [UInt8](try handle.read(upToCount: Detector.sampleBytes) ?? Data())
  }

  /// One line per question: its key, the question if that says more, its options.
  static func questions(_ columns: [ColumnIdentity]) -> [String] {
    var lines: [String] = []
    var keys: [String] = []
    for column in columns where !column.isMetadata && !keys.contains(column.questionKey) {
      keys.append(column.questionKey)
      let block = columns.filter { $0.questionKey == column.questionKey && !$0.isMetadata }
      let parts = block.map { ($0.isOtherText ? "+" : "") + ($0.option ?? "") }
      let isPlain = parts == [""]
      let question = column.question == column.questionKey ? "" : " = " + column.question
      lines.append(
        column.questionKey + question + (isPlain ? "" : " <" + parts.joined(separator: "|") + ">"))
    }
    return lines
  }
}
