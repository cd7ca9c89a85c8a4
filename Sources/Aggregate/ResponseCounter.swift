import Normalize
import Score

/// What is counted of scored responses with their weights: one worker's, or one worker's of one
/// raking cell.
final class ResponseCounter {
  private let shape: TallyShape
  private let vocabulary: Vocabulary
  private var tally: Tally
  /// Per segment; without any segment, one for everybody.
  private let evidence: [EvidenceCounter]
  private let roleTools: RoleToolCounter
  private let terms: TermCounter
  private let isSelfAssessed: Bool
  private let segments: Int
  private let termWords: Int
  /// Counted by who scores the responses again; nil where they are not asked for.
  var sensitivity: SensitivityTally?
  var loads: LoadTally?

  init(_ shape: TallyShape, vocabulary: Vocabulary) {
    self.shape = shape
    self.vocabulary = vocabulary
    tally = Tally(shape)
    evidence = (0..<max(1, shape.survey.segments.count)).map { _ in EvidenceCounter(shape) }
    roleTools = RoleToolCounter(shape)
    terms = TermCounter(shape)
    isSelfAssessed = shape.survey.selfAssessed != nil
    segments = shape.survey.segments.count
    termWords = shape.termWords
    sensitivity = shape.analyses.contains(.sensitivity) ? SensitivityTally(shape) : nil
    loads = shape.analyses.contains(.leverage) ? LoadTally(shape) : nil
  }

  /// Counts a portion of a batch.
  func count(_ rows: CountedRows, _ scores: ScoreBatch, _ portion: BatchPortion) {
    for (segment, counter) in evidence.enumerated() {
      counter.makeRoom(values: values(of: segment))
    }
    portion.forEachBlock(of: scores) { index, words in
      let first = 64 * index
      let block = CountedBlock(
        words: words, rows: scores.rows + first * scores.rowWords,
        low: scores.low + first, falseConditions: scores.falseConditions + first,
        weights: BlockWeights(weights: rows.weights.map { $0 + first }))
      count(block, rows, first: first)
    }
  }

  private func count(_ block: CountedBlock, _ rows: CountedRows, first: Int) {
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

  private func values(of segment: Int) -> Int {
    segments == 0 ? 1 : vocabulary.segmentValues[segment].texts.count
  }

  /// The tally by texts, fit to be merged with others.
  func finish() -> Tally {
    var result = tally
    var everybody = GroupTally(shape)
    for (segment, counter) in evidence.enumerated() {
      let groups = counter.groups(values(of: segment))
      // Every response has one value of each segment, so those of the first are everybody.
      if segment == 0 { for group in groups { everybody.merge(group) } }
      if segments == 0 { continue }
      let texts = vocabulary.segmentValues[segment].texts.map(ExactText.init)
      result.setGroups(Dictionary(uniqueKeysWithValues: zip(texts, groups)), of: segment)
    }
    result.setEverybody(everybody)
    result.setRoleTools(roleTools.finish(everybody: everybody))
    result.setTerms(terms.finish())
    if let loads { result.setLoads(loads) }
    if let sensitivity { result.setSensitivity(sensitivity) }
    if !isSelfAssessed { result.countAllAsNotSelfAssessed() }
    return result
  }
}

/// The responses of a batch that one counter counts.
struct BatchPortion {
  let counter: ResponseCounter
  /// Per block its responses, as bits; nil: all that are scored.
  let masks: [UInt64]?

  /// Hands over the blocks that hold responses of the portion, as if these alone were scored.
  @inline(__always)
  func forEachBlock(of scores: ScoreBatch, _ body: (_ index: Int, ScoredBlock) -> Void) {
    for index in 0..<scores.blocks {
      let block = scores.block(index)
      guard let masks else {
        body(index, block)
        continue
      }
      if masks[index] == 0 { continue }
      let all = block.scored[0]
      block.scored[0] = masks[index]
      body(index, block)
      block.scored[0] = all
    }
  }
}
