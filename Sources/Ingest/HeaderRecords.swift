import TextFolding

/// What an input's header records say of its columns.
package struct HeaderRecords: Hashable, Sendable {
  /// As they were read.
  package let records: [[String]]
  /// Per column its name, trimmed. One name may stand for several columns.
  package let names: [String]
  /// Per column the label of the option it stands for; its name where the header has none.
  package let labels: [String]

  package var width: Int { names.count }
  /// Whether one name may mean several columns: where unnamed ones take the name on their left.
  package var sharesNames: Bool { records.count > 1 }

  /// - Parameters:
  ///   - records: the header records, field by field; the first one sets the width.
  ///   - labelRecord: 1-based record that holds the labels.
  ///
  /// With two or more header records an unnamed column takes the name on its left, as exports that
  /// print a question once over a block of columns mean it; the first columns, which have nothing
  /// on their left, take the text of the next header record that has one. A label begins after the last ` - `.
  package init(records: [[String]], labelRecord: Int) {
    // A header that begins with an empty record has its names in the next one.
    let texts = records.map { $0.map(TextFolding.trim) }
    let width = records.first?.count ?? 0
    let first = texts.first { $0.contains { !$0.isEmpty } } ?? []
    var names = (0..<width).map { first.indices.contains($0) ? first[$0] : "" }
    if records.count > 1 {
      for column in names.indices.dropFirst() where names[column].isEmpty {
        names[column] = names[column - 1]
      }
      for column in names.indices where names[column].isEmpty {
        names[column] = texts.lazy.compactMap { HeaderRecords.text($0, column) }.first ?? ""
      }
    }
    let labelTexts = records.indices.contains(labelRecord - 1) ? records[labelRecord - 1] : []
    self.records = records
    self.names = names
    labels = names.enumerated().map { column, name in
      let text = labelTexts.indices.contains(column) ? labelTexts[column] : ""
      let label = TextFolding.trim(HeaderRecords.afterLastDash(text))
      return label.isEmpty ? name : label
    }
  }

  private static func text(_ record: [String], _ column: Int) -> String? {
    guard record.indices.contains(column), !record[column].isEmpty else { return nil }
    return record[column]
  }

  private static func afterLastDash(_ text: String) -> String {
    let scalars = Array(text.unicodeScalars)
    guard scalars.count >= 3 else { return text }
    for start in stride(from: scalars.count - 3, through: 0, by: -1)
    where scalars[start] == " " && scalars[start + 1] == "-" && scalars[start + 2] == " " {
      return String(String.UnicodeScalarView(scalars[(start + 3)...]))
    }
    return text
  }
}
