import Ingest
import MaturityModel
import Normalize
import Score
import Statistics
import SurveyMapping

/// The receipt for one respondent: what stands in the record, what was made of it, and why.
///
/// Holds the respondent's own words. They are what was asked for; they go to standard output only.
package struct Explanation: Sendable {
  package struct Place: Hashable, Sendable {
    package let source: String
    package let position: RecordPosition
  }

  /// Another record with the same id.
  package struct Other: Hashable, Sendable {
    package let place: Place
    package let fate: OtherFate
  }

  package enum OtherFate: String, Sendable {
    /// Counts as well: the survey keeps duplicates.
    case counts
    /// The one that counts.
    case winner
    case duplicate
    /// Filtered, or rejected for its weight.
    case out
  }

  package enum Fate: Sendable {
    /// Refused before or when its fields were read.
    case rejected(Reject)
    /// By the keep rule with this number.
    case filtered(rule: Int)
    /// The other record counts.
    case duplicate(of: Place?)
    case unscored(Verdict)
    case scored(Verdict)
  }

  package let model: MaturityModel
  package let survey: Survey
  package let observability: Observability
  package let place: Place
  /// Names of the input's columns.
  package let columnNames: [String]
  package let fate: Fate
  /// Nil where the record could not be parsed.
  package let trace: ResponseTrace?
  /// The first of the others.
  package let others: [Other]
  package let otherCount: UInt64

  /// The scores, where the record became a response.
  package var verdict: Verdict? {
    switch fate {
    case .scored(let verdict), .unscored(let verdict): verdict
    case .rejected, .filtered, .duplicate: nil
    }
  }

  package func columnName(_ field: ResponseTrace.Field) -> String { columnNames[field.column] }
}

/// What was computed from one response: the numbers of `respondents.csv` and the rules behind them.
package struct Verdict: Sendable {
  package let low: Int
  package let high: Int
  package let highest: Int
  /// The next assessable stage; nil at the top.
  package let next: Int?
  /// In millionths.
  package let compensatory: UInt64
  package let progress: UInt64
  /// Nil where no trigger of the next stage is known.
  package let readiness: UInt64?
  /// Requirements of the next stage that are not true.
  package let blocking: [Int]
  /// Billionths; nil where the survey has no weight.
  package let weight: UInt64?
  package let segments: [String]
  package let metrics: [MetricBand?]
  package let selfAssessed: Int?
  /// Every rule with its value.
  package let rules: ScoreTrace
  /// Per criterion, as the gap tables show it: after absorption, mirrors filled in.
  package let evidence: [CriterionReason]
}

/// A criterion's evidence, and where it comes from.
package struct CriterionReason: Hashable, Sendable {
  package let value: Value
  /// Questions, in the survey file's order, that prove it, and that deny it.
  package let provedBy: [Int]
  package let deniedBy: [Int]
  /// Proved criteria that make it present; only where no question proves it itself.
  package let absorbedBy: [Int]

  package enum Value: String, Sendable {
    case yes, no, unknown
    case notApplicable = "not_applicable"
  }
}
