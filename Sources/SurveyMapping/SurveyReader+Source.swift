import Documents
import TextFolding

extension SurveyReader {
  /// How the export is written, as far as the file says.
  func source() -> SourceDeclaration {
    let map = root.given("source")?.mapping(keys: [
      "vendor", "delimiter", "encoding", "header_records", "label_record", "missing",
    ])
    let headerRecords = map?.integer("header_records", in: 1...SurveyReader.mostHeaderRecords)
    let lastLabel = headerRecords ?? SurveyReader.mostHeaderRecords
    return SourceDeclaration(
      vendor: map?.optionalText("vendor"), delimiter: map?.given("delimiter").flatMap(delimiter),
      encoding: map?.optionalChoice("encoding", or: .utf8), headerRecords: headerRecords,
      labelRecord: map?.integer("label_record", in: 1...lastLabel), missing: missing(map))
  }

  /// Header records are kept in memory; known exports have three at most.
  private static let mostHeaderRecords = 100

  private func missing(_ map: DocumentMapping?) -> Set<String> {
    guard let list = map?.given("missing") else { return SourceDeclaration.usualMissing }
    return Set(list.texts().map(TextFolding.trim)).union([""])
  }

  private func delimiter(_ value: DocumentValue) -> UInt8? {
    let text = value.text()
    if text == "tab" { return UInt8(ascii: "\t") }
    let refused: [UInt8] = [0, UInt8(ascii: "\n"), UInt8(ascii: "\r"), UInt8(ascii: "\"")]
    guard text.utf8.count == 1, let byte = text.utf8.first, !refused.contains(byte) else {
      if value.isScalar, !value.isNull { value.note(.notADelimiter(text)) }
      return nil
    }
    return byte
  }

  /// Where each column's name stands.
  func columnPositions() -> [String: Position] {
    var values: [DocumentValue?] = []
    for list in ["keep", "segments", "metrics", "questions"] {
      for item in root[list].flatMap(\.listItems) ?? [] {
        values.append(item.peek("column"))
        values += item.peek("columns").flatMap(\.listItems) ?? []
      }
    }
    let respondent = root["respondent"]
    values += ["id", "weight", "organisation"].map { respondent?.peek($0) }
    values.append(respondent?.peek("leader")?.peek("column"))
    values.append(root["self_assessed"]?.peek("column"))
    let quality = root["quality"]
    values.append(quality?.peek("speeders")?.peek("column"))
    for grid in quality?.peek("straight_liners").flatMap(\.listItems) ?? [] {
      values += grid.peek("columns").flatMap(\.listItems) ?? []
    }
    var positions: [String: Position] = [:]
    for value in values { if let value { positions[value.path] = value.position } }
    return positions
  }
}
