/// A published CSV file, read back by the plain rules of RFC 4180.
package struct PublishedTable {
  package let columns: [String]
  /// Each row by column name.
  package let rows: [[String: String]]

  package init(path: String) throws { self.init(text: try PackageFiles.text(path)) }

  package init(text: String) {
    let records = PublishedTable.records(text)
    let columns = records.first ?? []
    self.columns = columns
    rows = records.dropFirst().map { fields in
      Dictionary(zip(columns, fields)) { first, _ in first }
    }
  }

  /// The rows in which every named column has the text given.
  package func rows(where wanted: [String: String]) -> [[String: String]] {
    rows.filter { row in wanted.allSatisfy { row[$0.key] == $0.value } }
  }

  /// The only row in which every named column has the text given; nil where there is none, or more.
  package func row(where wanted: [String: String]) -> [String: String]? {
    let found = rows(where: wanted)
    return found.count == 1 ? found[0] : nil
  }

  package static func records(_ text: String) -> [[String]] {
    var records: [[String]] = []
    var fields: [String] = []
    var field = String.UnicodeScalarView()
    var isQuoted = false
    var lastWasQuote = false
    for scalar in text.unicodeScalars {
      if scalar == "\"" {
        // The second of two quotes inside quotes is one of the text.
        if lastWasQuote && !isQuoted { field.append(scalar) }
        isQuoted.toggle()
        lastWasQuote = !isQuoted
        continue
      }
      lastWasQuote = false
      switch scalar {
      case "," where !isQuoted, "\n" where !isQuoted:
        fields.append(String(field))
        field = String.UnicodeScalarView()
        if scalar == "\n" {
          records.append(fields)
          fields = []
        }
      default: field.append(scalar)
      }
    }
    return records
  }
}
