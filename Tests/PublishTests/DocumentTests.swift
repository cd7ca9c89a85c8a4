import Fingerprint
import Foundation
import StagecraftTestSupport
import Testing

/// The JSON documents say what the CSV files say.
@Suite struct DocumentTests {
  @Test(arguments: PublishedSet.tables)
  func resultsHoldTheNumbersOfTheTables(_ name: String) throws {
    let document = try PublishedSet.document("results.json")
    let tables = try #require(document["tables"] as? [String: Any])
    let rows = try #require(tables[name] as? [[String: Any]])
    let table = try PublishedSet.run.table(name)
    #expect(rows.count == table.rows.count)
    for (json, csv) in zip(rows, table.rows) {
      #expect(Set(json.keys) == Set(csv.keys))
      for (column, text) in csv {
        #expect(isSame(json[column], text), "\(name).\(column): \(text)")
      }
    }
  }

  /// A text is guarded in CSV alone; what is empty there is null or no text here.
  private func isSame(_ value: Any?, _ text: String) -> Bool {
    switch value {
    case is NSNull: text.isEmpty
    case let string as String: string == text || "'" + string == text
    case let number as NSNumber:
      text == "true" || text == "false"
        ? number.boolValue == (text == "true") : number.doubleValue == Double(text)
    default: false
    }
  }

  @Test func resultsHoldEveryTableInOrderAndNothingElse() throws {
    let text = try PackageFiles.text(PublishedSet.run.directory.path("out/results.json"))
    let document = try PublishedSet.document("results.json")
    #expect(Set(document.keys) == ["schema", "model", "survey", "accounting", "tables"])
    let places = PublishedSet.tables.map { text.range(of: "\n\"\($0)\": [")?.lowerBound }
    #expect(!places.contains(nil))
    #expect(places.compactMap { $0 } == places.compactMap { $0 }.sorted())
    #expect((document["tables"] as? [String: Any])?.count == PublishedSet.tables.count)
    let accounting = document["accounting"] as? [String: Any]
    #expect(accounting?["read"] as? Int == 6)
    #expect(accounting?["rejected"] as? Int == 1)
  }

  @Test func decimalsAreWrittenAsInTheTables() throws {
    let text = try PackageFiles.text(PublishedSet.run.directory.path("out/results.json"))
    #expect(text.contains(#""weighted": 0.250000"#))
  }

  private struct Resource {
    let path: String
    let bytes: Int
    let hash: String
    let fields: [String]

    init(_ document: [String: Any]) {
      path = document["path"] as? String ?? ""
      bytes = document["bytes"] as? Int ?? -1
      hash = document["hash"] as? String ?? ""
      let schema = document["schema"] as? [String: Any]
      let fields = schema?["fields"] as? [[String: Any]] ?? []
      self.fields = fields.map { $0["name"] as? String ?? "" }
    }
  }

  private func sha256(_ bytes: [UInt8]) -> String {
    var hash = SHA256()
    bytes.withUnsafeBytes { hash.update($0) }
    return hash.hexadecimal()
  }

  @Test func theDataPackageDescribesEveryCSVFileAsItIs() throws {
    let document = try PublishedSet.document("datapackage.json")
    let listed = try #require(document["resources"] as? [[String: Any]]).map(Resource.init)
    let directory = try PublishedSet.run.directory
    let files = directory.names(in: "out").filter { $0.hasSuffix(".csv") }
    #expect(listed.map(\.path).sorted() == files)
    for resource in listed {
      let bytes = try PackageFiles.bytes(directory.path("out/" + resource.path))
      #expect(resource.bytes == bytes.count)
      #expect(resource.hash == "sha256:" + sha256(bytes))
      let columns = try PublishedTable(path: directory.path("out/" + resource.path)).columns
      #expect(resource.fields == columns)
    }
  }

  /// A field's declared type must be able to hold every value of its column.
  @Test func theDataPackagesTypesFitTheValues() throws {
    let document = try PublishedSet.document("datapackage.json")
    for resource in try #require(document["resources"] as? [[String: Any]]) {
      let schema = resource["schema"] as? [String: Any]
      let table = try PublishedSet.run.table(resource["name"] as? String ?? "")
      for field in schema?["fields"] as? [[String: Any]] ?? [] {
        let (name, type) = (field["name"] as? String ?? "", field["type"] as? String ?? "")
        let values = table.rows.compactMap { $0[name] }.filter { !$0.isEmpty }
        #expect(values.allSatisfy { fits($0, type) }, "\(table.columns) \(name) \(type)")
      }
    }
  }

  private func fits(_ text: String, _ type: String) -> Bool {
    switch type {
    case "integer": UInt64(text) != nil
    case "number": Double(text)?.isFinite == true
    case "boolean": text == "true" || text == "false"
    default: type == "string"
    }
  }

  @Test func theRunReportNamesEveryOtherOutputWithItsHash() throws {
    let document = try PublishedSet.document("run.json")
    let outputs = try #require(document["outputs"] as? [[String: Any]])
    let directory = try PublishedSet.run.directory
    let names = outputs.compactMap { $0["name"] as? String }
    #expect(names.sorted() == directory.names(in: "out").filter { $0 != "run.json" })
    for output in outputs {
      let name = try #require(output["name"] as? String)
      let bytes = try PackageFiles.bytes(directory.path("out/" + name))
      #expect(output["sha256"] as? String == sha256(bytes))
      #expect(output["bytes"] as? Int == bytes.count)
    }
  }
}
