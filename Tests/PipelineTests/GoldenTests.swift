import Foundation
import StagecraftTestSupport
import Testing

/// The published tables of the samples, as committed under SampleData/expected.
///
/// `UPDATE_GOLDEN=1 swift test --filter GoldenTests` writes them anew; the change is then reviewed
/// as any other, against the reference (Scripts/compare-oracle).
@Suite struct GoldenTests {
  private static let isUpdate = ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] == "1"

  private func directory(_ export: SampleExport) -> String {
    PackageFiles.sample("expected/" + export.rawValue)
  }

  /// JSON holds the same numbers (PublishTests), so the tables are all that is kept.
  private func tables(_ export: SampleExport) throws -> [String: [UInt8]] {
    try export.run.files().filter { $0.key.hasSuffix(".csv") }
  }

  @Test(
    .disabled(if: isUpdate, "the tables are being written anew"),
    arguments: [SampleExport.tidy, .qualtrics])
  func samplesGiveTheCommittedTables(_ export: SampleExport) throws {
    let tables = try tables(export)
    let committed = try FileManager.default.contentsOfDirectory(atPath: directory(export))
    #expect(committed.sorted() == tables.keys.sorted())
    for (name, bytes) in tables {
      let expected = try PackageFiles.bytes(directory(export) + "/" + name)
      #expect(bytes == expected, "\(export)/\(name)")
    }
  }

  @Test(
    .enabled(if: isUpdate, "set UPDATE_GOLDEN=1 to write them anew"),
    arguments: [SampleExport.tidy, .qualtrics])
  func writeTheCommittedTables(_ export: SampleExport) throws {
    let files = FileManager.default
    try? files.removeItem(atPath: directory(export))
    try files.createDirectory(atPath: directory(export), withIntermediateDirectories: true)
    for (name, bytes) in try tables(export) {
      try Data(bytes).write(to: URL(fileURLWithPath: directory(export) + "/" + name))
    }
  }
}
