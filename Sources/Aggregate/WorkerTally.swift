import MaturityModel
import Normalize
import Score

/// One worker's counts, with the groups of its segment values by the numbers of its vocabulary.
package final class WorkerTally {
  private let shape: TallyShape
  private let vocabulary: Vocabulary
  private var tally: Tally
  /// Per segment; without any segment, one for everybody.
  private let evidence: [EvidenceCounter]
  private let roleTools: RoleToolCounter
  private let terms: TermCounter
  /// Nil where it is not asked for.
  private let sensitivity: SensitivityCounter?
  private let loads: LoadCounter?
  private let isSelfAssessed: Bool
  /// Per question: responses that gave an unmapped answer, and responses by text.
  private var unmappedResponses: [UInt64]
  private var unmapped: [[UInt64]]

  package init(_ shape: TallyShape, vocabulary: Vocabulary) {
    self.shape = shape
    self.vocabulary = vocabulary
    tally = Tally(shape)
    evidence = (0..<max(1, shape.survey.segments.count)).map { _ in EvidenceCounter(shape) }
    sensitivity = shape.analyses.contains(.sensitivity) ? SensitivityCounter(shape) : nil
    loads = shape.analyses.contains(.leverage) ? LoadCounter(shape) : nil
    isSelfAssessed = shape.survey.selfAssessed != nil
    roleTools = RoleToolCounter(shape)
    terms = TermCounter(shape)
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
    count(rows, scores)
    sensitivity?.add(responses, scores, weights: rows.weights)
    loads?.add(responses, scores, weights: rows.weights)
  }

  private func count(_ answer: ResponseBatch.UnmappedAnswer) {
    let question = Int(answer.question)
    if answer.isFirst { unmappedResponses[question] += 1 }
    // Once there are too many, the table is empty, and numbers given out before mean nothing.
    if unmapped[question].indices.contains(Int(answer.text)) {
      unmapped[question][Int(answer.text)] += 1
    }
  }

  private func count(_ rows: CountedRows, _ scores: ScoreBatch) {
    let segments = shape.survey.segments.count
    let termWords = shape.termWords
    for index in 0..<scores.blocks {
      let first = 64 * index
      let block = CountedBlock(
        words: scores.block(index), rows: scores.rows + first * scores.rowWords,
        low: scores.low + first, falseConditions: scores.falseConditions + first,
        weights: BlockWeights(weights: rows.weights.map { $0 + first }))
      for (segment, counter) in evidence.enumerated() {
        let values = segments == 0 ? nil : rows.segments.map { $0 + first * segments + segment }
        counter.add(block, values: values, stride: segments)
      }
      roleTools.add(block)
      if let terms = rows.terms { self.terms.add(block, rows: terms + first * termWords) }
      tally.add(block.words, block.weights)
      if let records = rows.records, loads != nil {
        tally.addLeverage(block, input: rows.input, records: records + first)
      }
      if let own = rows.selfAssessed, isSelfAssessed {
        tally.add(block, selfAssessed: own + first)
      }
    }
  }

  /// One group, and one counter, for every text the vocabulary has by now.
  private func makeRoom() {
    for (segment, counter) in evidence.enumerated() {
      counter.makeRoom(values: values(of: segment))
    }
    for question in unmapped.indices {
      guard let texts = vocabulary.unmappedAnswers(to: question) else {
        unmapped[question] = []
        continue
      }
      unmapped[question] += Array(repeating: 0, count: texts.count - unmapped[question].count)
    }
  }

  private func values(of segment: Int) -> Int {
    shape.survey.segments.isEmpty ? 1 : vocabulary.segmentValues[segment].texts.count
  }

  /// The tally by texts, fit to be merged with others.
  package func finish() -> Tally {
    var result = tally
    var everybody = GroupTally(shape)
    for (segment, counter) in evidence.enumerated() {
      let groups = counter.groups(values(of: segment))
      // Every response has one value of each segment, so those of the first are everybody.
      if segment == 0 { for group in groups { everybody.merge(group) } }
      if shape.survey.segments.isEmpty { continue }
      let texts = vocabulary.segmentValues[segment].texts.map(ExactText.init)
      result.setGroups(Dictionary(uniqueKeysWithValues: zip(texts, groups)), of: segment)
    }
    result.setEverybody(everybody)
    result.setRoleTools(roleTools.finish(everybody: everybody))
    result.setTerms(terms.finish())
    if let loads { result.setLoads(loads.tally) }
    if let sensitivity { result.setSensitivity(sensitivity.tally) }
    if !isSelfAssessed { result.countAllAsNotSelfAssessed() }
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
