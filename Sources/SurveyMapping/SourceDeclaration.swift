/// How the export is written, as far as the survey file says; nil is "not said", and whoever reads
/// the export fills it in.
package struct SourceDeclaration: Hashable, Sendable {
  /// The product that wrote the export.
  package let vendor: String?
  /// One ASCII byte, neither quote nor line break.
  package let delimiter: UInt8?
  /// How characters are written as bytes.
  package let encoding: Encoding?
  /// How many records precede the data; 1 or more.
  package let headerRecords: Int?
  /// Which of them holds the option labels, from 1. Checked against `headerRecords` only where the
  /// file gives both.
  package let labelRecord: Int?
  /// Whole fields that mean "no answer", compared exactly after trimming. Always holds the empty
  /// text.
  package let missing: Set<String>

  /// The character encodings an export may have.
  package enum Encoding: String, CaseIterable, Hashable, Sendable {
    case utf8 = "utf-8"
    case utf16 = "utf-16"
    case windows1252 = "windows-1252"
    case latin1 = "iso-8859-1"
    case macintosh
  }

  /// Of an export for which no survey file says anything.
  package static let nothing = SourceDeclaration(
    vendor: nil, delimiter: nil, encoding: nil, headerRecords: nil, labelRecord: nil,
    missing: usualMissing)

  /// What counts as missing where the file does not say (CONTRACT section 2).
  package static let usualMissing: Set<String> = ["", "NA", "nan", "NaN", "NULL", "#N/A"]
}

/// A test that a record must pass to be read at all.
package struct KeepRule: Hashable, Sendable {
  /// A snake_case name, under which records that fail are counted.
  package let id: String
  /// The name of a column; one trailing `*` stands for any ending. The first match is read.
  package let column: String
  /// Folded; the field must be one of these. Nil: any.
  package let allowed: Set<String>?
  /// Folded; the field must be none of these. Nil: any.
  package let refused: Set<String>?
}

/// What identifies and weighs a respondent.
package struct Respondent: Hashable, Sendable {
  /// The column of the id; nil: responses are anonymous.
  package let id: String?
  /// `keep` unless there is an id.
  package let duplicates: Duplicates
  /// The column of the weight; nil: everybody weighs one.
  package let weight: String?
  /// The column of the organisation that people answer for; nil: nobody says.
  package let organisation: String?
  /// Who leads it; nil: nobody says, or there are no organisations.
  package let leader: LeaderRule?

  /// Who is a leader.
  package struct LeaderRule: Hashable, Sendable {
    package let column: String
    /// Folded; the texts that leaders give there.
    package let texts: Set<String>
  }

  /// Which response of several with one id stands.
  package enum Duplicates: String, CaseIterable, Hashable, Sendable {
    case last, first, keep
  }
}
