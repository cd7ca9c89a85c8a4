import MaturityModel

/// Scored responses: what Score hands to Aggregate, next to the responses themselves.
///
/// In two shapes. By response, in the order of the response batch: rows of evidence, the published
/// stage, the conditions that are false. By block of 64 responses: words in which a response is a
/// bit (``ScoredBlock``). For an unscored response only `ScoredBlock.scored` means anything. A
/// worker owns one batch and fills it again.
package final class ScoreBatch {
  package internal(set) var count = 0
  /// Criteria that are yes and those that are no, `rowWords` pairs of words a response: after
  /// absorption, neither where not applicable; a mirror has nothing of its own.
  package private(set) var rows: UnsafeMutablePointer<WordPair>
  /// The stage with unknown read as no: the published one.
  package private(set) var low: UnsafeMutablePointer<UInt8>
  /// The conditions known to be false, as bits.
  package private(set) var falseConditions: UnsafeMutablePointer<UInt8>
  /// Per response, where the scorer was asked for them; else empty.
  package internal(set) var details: [ScoreDetails] = []

  private(set) var layout = BlockLayout(rowWords: 0, stages: 0, requirements: 0)
  private var plan: ScoringPlan?
  /// Blocks there is room for.
  private var room = 0
  private var words: UnsafeMutablePointer<UInt64>
  private var columns: UnsafeMutablePointer<WordPair>

  package init() {
    rows = .allocate(capacity: 0)
    low = .allocate(capacity: 0)
    falseConditions = .allocate(capacity: 0)
    words = .allocate(capacity: 0)
    columns = .allocate(capacity: 0)
  }

  deinit { deallocate() }

  package var rowWords: Int { layout.rowWords }
  package var blocks: Int { (count + 63) / 64 }

  package func block(_ index: Int) -> ScoredBlock {
    ScoredBlock(
      layout, words: words + index * layout.words, evidence: columns + index * layout.columns)
  }

  /// The block's responses, as bits.
  func responses(of block: Int) -> UInt64 {
    let count = min(64, count - 64 * block)
    return count == 64 ? ~0 : 1 << UInt64(count) - 1
  }

  /// Makes room for some responses; what stood here is lost. Rows up to the end of the last block
  /// are zero until they are filled.
  func reset(count: Int, for plan: ScoringPlan) {
    self.count = count
    details.removeAll(keepingCapacity: true)
    if self.plan !== plan || blocks > room { makeRoom(plan) }
    let end = blocks * 64
    for index in count * rowWords..<end * rowWords { rows[index] = WordPair(repeating: 0) }
  }

  private func makeRoom(_ plan: ScoringPlan) {
    deallocate()
    (self.plan, layout, room) = (plan, plan.layout, max(blocks, 2 * room))
    rows = .allocate(capacity: room * layout.columns)
    rows.initialize(repeating: WordPair(repeating: 0), count: room * layout.columns)
    low = .allocate(capacity: room * 64)
    low.initialize(repeating: 0, count: room * 64)
    falseConditions = .allocate(capacity: room * 64)
    falseConditions.initialize(repeating: 0, count: room * 64)
    words = .allocate(capacity: room * layout.words)
    words.initialize(repeating: 0, count: room * layout.words)
    columns = .allocate(capacity: room * layout.columns)
    columns.initialize(repeating: WordPair(repeating: 0), count: room * layout.columns)
  }

  private func deallocate() {
    rows.deallocate()
    low.deallocate()
    falseConditions.deallocate()
    words.deallocate()
    columns.deallocate()
  }
}

extension ScoreBatch {
  package func isScored(_ response: Int) -> Bool {
    block(response / 64).scored[0] >> UInt64(response % 64) & 1 == 1
  }

  /// One response's scores, read out of its block.
  ///
  /// - Complexity: O(stages + requirements).
  package func score(of response: Int) -> ResponseScore {
    guard let plan else { preconditionFailure("only what was scored has a score") }
    let (block, bit) = (block(response / 64), UInt64(response % 64))
    let stage = { (words: UnsafeMutablePointer<UInt64>) in
      plan.stages.indices.first { words[$0] >> bit & 1 == 1 } ?? 0
    }
    let low = stage(block.low)
    var score = ResponseScore(
      isScored: block.scored[0] >> bit & 1 == 1, low: low, high: stage(block.high),
      highest: stage(block.highest), compensatoryFloor: stage(block.compensatoryFloor),
      next: plan.nextStages[low])
    guard let next = score.next else { return score }
    score.isNextCovered = block.isCovered[next] >> bit & 1 == 1
    for index in plan.stages[next].requirements.indices {
      let place = plan.firstRequirements[next] + index
      score.blocking |= (block.blocking[place] >> bit & 1) << UInt64(index)
      score.blockingUnknown |= (block.blockingUnknown[place] >> bit & 1) << UInt64(index)
    }
    return score
  }

  /// One response's evidence as the gap tables show it.
  package func evidence(of criterion: Int, _ response: Int) -> ShownEvidence {
    guard let plan else { preconditionFailure("only what was scored has evidence") }
    let original = plan.model.criteria[criterion].mirrors ?? criterion
    let absent = plan.notApplicable(falseConditions: Int(falseConditions[response]))
    if absent.holds(original) { return .notApplicable }
    let evidence = block(response / 64).evidence[criterion] &>> UInt64(response % 64)
    return evidence.x & 1 == 1 ? .yes : evidence.y & 1 == 1 ? .no : .unknown
  }
}
