/// The first records of an export, as the rules look at them: whole records, texts normalised.
struct ExportStart: Sendable {
  /// At most three; all-empty records at the start are not among them.
  private let records: [[String]]
  /// Names are compared in lower case; only after no rule fired as they are.
  private let foldsCase: Bool
  private let known: Set<String>

  init(records: [[String]], foldsCase: Bool = false) {
    self.records = records.prefix(3).map { $0.map(HeaderText.normal) }
    self.foldsCase = foldsCase
    known = Set((self.records.first ?? []).map { foldsCase ? $0.lowercased() : $0 })
  }

  private init(normal records: [[String]], foldsCase: Bool) {
    self.records = records
    self.foldsCase = foldsCase
    known = Set((records.first ?? []).map { foldsCase ? $0.lowercased() : $0 })
  }

  var foldingCase: ExportStart { ExportStart(normal: records, foldsCase: true) }

  /// The first record.
  var names: [String] { record(1) }

  /// How many records there are to look at.
  var count: Int { records.count }

  /// A record, counted from 1; empty where there is none.
  func record(_ number: Int) -> [String] {
    records.indices.contains(number - 1) ? records[number - 1] : []
  }

  /// A cell, both counted from 1; empty where there is none.
  func cell(_ number: Int, _ column: Int) -> String {
    let cells = record(number)
    return cells.indices.contains(column - 1) ? cells[column - 1] : ""
  }

  /// Whether a column of the first record has that name.
  func has(_ name: String) -> Bool { known.contains(foldsCase ? name.lowercased() : name) }

  /// Whether the first column has that name.
  func beginsWith(_ name: String) -> Bool { same(cell(1, 1), name) }

  /// Whether two names are the same as far as this comparison goes.
  func same(_ one: String, _ other: String) -> Bool {
    foldsCase ? one.lowercased() == other.lowercased() : one == other
  }
}
