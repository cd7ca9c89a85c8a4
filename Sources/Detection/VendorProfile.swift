import TextFolding

/// What is known of a vendor's exports: how they are recognised, read, and drafted as a survey
/// file.
package struct VendorProfile: Sendable {
  package let vendor: Vendor
  /// The product's name, for people.
  package let title: String
  package var headerRecords = 1
  /// 1-based header record that holds the option labels; nil: the last one.
  var declaredLabelRecord: Int?
  package var delimiter = UInt8(ascii: ",")
  /// Columns about the response rather than of it. A `*` at either end stands for any text.
  package var metadata: [String] = []
  /// Columns that identify a response, the best one first.
  package var idColumns: [String] = []
  /// Columns that say when a response was given, the best one first.
  package var dateColumns: [String] = []
  /// Whole fields that mean "no answer", besides the empty one.
  package var unanswered: [String] = []
  package var filters: [VendorFilter] = []
  package var multiSelect = MultiSelectEncoding.optionLabels
  /// Question keys are question texts, which may occur twice, not codes, which may not.
  var keysAreTexts = false
  /// The vendor's own rule of the decision list.
  let rule: @Sendable (ExportStart) -> Evidence?
  /// How this vendor's header tells a column's question and option apart.
  let parts: @Sendable (ColumnTable) -> [ColumnParts]

  package var labelRecord: Int { declaredLabelRecord ?? headerRecords }

  /// The rules in the order in which they are tried; the first that fires decides.
  package static let decisionList: [VendorProfile] = [
    .qualtrics, .qualtricsLegacy, .surveyMonkey, .limeSurvey, .redcap, .odkCentral, .koboToolbox,
    .typeform, .alchemer, .microsoftForms, .stackOverflow, .kaggle, .googleForms, .googleSheets,
  ]

  /// Whether a column of that name is about the response rather than of it.
  package func isMetadata(_ name: String) -> Bool {
    let name = HeaderText.folded(name)
    return metadata.contains { matches(name, HeaderText.folded($0)) }
  }

  private func matches(_ name: String, _ pattern: String) -> Bool {
    if pattern.hasPrefix("*") { return name.hasSuffix(pattern.dropFirst()) }
    if pattern.hasSuffix("*") { return name.hasPrefix(pattern.dropLast()) }
    return name == pattern
  }

  /// The first of the vendor's id columns that an export has, as the export spells it.
  package func idColumn(among names: [String]) -> String? { first(of: idColumns, among: names) }

  /// The first of the vendor's date columns that an export has, as the export spells it.
  package func dateColumn(among names: [String]) -> String? {
    first(of: dateColumns, among: names)
  }

  /// The filters whose columns an export has, with those columns as the export spells them.
  package func filters(among names: [String]) -> [VendorFilter] {
    filters.compactMap { filter in
      let folded = HeaderText.folded(filter.column)
      let found = names.filter { matches(HeaderText.folded($0), folded) }
      // A pattern that fits several columns does not say which of them is meant.
      guard let column = found.first, found.count == 1 || !folded.contains("*") else { return nil }
      return filter.with(column: column)
    }
  }

  private func first(of wanted: [String], among names: [String]) -> String? {
    for name in wanted {
      let folded = HeaderText.folded(name)
      if let found = names.first(where: { HeaderText.folded($0) == folded }) { return found }
    }
    return nil
  }
}

/// Which responses a vendor's export holds that nobody gave, or gave only in part.
package struct VendorFilter: Hashable, Sendable {
  package enum Test: Hashable, Sendable {
    /// Responses with one of these texts stay.
    case oneOf([String])
    /// Responses with one of these texts go.
    case noneOf([String])
  }

  package let id: String
  package let column: String
  package let test: Test
  /// What goes, in words.
  package let why: String

  init(_ id: String, _ column: String, _ test: Test, _ why: String) {
    self.id = id
    self.column = column
    self.test = test
    self.why = why
  }

  func with(column: String) -> VendorFilter { VendorFilter(id, column, test, why) }
}

/// How an export holds a question to which several options can be chosen.
package enum MultiSelectEncoding: Hashable, Sendable {
  /// One column per option; the cell holds the option's text.
  case optionLabels
  /// One column per option; the cell holds a tick: 1, Y, Yes, Checked, TRUE.
  case optionTicks
  /// One column; the cell holds the options, separated.
  case joined(separator: String)
  /// A joined column, and one column of ticks per option beside it.
  case both(separator: String)
}

/// Why a vendor's rule fired, and what the header shows of the variant.
struct Evidence: Hashable, Sendable {
  /// In words, naming the evidence.
  let rule: String
  /// Where this variant differs from the vendor's usual exports.
  var headerRecords: Int?
  var labelRecord: Int?

  init(_ rule: String, headerRecords: Int? = nil, labelRecord: Int? = nil) {
    self.rule = rule
    self.headerRecords = headerRecords
    self.labelRecord = labelRecord
  }
}
