import Foundation
import Publish
import StagecraftTestSupport
import Testing

/// What the data package declares holds in the files.
@Suite struct DataPackageTests {
  private struct Resource {
    let name: String
    let schema: [String: Any]
    let table: PublishedTable

    var fields: [[String: Any]] { schema["fields"] as? [[String: Any]] ?? [] }
    var primaryKey: [String] { schema["primaryKey"] as? [String] ?? [] }
    var uniqueKeys: [[String]] { schema["uniqueKeys"] as? [[String]] ?? [] }
    var foreignKeys: [[String: Any]] { schema["foreignKeys"] as? [[String: Any]] ?? [] }

    func values(of columns: [String]) -> [[String]] {
      table.rows.map { row in columns.map { row[$0] ?? "" } }
    }
  }

  private func resources() throws -> [Resource] {
    let document = try PublishedSet.document("datapackage.json")
    return try (document["resources"] as? [[String: Any]] ?? []).map { resource in
      let name = resource["name"] as? String ?? ""
      return Resource(
        name: name, schema: resource["schema"] as? [String: Any] ?? [:],
        table: try PublishedSet.run.table(name))
    }
  }

  @Test func keysTellRowsApartAndAreNeverEmpty() throws {
    var tablesWithoutKey: [String] = []
    for resource in try resources() {
      let keys = resource.uniqueKeys + (resource.primaryKey.isEmpty ? [] : [resource.primaryKey])
      if keys.isEmpty { tablesWithoutKey.append(resource.name) }
      for key in keys {
        let values = resource.values(of: key)
        #expect(Set(values).count == values.count, "\(resource.name) \(key)")
      }
      let primary = resource.values(of: resource.primaryKey)
      #expect(!primary.contains { $0.contains("") }, "\(resource.name)")
    }
    #expect(tablesWithoutKey == ["unmapped_answers"])
  }

  @Test func everyReferenceFindsItsRow() throws {
    let resources = try resources()
    var references = 0
    for resource in resources {
      for key in resource.foreignKeys {
        let columns = key["fields"] as? [String] ?? []
        let reference = key["reference"] as? [String: Any] ?? [:]
        let other = try #require(resources.first { $0.name == reference["resource"] as? String })
        let found = Set(other.values(of: reference["fields"] as? [String] ?? []))
        for values in resource.values(of: columns) where !values.contains("") {
          #expect(found.contains(values), "\(resource.name) \(columns): \(values)")
        }
        references += 1
      }
    }
    #expect(references > 40)
  }

  /// A dimension without facts would be a table that joins nothing.
  @Test func everyDimensionIsReferredTo() throws {
    let named = try resources().flatMap(\.foreignKeys).compactMap {
      ($0["reference"] as? [String: Any])?["resource"] as? String
    }
    for table in TableSchema.dimensions { #expect(named.contains(table.name), "\(table.name)") }
  }

  @Test func everyValueIsOneOfItsCategories() throws {
    for resource in try resources() {
      for field in resource.fields {
        guard let categories = field["categories"] as? [Any] else { continue }
        let allowed = categories.map { category in
          let value = (category as? [String: Any])?["value"] ?? category
          return "\(value)"
        }
        #expect(Set(allowed).count == allowed.count)
        let name = field["name"] as? String ?? ""
        for value in resource.values(of: [name]).joined() where !value.isEmpty {
          #expect(allowed.contains(value), "\(resource.name) \(name): \(value)")
        }
      }
    }
  }

  @Test func stagesAreCategoriesInTheirOrder() throws {
    let resource = try #require(try resources().first { $0.name == "stage_distribution" })
    let stage = try #require(resource.fields.first { $0["name"] as? String == "stage" })
    #expect(stage["categoriesOrdered"] as? Bool == true)
    let categories = stage["categories"] as? [[String: Any]] ?? []
    #expect(categories.map { $0["value"] as? Int } == [0, 1, 2])
    #expect(categories.allSatisfy { !($0["label"] as? String ?? "").isEmpty })
  }

  @Test func everyColumnHasAMeaning() throws {
    for resource in try resources() {
      for field in resource.fields {
        #expect((field["description"] as? String)?.isEmpty == false, "\(resource.name) \(field)")
      }
    }
  }
}
