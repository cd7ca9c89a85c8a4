/// Where the words of a block of 64 responses stand: the same for all blocks of a run.
package struct BlockLayout: Hashable, Sendable {
  /// Words of a row of criteria.
  package let rowWords: Int
  /// Stage 0 and above.
  package let stages: Int
  /// Of all stages together.
  package let requirements: Int

  /// Columns of criteria in a block, those that no criterion uses among them.
  var columns: Int { 64 * rowWords }
  var words: Int { 1 + 5 * stages + 2 * requirements }
}

/// What is known of 64 responses, as words: bit r of each is response r of the block.
///
/// Per stage number, and per requirement, those of all stages one after the other. The pointers
/// must not outlive the batch they come from, nor be used after it is filled again.
package struct ScoredBlock {
  /// Responses that are scored. The other words say something for these alone.
  package let scored: UnsafeMutablePointer<UInt64>
  /// Those at a stage: with unknown read as no (the published one), and as yes.
  package let low: UnsafeMutablePointer<UInt64>
  package let high: UnsafeMutablePointer<UInt64>
  /// Those whose largest assessable stage that holds by itself is this one.
  package let highest: UnsafeMutablePointer<UInt64>
  /// Those with this floor of their compensatory score.
  package let compensatoryFloor: UnsafeMutablePointer<UInt64>
  /// Those whose coverage of the stage is met as it is.
  package let isCovered: UnsafeMutablePointer<UInt64>
  /// Those in whom a requirement is not true and applies, or may apply; of them, unknown.
  package let blocking: UnsafeMutablePointer<UInt64>
  package let blockingUnknown: UnsafeMutablePointer<UInt64>
  /// Per criterion those who have it and those who lack it, as the gap tables show it: after
  /// absorption, mirrors filled in, neither where it is not applicable.
  package let evidence: UnsafeMutablePointer<WordPair>

  init(
    _ layout: BlockLayout, words: UnsafeMutablePointer<UInt64>,
    evidence: UnsafeMutablePointer<WordPair>
  ) {
    scored = words
    low = words + 1
    high = low + layout.stages
    highest = high + layout.stages
    compensatoryFloor = highest + layout.stages
    isCovered = compensatoryFloor + layout.stages
    blocking = isCovered + layout.stages
    blockingUnknown = blocking + layout.requirements
    self.evidence = evidence
  }
}
