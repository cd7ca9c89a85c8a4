import Aggregate
import MaturityModel

/// The Data Package (v2) descriptor of the published CSV files.
package struct DataPackage {
  private let tables: [Table]
  private let files: [PublishedFile]
  private let tally: Tally
  private let disclosure: Disclosure?

  /// - Parameter files: all finished outputs; those that belong to no table but are CSV are
  ///   described as well.
  package init(tables: [Table], files: [PublishedFile], tally: Tally, disclosure: Disclosure? = nil)
  {
    self.tables = tables
    self.files = files
    self.tally = tally
    self.disclosure = disclosure
  }

  package var document: JSONValue {
    .object([
      ("$schema", .string("https://datapackage.org/profiles/2.0/datapackage.json")),
      ("name", .string("stagecraft-" + tally.shape.survey.id)),
      ("title", .string(tally.shape.survey.title ?? tally.shape.survey.id)),
      (
        "description",
        .string(
          "Stages and gaps by the model \(tally.shape.model.id) "
            + "\(tally.shape.model.version)" + withheld)
      ),
      ("resources", .array(tables.compactMap(resource))),
    ])
  }

  private var withheld: String {
    guard let disclosure else { return "" }
    return ". Cells that would tell of fewer than \(disclosure.minimum) responses are empty; "
      + "suppression.csv names them and says why"
  }

  private func resource(_ table: Table) -> JSONValue? {
    guard let file = files.first(where: { $0.name == table.name + ".csv" }) else { return nil }
    return .object([
      ("name", .string(table.name)),
      ("title", .string(table.title)),
      ("path", .string(file.name)),
      ("type", .string("table")),
      ("format", .string("csv")),
      ("mediatype", .string("text/csv")),
      ("encoding", .string("utf-8")),
      ("bytes", .integer(file.bytes)),
      ("hash", .string("sha256:" + file.sha256)),
      ("schema", schema(table)),
    ])
  }

  private func schema(_ table: Table) -> JSONValue {
    .object([
      ("fields", .array(table.columns.map(field))),
      ("missingValues", .strings([""])),
    ])
  }

  private func field(_ column: Table.Column) -> JSONValue {
    .object(
      [("name", .string(column.name)), ("type", .string(column.type.rawValue))]
        + (column.meaning.map { [("description", .string($0))] } ?? []))
  }
}

extension ResultTables {
  /// `rejects.csv` and `respondents.csv` as the data package describes them; they are written while
  /// the run goes on, so they have no rows here.
  package static func streamed(_ name: String, title: String, header: [String]) -> Table {
    let integers: Set = [
      "record", "line", "byte_offset", "stage", "stage_low", "stage_high", "highest",
    ]
    let numbers: Set = ["compensatory", "progress", "readiness"]
    let columns = header.map { name in
      Table.Column(
        name,
        integers.contains(name)
          ? .integer
          : numbers.contains(name) ? .number : name == "determined" ? .boolean : .string)
    }
    return Table(name, title: title, columns: columns) { _ in }
  }
}
