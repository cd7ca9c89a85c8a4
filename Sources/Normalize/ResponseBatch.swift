import Ingest
import Statistics

/// Records after normalisation: what Normalize hands to Score.
///
/// Structure of arrays. Sets of criteria and terms are rows of 64-bit words, bit i of word w being
/// number 64 w + i in model order. A worker owns one batch and fills it again for every chunk.
package final class ResponseBatch {
  package let shape: Shape
  package internal(set) var count = 0
  /// Criteria that an answer proves, before absorption: `shape.criterionWords` words a response.
  package internal(set) var yes: [UInt64] = []
  /// Criteria that an answer denies and none proves.
  package internal(set) var no: [UInt64] = []
  /// Terms chosen: `shape.termWords` words a response.
  package internal(set) var terms: [UInt64] = []
  /// Merged options ("one of these") chosen, by their place in `shape.mergedTerms`.
  package internal(set) var merged: [UInt64] = []
  /// `shape.metrics` bands a response; nil is unknown.
  package internal(set) var metrics: [MetricBand?] = []
  /// `shape.segments` numbers a response, to be looked up in the worker's ``Vocabulary``.
  package internal(set) var segments: [Int32] = []
  /// In billionths; empty when the survey has no weight.
  package internal(set) var weights: [UInt64] = []
  /// The stage a respondent gave themselves, or -1.
  package internal(set) var selfAssessed: [Int8] = []
  /// 1-based numbers of the records in their input.
  package internal(set) var records: [UInt64] = []
  /// Respondents' ids, trimmed; empty when the survey has none or nobody asked for them.
  package internal(set) var respondents: [String] = []
  /// Unmapped answers, once per response and text.
  package internal(set) var unmapped: [UnmappedAnswer] = []

  /// Which input, and which chunk of the run.
  package internal(set) var input = 0
  package internal(set) var ordinal = 0
  package internal(set) var accounting: NormalizeAccounting
  package internal(set) var rejects: [Reject] = []

  package init(shape: Shape) {
    self.shape = shape
    accounting = NormalizeAccounting(keepRules: shape.keepRules)
  }

  /// How wide the rows are; the same for all batches of a run.
  package struct Shape: Hashable, Sendable {
    package let criterionWords: Int
    package let termWords: Int
    /// Terms with `proves_one_of`, in model order.
    package let mergedTerms: [Int]
    package let mergedWords: Int
    package let metrics: Int
    package let segments: Int
    package let keepRules: Int
    package let hasWeights: Bool

    package init(
      criteria: Int, terms: Int, mergedTerms: [Int], metrics: Int, segments: Int, keepRules: Int,
      hasWeights: Bool
    ) {
      criterionWords = (criteria + 63) / 64
      termWords = (terms + 63) / 64
      self.mergedTerms = mergedTerms
      mergedWords = (mergedTerms.count + 63) / 64
      self.metrics = metrics
      self.segments = segments
      self.keepRules = keepRules
      self.hasWeights = hasWeights
    }
  }

  package struct UnmappedAnswer: Hashable, Sendable {
    package let question: Int32
    package let text: Int32
  }

  func reset(for records: RecordBatch) {
    input = records.input
    ordinal = records.ordinal
    count = 0
    yes.removeAll(keepingCapacity: true)
    no.removeAll(keepingCapacity: true)
    terms.removeAll(keepingCapacity: true)
    merged.removeAll(keepingCapacity: true)
    metrics.removeAll(keepingCapacity: true)
    segments.removeAll(keepingCapacity: true)
    weights.removeAll(keepingCapacity: true)
    selfAssessed.removeAll(keepingCapacity: true)
    self.records.removeAll(keepingCapacity: true)
    respondents.removeAll(keepingCapacity: true)
    unmapped.removeAll(keepingCapacity: true)
    accounting = NormalizeAccounting(keepRules: shape.keepRules)
    rejects = records.rejects
  }
}

/// How many of a chunk's records ended in Normalize, by fate.
package struct NormalizeAccounting: Hashable, Sendable {
  package var read: UInt64 = 0
  /// Per keep rule of the survey: records that it was the first to refuse.
  package var filtered: [UInt64]
  package var duplicate: UInt64 = 0
  package var rejected: UInt64 = 0

  package init(keepRules: Int) { filtered = Array(repeating: 0, count: keepRules) }
}
