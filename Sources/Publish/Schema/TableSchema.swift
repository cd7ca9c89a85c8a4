import Aggregate

/// What is promised of a published table, whatever the run: its columns, and what tells its rows
/// apart.
///
/// The one declaration of it. The CSV header, `results.json` and its JSON Schema, the data package,
/// the data dictionary and the definitions for databases are all made from it. A new table is
/// declared beside its like and listed in ``all``.
package struct TableSchema: Sendable {
  /// File name without `.csv`.
  package let name: String
  package let title: String
  /// In the order in which they are published; only ever added to at the end.
  package let columns: [Column]
  package let key: Key
  package let kind: Kind
  package let presence: Presence
  private let links: [ForeignKey]

  /// What tells the rows of a table apart.
  package enum Key: Sendable {
    /// None of these columns is ever empty.
    case primary([String])
    /// Some of them may be empty.
    case unique([String])
    /// Texts of respondents, which are not told apart by more than their bytes.
    case none

    package var columns: [String] {
      switch self {
      case .primary(let columns), .unique(let columns): columns
      case .none: []
      }
    }
  }

  package enum Kind: Sendable {
    /// Numbers of the run; also in `results.json`.
    case result
    /// A record of the input is a row.
    case record
    /// What the keys of the other tables stand for.
    case dimension
  }

  /// When a run publishes the table.
  package enum Presence: Sendable {
    case always
    case analysis(Analysis)
    /// Only with an option of `stagecraft run`.
    case option(String)
    /// Only where the survey file has this key.
    case survey(String)
    /// Not by a run: by another command.
    case command(String)
  }

  init(
    _ name: String, title: String, key: Key, columns: [Column], kind: Kind = .result,
    presence: Presence = .always, links: [ForeignKey] = []
  ) {
    self.name = name
    self.title = title
    self.key = key
    self.columns = columns
    self.kind = kind
    self.presence = presence
    self.links = links
  }

  package var fileName: String { name + ".csv" }

  /// Columns whose values are rows of another table.
  package struct ForeignKey: Hashable, Sendable {
    package let columns: [String]
    package let table: String
    package let tableColumns: [String]
  }

  /// What the table's columns refer to: what its values stand for, and what it says itself.
  package var foreignKeys: [ForeignKey] {
    let single = columns.compactMap { column -> ForeignKey? in
      guard let (table, name) = column.values.reference, table != self.name else { return nil }
      return ForeignKey(columns: [column.name], table: table, tableColumns: [name])
    }
    let segment = ["segment", "segment_value"]
    let isBySegment =
      kind != .dimension && segment.allSatisfy { name in columns.contains { $0.name == name } }
    let segments =
      isBySegment
      ? [ForeignKey(columns: segment, table: TableSchema.segments.name, tableColumns: segment)] : []
    return segments + single + links
  }
}

extension TableSchema {
  package struct Column: Hashable, Sendable {
    /// Of a repeated column, what stands for the names.
    package let name: String
    package let type: ColumnType
    package let unit: Unit?
    /// What the column holds.
    package let meaning: String
    package let values: Values
    /// Stands for as many columns as there are of these.
    package let repetition: Repetition?

    init(
      _ name: String, _ type: ColumnType, _ meaning: String, unit: Unit? = nil,
      values: Values = .any, repetition: Repetition? = nil
    ) {
      self.name = name
      self.type = type
      self.meaning = meaning
      self.unit = unit
      self.values = values
      self.repetition = repetition
    }
  }

  package enum ColumnType: Sendable {
    case string, integer, number, boolean
    /// A whole number, or a word in its place, such as `all`: a text everywhere but in JSON.
    case integerOrWord
  }

  /// What a number counts or measures.
  package enum Unit: String, Sendable {
    case responses, respondents, organisations
    case weight = "sum of weights"
    case share = "share from 0 to 1"
    case stages, requirements, criteria, pairs, bytes
    /// Of a rule of the model or the analysis, without a unit.
    case coefficient

    /// None of them is negative but a coefficient.
    package var isNeverNegative: Bool { self != .coefficient }
  }

  /// Which values a column can have.
  package enum Values: Hashable, Sendable {
    case any
    /// Stage numbers; the same with `all`; their names in their order.
    case stages, stagesOrAll, stageNames
    /// Ids of the model.
    case criteria, terms
    case words([String])

    /// Stages are, from the lowest to the highest.
    var isOrdered: Bool { [.stages, .stagesOrAll, .stageNames].contains(self) }

    /// The dimension and the column of it whose values these are.
    var reference: (table: String, column: String)? {
      switch self {
      case .stages: (TableSchema.stages.name, "stage")
      case .stagesOrAll: (TableSchema.stageGroups.name, "stage")
      case .criteria: (TableSchema.criteria.name, "criterion")
      case .terms: (TableSchema.terms.name, "term")
      case .any, .stageNames, .words: nil
      }
    }
  }

  /// What a column is repeated for.
  package enum Repetition: Sendable {
    case roleCriteria, toolCriteria, segments
  }
}

/// The columns that tables share, and short ways to declare the usual ones.
extension TableSchema.Column {
  static let segment = Self("segment", .string, "Id of a segment of the survey file, or all")
  static let segmentValue = Self(
    "segment_value", .string, "Value of the segment; (missing) where nobody gave one")
  static let stage = Self("stage", .integer, "Stage of the model", values: .stages)
  static let stageOrAll = Self(
    "stage", .integerOrWord, "Stage of the responses, or all", values: .stagesOrAll)
  static let stageName = Self("stage_name", .string, "Name of the stage", values: .stageNames)
  static let assessable = Self(
    "assessable", .boolean, "Whether the questionnaire can tell the stage")
  static let criterionLabel = Self("criterion_label", .string, "The criterion for people")
  static let criterion = Self("criterion", .string, "Criterion of the model", values: .criteria)

  static func text(_ name: String, _ meaning: String) -> Self { Self(name, .string, meaning) }
  static func words(_ name: String, _ words: [String], _ meaning: String) -> Self {
    Self(name, .string, meaning, values: .words(words))
  }
  static func flag(_ name: String, _ meaning: String) -> Self { Self(name, .boolean, meaning) }
  static func count(
    _ name: String, _ meaning: String, unit: TableSchema.Unit? = .responses
  ) -> Self {
    Self(name, .integer, meaning, unit: unit)
  }
  static func weight(_ name: String, _ meaning: String) -> Self {
    Self(name, .number, meaning, unit: .weight)
  }
  static func share(_ name: String, _ meaning: String) -> Self {
    Self(name, .number, meaning, unit: .share)
  }
  static func coefficient(_ name: String, _ meaning: String) -> Self {
    Self(name, .number, meaning, unit: .coefficient)
  }
  static func number(_ name: String, _ meaning: String, unit: TableSchema.Unit? = nil) -> Self {
    Self(name, .number, meaning, unit: unit)
  }
}
