import Foundation
import Publish
import StagecraftTestSupport
import Testing

/// The profiles differ in bytes and in nothing else.
@Suite struct ProfileTests {
  private static let result = Result { try PublishedSet.makeRun(.excel) }

  private static let mark: [UInt8] = [0xEF, 0xBB, 0xBF]

  private func spreadsheetFile(_ name: String) throws -> [UInt8] {
    try PackageFiles.bytes(try ProfileTests.result.get().directory.path("out/" + name))
  }

  @Test(arguments: TableSchema.all.map(\.name).filter(PublishedSet.holds).map { $0 + ".csv" })
  func aSpreadsheetsTableHasTheSameValues(_ name: String) throws {
    let bytes = try spreadsheetFile(name)
    #expect(bytes.starts(with: ProfileTests.mark))
    let lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
    #expect(lines.dropLast().allSatisfy { $0.last == 0x0D })
    let text = String(decoding: bytes.dropFirst(3).filter { $0 != 0x0D }, as: UTF8.self)
    let plain = try PackageFiles.text(PublishedSet.run.directory.path("out/" + name))
    #expect(PublishedTable.records(text) == PublishedTable.records(plain))
  }

  @Test func jsonIsTheSameInBoth() throws {
    let plain = try PackageFiles.bytes(PublishedSet.run.directory.path("out/results.json"))
    #expect(try spreadsheetFile("results.json") == plain)
  }

  @Test func theRunReportAndTheDataPackageNameTheProfile() throws {
    let run = try JSONSerialization.jsonObject(with: Data(spreadsheetFile("run.json")))
    let options = (run as? [String: Any])?["options"] as? [String: Any]
    #expect(options?["profile"] as? String == "excel")
    let package = try JSONSerialization.jsonObject(with: Data(spreadsheetFile("datapackage.json")))
    let resources = (package as? [String: Any])?["resources"] as? [[String: Any]] ?? []
    let ends = resources.compactMap {
      ($0["dialect"] as? [String: Any])?["lineTerminator"] as? String
    }
    #expect(ends.count == resources.count)
    #expect(Set(ends) == ["\r\n"])
  }
}
