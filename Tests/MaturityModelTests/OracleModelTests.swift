import Documents
import Foundation
import MaturityModel
import Testing

/// The independent Python implementation and its cases lie beside the package while it is written.
private let oracle = URL(filePath: #filePath).deletingLastPathComponent()
  .deletingLastPathComponent().deletingLastPathComponent().appending(
    path: "../shared/oracle/models")

private let oracleIsThere = FileManager.default.fileExists(
  atPath: oracle.appending(path: "faulty.yaml").path(percentEncoded: false))

@Suite(.enabled(if: oracleIsThere, "no oracle beside the package"))
struct OracleModelTests {
  @Test(arguments: ["mini", "narrow", "mlops-maturity.draft"])
  func oracleModelsAreModels(_ name: String) throws {
    #expect(faults(ofModel: try Data(contentsOf: oracle.appending(path: name + ".yaml"))) == [])
  }

  @Test func faultsOfTheFaultyModelAreTheOracles() throws {
    let expected = try String(
      contentsOf: oracle.appending(path: "faulty.expected.txt"), encoding: .utf8)
    let paths = expected.split(separator: "\n").map { String($0.prefix { $0 != ":" }) }
    let found = faults(ofModel: try Data(contentsOf: oracle.appending(path: "faulty.yaml")))
    #expect(found.map(\.path).sorted() == paths.sorted())
  }
}
