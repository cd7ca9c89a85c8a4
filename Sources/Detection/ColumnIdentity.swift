import TextFolding

/// What a column of an export stands for.
package struct ColumnIdentity: Hashable, Sendable {
  /// What a survey file says under `columns`. Several columns may share it.
  package let name: String
  /// The question, for people.
  package let question: String
  /// Columns with the same key belong to one question.
  package let questionKey: String
  /// The option or row the column stands for.
  package let option: String?
  /// About the response rather than of it.
  package let isMetadata: Bool
  /// The vendor's own stable id, where the header has one.
  package let importID: String?
  /// Holds the words of those who chose "other".
  package let isOtherText: Bool
}

extension VendorProfile {
  /// What each column stands for, in the order of the columns; as many as the first record has.
  ///
  /// - Parameter headers: the header records, field by field, as they were read.
  package func columns(of headers: [[String]]) -> [ColumnIdentity] {
    let table = ColumnTable(headers)
    let parts = parts(table)
    let keys = keysAreTexts ? table.distinctKeys(of: parts) : parts.map(\.key)
    return table.names.indices.map { column in
      let name = table.names[column]
      let part = table.isEmpty(column) ? .empty : parts[column]
      return ColumnIdentity(
        name: name, question: part.question, questionKey: part == .empty ? "" : keys[column],
        option: part.option,
        isMetadata: part.isMetadata ?? isMetadata(name), importID: part.importID,
        isOtherText: part.isOtherText)
    }
  }
}

/// What a vendor's header says of one column.
struct ColumnParts: Hashable, Sendable {
  var question: String
  var key: String
  var option: String?
  var isOtherText = false
  var importID: String?
  /// nil: by its name.
  var isMetadata: Bool?

  /// A column of which the header says nothing: an index, or what a delimiter at the end leaves.
  static let empty = ColumnParts(question: "", key: "", isMetadata: true)

  /// A column that is a question of its own.
  init(_ question: String) { self.init(question: question, key: question) }

  init(
    question: String, key: String, option: String? = nil, isOtherText: Bool = false,
    importID: String? = nil, isMetadata: Bool? = nil
  ) {
    self.question = question
    self.key = key
    self.option = option
    self.isOtherText = isOtherText
    self.importID = importID
    self.isMetadata = isMetadata
  }
}

/// The header records of an export, column by column.
struct ColumnTable: Sendable {
  /// Without all-empty records at the start; cells trimmed.
  let records: [[String]]
  /// As `HeaderRecords` names them: with two or more header records an unnamed column takes the
  /// name on its left.
  let names: [String]

  init(_ headers: [[String]]) {
    let filled = headers.drop { $0.allSatisfy { TextFolding.trim($0).isEmpty } }
    records = filled.map { $0.map(TextFolding.trim) }
    // The first record sets the width, for those who read the responses as well.
    let width = headers.first?.count ?? 0
    var names = Array((records.first ?? []).prefix(width))
    names += Array(repeating: "", count: width - names.count)
    if records.count > 1 {
      for column in names.indices.dropFirst() where names[column].isEmpty {
        names[column] = names[column - 1]
      }
    }
    self.names = names
  }

  /// The cell, empty where the record is too short or missing. Both are counted from 0.
  func text(_ record: Int, _ column: Int) -> String {
    guard records.indices.contains(record), records[record].indices.contains(column) else {
      return ""
    }
    return records[record][column]
  }

  /// The column has no name of its own.
  func isUnnamed(_ column: Int) -> Bool { text(0, column).isEmpty }

  /// No header record says anything of the column. Under a single one it may still be a question
  /// whose name got lost, unless it stands first.
  func isEmpty(_ column: Int) -> Bool {
    guard records.count != 1 || column == 0 else { return false }
    return records.indices.allSatisfy { text($0, column).isEmpty }
  }

  /// Keys under which the same text asked twice stays two questions: a block ends where the key
  /// changes, and where another column with a name of its own and no option begins.
  func distinctKeys(of parts: [ColumnParts]) -> [String] {
    var blocks: [String: Int] = [:]
    var keys: [String] = []
    for (column, part) in parts.enumerated() {
      let stands = part.option == nil && !part.isOtherText && !isUnnamed(column)
      if column == 0 || stands || parts[column - 1].key != part.key {
        blocks[part.key, default: 0] += 1
      }
      let block = blocks[part.key] ?? 1
      keys.append(block == 1 ? part.key : "\(part.key) (\(block))")
    }
    return keys
  }
}
