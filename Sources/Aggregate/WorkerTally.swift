import MaturityModel
import Normalize
import Score

/// One worker's counts, with the groups of its segment values by the numbers of its vocabulary.
package final class WorkerTally {
  private let shape: TallyShape
  private let vocabulary: Vocabulary
  /// Of what is not weighted: fates and answers that match nothing.
  private var tally: Tally
  private let counters: Counters
  /// Nil where it is not asked for.
  private let sensitivity: SensitivityCounter?
  private let loads: LoadCounter?
  /// Per question: responses that gave an unmapped answer, and responses by text.
  private var unmappedResponses: [UInt64]
  private var unmapped: [[UInt64]]

  /// Who counts scored responses.
  private enum Counters {
    /// All of a batch.
    case one([BatchPortion])
    /// Each raking cell by itself.
    case raked(RakedCells)
  }

  package init(_ shape: TallyShape, vocabulary: Vocabulary) {
    self.shape = shape
    self.vocabulary = vocabulary
    tally = Tally(shape)
    if let rake = shape.survey.rake {
      counters = .raked(RakedCells(rake, shape, vocabulary: vocabulary))
    } else {
      let counter = ResponseCounter(shape, vocabulary: vocabulary)
      counters = .one([BatchPortion(counter: counter, masks: nil)])
    }
    sensitivity = shape.analyses.contains(.sensitivity) ? SensitivityCounter(shape) : nil
    loads = shape.analyses.contains(.leverage) ? LoadCounter(shape) : nil
    unmapped = Array(repeating: [], count: shape.survey.questions.count)
    unmappedResponses = Array(repeating: 0, count: shape.survey.questions.count)
  }

  /// Counts a batch of responses with their scores.
  package func add(_ responses: ResponseBatch, _ scores: ScoreBatch) {
    makeRoom()
    var scored = 0
    for block in 0..<scores.blocks { scored += scores.block(block).scored[0].nonzeroBitCount }
    tally.account(responses, scored: scored)
    for answer in responses.unmapped { count(answer) }
    let rows = CountedRows(responses)
    let portions = portions(of: rows, scores)
    for portion in portions { portion.counter.count(rows, scores, portion) }
    sensitivity?.add(responses, scores, weights: rows.weights, to: portions)
    loads?.add(responses, scores, weights: rows.weights, to: portions)
  }

  private func portions(of rows: CountedRows, _ scores: ScoreBatch) -> [BatchPortion] {
    switch counters {
    case .one(let portions): portions
    case .raked(let cells): cells.portions(of: rows, scores)
    }
  }

  private func count(_ answer: ResponseBatch.UnmappedAnswer) {
    let question = Int(answer.question)
    if answer.isFirst { unmappedResponses[question] += 1 }
    // Once there are too many, the table is empty, and numbers given out before mean nothing.
    if unmapped[question].indices.contains(Int(answer.text)) {
      unmapped[question][Int(answer.text)] += 1
    }
  }

  /// One counter for every text the vocabulary has by now.
  private func makeRoom() {
    for question in unmapped.indices {
      guard let texts = vocabulary.unmappedAnswers(to: question) else {
        unmapped[question] = []
        continue
      }
      unmapped[question] += Array(repeating: 0, count: texts.count - unmapped[question].count)
    }
  }

  /// The raking cells, if there are any.
  var rakedCells: RakedCells? {
    if case .raked(let cells) = counters { cells } else { nil }
  }

  /// The tally by texts, fit to be merged with others; with raking cells, of what is not weighted
  /// alone.
  package func finish() -> Tally {
    var result = tally
    if case .one(let portions) = counters, let counter = portions.first?.counter {
      result.merge(counter.finish())
    }
    for question in unmapped.indices {
      let counts = vocabulary.unmappedAnswers(to: question).map { zip($0, unmapped[question]) }
      result.setUnmapped(
        UnmappedTally(
          responses: unmappedResponses[question], texts: counts.map { $0.filter { $0.1 > 0 } },
          limit: vocabulary.limits.unmappedTexts),
        of: question)
    }
    return result
  }
}

/// The parts of a response batch that are counted, as base pointers: looked up once a batch. They
/// must not outlive it. Nil is what the survey does not have.
struct CountedRows {
  let terms: UnsafePointer<UInt64>?
  let segments: UnsafePointer<Int32>?
  let weights: UnsafePointer<UInt64>?
  let selfAssessed: UnsafePointer<Int8>?
  let records: UnsafePointer<UInt64>?
  let input: Int

  init(_ responses: ResponseBatch) {
    terms = responses.terms.start
    segments = responses.segments.start
    weights = responses.weights.start
    selfAssessed = responses.selfAssessed.start
    records = responses.records.start
    input = responses.input
  }
}

extension UnsafeBufferPointer {
  /// Nil where there is nothing; an empty buffer can have an address, too.
  fileprivate var start: UnsafePointer<Element>? { isEmpty ? nil : baseAddress }
}
