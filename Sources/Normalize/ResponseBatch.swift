import Ingest
import Statistics

/// Records after normalisation: what Normalize hands to Score.
///
/// Structure of arrays. Sets of criteria and terms are rows of 64-bit words, bit i of word w being
/// number 64 w + i in model order. A worker owns one batch and fills it again for every chunk.
package final class ResponseBatch {
  package let shape: Shape
  package internal(set) var count = 0

  let yesRows = BatchRows<UInt64>()
  let noRows = BatchRows<UInt64>()
  let termRows = BatchRows<UInt64>()
  let mergedRows = BatchRows<UInt64>()
  let metricRows = BatchRows<MetricBand?>()
  let segmentRows = BatchRows<Int32>()
  let weightRows = BatchRows<UInt64>()
  let selfAssessedRows = BatchRows<Int8>()
  let recordRows = BatchRows<UInt64>()
  let respondentRows = BatchRows<UnsafeBufferPointer<UInt8>>()
  let organisationRows = BatchRows<Int32>()
  let leaderRows = BatchRows<Bool>()
  let gradeRows = BatchRows<UInt32>()

  /// Unmapped answers, once per response and text; those of one response and question together.
  package internal(set) var unmapped: [UnmappedAnswer] = []

  /// Which input, and which chunk of the run.
  package internal(set) var input = 0
  package internal(set) var ordinal = 0
  package internal(set) var accounting: NormalizeAccounting
  package internal(set) var rejects: [Reject] = []
  /// Nil where nobody's care is looked at.
  package internal(set) var quality: QualityCounts?

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
    package let hasOrganisations: Bool
    /// Questions with grades.
    package let grades: Int

    package init(
      criteria: Int, terms: Int, mergedTerms: [Int], metrics: Int, segments: Int, keepRules: Int,
      hasWeights: Bool, hasOrganisations: Bool = false, grades: Int = 0
    ) {
      criterionWords = (criteria + 63) / 64
      termWords = (terms + 63) / 64
      self.mergedTerms = mergedTerms
      mergedWords = (mergedTerms.count + 63) / 64
      self.metrics = metrics
      self.segments = segments
      self.keepRules = keepRules
      self.hasWeights = hasWeights
      self.hasOrganisations = hasOrganisations
      self.grades = grades
    }
  }

  package struct UnmappedAnswer: Hashable, Sendable {
    package let question: Int32
    /// A number of the worker's ``Vocabulary``, or ``noText``.
    package let text: Int32
    /// The first one of its response to the question.
    package let isFirst: Bool

    /// The text of an answer to a question that has too many of them.
    package static let noText: Int32 = -1

    package init(question: Int32, text: Int32, isFirst: Bool) {
      self.question = question
      self.text = text
      self.isFirst = isFirst
    }
  }

  /// Forgets what the batch held, and makes room for every record's response.
  func reset(for records: RecordBatch) {
    input = records.input
    ordinal = records.ordinal
    count = 0
    reserve(records.count)
    unmapped.removeAll(keepingCapacity: true)
    accounting = NormalizeAccounting(keepRules: shape.keepRules)
    rejects = records.rejects
    quality = nil
  }

  /// Makes room for so many responses; what the rows held is lost.
  func reserve(_ room: Int) {
    yesRows.reserve(room * shape.criterionWords)
    noRows.reserve(room * shape.criterionWords)
    termRows.reserve(room * shape.termWords)
    mergedRows.reserve(room * shape.mergedWords)
    metricRows.reserve(room * shape.metrics)
    segmentRows.reserve(room * shape.segments)
    weightRows.reserve(shape.hasWeights ? room : 0)
    selfAssessedRows.reserve(room)
    recordRows.reserve(room)
    respondentRows.reserve(room)
    organisationRows.reserve(shape.hasOrganisations ? room : 0)
    leaderRows.reserve(shape.hasOrganisations ? room : 0)
    gradeRows.reserve(room * shape.grades)
  }
}

/// What stands in the rows. Valid until the batch is filled again.
extension ResponseBatch {
  /// Criteria that an answer proves, before absorption: `shape.criterionWords` words a response.
  package var yes: UnsafeBufferPointer<UInt64> { yesRows[count * shape.criterionWords] }
  /// Criteria that an answer denies and none proves.
  package var no: UnsafeBufferPointer<UInt64> { noRows[count * shape.criterionWords] }
  /// Terms chosen: `shape.termWords` words a response.
  package var terms: UnsafeBufferPointer<UInt64> { termRows[count * shape.termWords] }
  /// Merged options ("one of these") chosen, by their place in `shape.mergedTerms`.
  package var merged: UnsafeBufferPointer<UInt64> { mergedRows[count * shape.mergedWords] }
  /// `shape.metrics` bands a response; nil is unknown.
  package var metrics: UnsafeBufferPointer<MetricBand?> { metricRows[count * shape.metrics] }
  /// `shape.segments` numbers a response, to be looked up in the worker's ``Vocabulary``.
  package var segments: UnsafeBufferPointer<Int32> { segmentRows[count * shape.segments] }
  /// In billionths; empty when the survey has no weight.
  package var weights: UnsafeBufferPointer<UInt64> { weightRows[shape.hasWeights ? count : 0] }
  /// The stage a respondent gave themselves, or -1.
  package var selfAssessed: UnsafeBufferPointer<Int8> { selfAssessedRows[count] }
  /// 1-based numbers of the records in their input.
  package var records: UnsafeBufferPointer<UInt64> { recordRows[count] }
  /// Respondents' ids, trimmed; empty when the survey has none. They lie in the chunk's text.
  package var respondents: UnsafeBufferPointer<UnsafeBufferPointer<UInt8>> {
    respondentRows[count]
  }
  /// Numbers of the worker's ``Vocabulary``, or -1 where a respondent names no organisation; empty
  /// when the survey has none.
  package var organisations: UnsafeBufferPointer<Int32> {
    organisationRows[shape.hasOrganisations ? count : 0]
  }
  /// Who leads; empty when the survey has no organisations.
  package var leaders: UnsafeBufferPointer<Bool> {
    leaderRows[shape.hasOrganisations ? count : 0]
  }
  /// `shape.grades` a response: in billionths, or ``noGrade``.
  package var grades: UnsafeBufferPointer<UInt32> { gradeRows[count * shape.grades] }

  package static let noGrade = UInt32.max
}

/// Memory for one kind of value of a batch, kept from batch to batch.
final class BatchRows<Element: BitwiseCopyable> {
  private(set) var base: UnsafeMutablePointer<Element>
  private var capacity = 1

  init() { base = .allocate(capacity: 1) }

  deinit { base.deallocate() }

  /// Makes room; what was there is lost.
  func reserve(_ count: Int) {
    guard count > capacity else { return }
    base.deallocate()
    base = .allocate(capacity: count)
    capacity = count
  }

  /// Sets a value behind `place` others, which are kept.
  func append(_ value: Element, at place: Int) {
    if place == capacity {
      let larger = UnsafeMutablePointer<Element>.allocate(capacity: 2 * capacity)
      larger.update(from: base, count: place)
      base.deallocate()
      (base, capacity) = (larger, 2 * capacity)
    }
    base[place] = value
  }

  /// The first values.
  subscript(count: Int) -> UnsafeBufferPointer<Element> {
    UnsafeBufferPointer(start: base, count: count)
  }
}

/// How many of a chunk's records ended in Normalize, by fate.
package struct NormalizeAccounting: Hashable, Sendable {
  package var read: UInt64 = 0
  /// Per filter of the survey (``Survey/filterIDs``): records that it was the first to refuse.
  package var filtered: [UInt64]
  package var duplicate: UInt64 = 0
  package var rejected: UInt64 = 0

  package init(keepRules: Int) { filtered = Array(repeating: 0, count: keepRules) }
}
