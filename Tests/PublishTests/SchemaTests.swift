import Foundation
import MaturityModel
import Publish
import StagecraftTestSupport
import Testing

/// What is printed of the tables' declarations.
@Suite struct SchemaTests {
  private static let isUpdate = ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] == "1"

  /// `UPDATE_GOLDEN=1 swift test --filter SchemaTests` writes them anew.
  @Test(arguments: ["DataDictionary.md", "results.schema.json"])
  func theCommittedDocumentsAreThoseOfTheDeclarations(_ name: String) throws {
    let path = PackageFiles.root + "/Sources/Publish/Documentation/" + name
    let text = name.hasSuffix(".md") ? DataDictionary.text : ResultsSchema.document.document
    if SchemaTests.isUpdate { try Data(text.utf8).write(to: URL(fileURLWithPath: path)) }
    let committed = try PackageFiles.text(path)
    #expect(committed == text)
  }

  @Test func resultsAreWhatTheirSchemaSays() throws {
    let schema = try #require(try object(ResultsSchema.document.document))
    let results = try PublishedSet.document("results.json")
    #expect(faults(results, schema, at: "").isEmpty)
  }

  @Test func theSchemaRefusesWhatIsNoResult() throws {
    let schema = try #require(try object(ResultsSchema.document.document))
    var results = try PublishedSet.document("results.json")
    var tables = try #require(results["tables"] as? [String: Any])
    tables["stage_rules"] = [["rule": "none", "stage": "1", "n": -1, "share": 1.5]]
    tables["unlock"] = nil
    results["tables"] = tables
    #expect(
      Set(faults(results, schema, at: "")) == [
        "/tables unlock", "/tables/stage_rules/rule enum", "/tables/stage_rules/stage type",
        "/tables/stage_rules/n minimum", "/tables/stage_rules/share maximum",
      ])
  }

  private func object(_ text: String) throws -> [String: Any]? {
    try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
  }

  /// As much of JSON Schema as is needed here.
  private func faults(_ value: Any, _ schema: [String: Any], at path: String) -> [String] {
    var found: [String] = []
    if let types = schema["type"] as? [String] ?? (schema["type"] as? String).map({ [$0] }),
      !types.contains(where: { isType($0, value) })
    {
      return ["\(path) type"]
    }
    if let number = value as? NSNumber {
      if let least = schema["minimum"] as? Double, number.doubleValue < least {
        found.append("\(path) minimum")
      }
      if let most = schema["maximum"] as? Double, number.doubleValue > most {
        found.append("\(path) maximum")
      }
    }
    if let allowed = schema["enum"] as? [Any], let text = value as? String,
      !allowed.contains(where: { $0 as? String == text })
    {
      found.append("\(path) enum")
    }
    if let members = value as? [String: Any] {
      let required = schema["required"] as? [String] ?? []
      found += required.filter { members[$0] == nil }.map { "\(path) \($0)" }
      let properties = schema["properties"] as? [String: [String: Any]] ?? [:]
      let others = schema["additionalProperties"] as? [String: Any] ?? [:]
      for (name, member) in members {
        found += faults(member, properties[name] ?? others, at: "\(path)/\(name)")
      }
    }
    if let items = value as? [Any], let item = schema["items"] as? [String: Any] {
      found += items.flatMap { faults($0, item, at: path) }
    }
    return found
  }

  private func isType(_ type: String, _ value: Any) -> Bool {
    switch type {
    case "null": value is NSNull
    case "string": value is String
    case "object": value is [String: Any]
    case "array": value is [Any]
    case "boolean": value is Bool
    case "integer": (value as? NSNumber).map { $0.doubleValue.rounded() == $0.doubleValue } ?? false
    default: value is NSNumber
    }
  }

  @Test func aFilesColumnsAreThoseOfItsHeader() throws {
    let respondents = try #require(TableSchema.all.first { $0.name == "respondents" })
    let header = try PublishedSet.run.table("respondents").columns
    #expect(respondents.columns(header: header)?.map(\.name) == header)
    #expect(respondents.columns(header: Array(header.dropLast())) == nil)
    let rules = try #require(TableSchema.all.first { $0.name == "stage_rules" })
    #expect(rules.columns(header: ["rule", "stage", "n", "share"])?.count == 4)
    #expect(rules.columns(header: ["rule", "stage", "n", "share", "new"]) == nil)
    #expect(rules.columns(header: ["stage", "rule", "n", "share"]) == nil)
  }

  @Test func definitionsCreateWhatTheyReferToFirst() throws {
    let published = try PostgreSQLDefinitions(published: PublishedSet.run.directory.path("out"))
    var created: Set<Substring> = []
    for line in published.text.split(separator: "\n") {
      let words = line.split(separator: "\"")
      if line.hasPrefix("CREATE TABLE") { created.insert(words[1]) }
      guard let place = words.firstIndex(where: { $0.hasSuffix("REFERENCES ") }) else { continue }
      #expect(created.contains(words[place + 1]), "\(line)")
    }
    #expect(created.count == TableSchema.all.count { PublishedSet.holds($0.name) })
    #expect(published.text.contains("\n  \"country\" text,\n"))
    #expect(published.text.contains("model''s") || published.text.contains("Kish''s"))
  }

  @Test func definitionsWithoutASetAreThoseOfEveryTable() throws {
    let yaml = Array(PublishedSet.ladder.yaml.utf8)
    let model = try MaturityModel(yaml: yaml, source: "model.yaml")
    let text = PostgreSQLDefinitions(model: model).text
    for table in TableSchema.all { #expect(text.contains("CREATE TABLE \"\(table.name)\" (\n")) }
    #expect(text.contains("\n  \"m\" numeric,\n"))
  }
}
