import MaturityModel
import Score
import Statistics

/// What tells whether the answers support the order of the stages: which stages hold together,
/// which criteria stand before others, and how many criteria of a stage are had at a time.
package struct ValidityTally: Sendable {
  /// The assessable stages, ascending: the items of a scalogram, the easiest first.
  package let stages: [ValidityStage]
  /// Pairs of criteria on both sides of each border between one assessable stage and the next.
  package let pairs: [[CriterionPair]]
  /// Roles and tools of a stage, two or more of them.
  package let groups: [CriterionGroup]
  /// How many responses have each set of stages, as bits: bit i is `stages[i]`, held by itself with
  /// unknown read as no.
  package private(set) var patterns: [UInt128: WeightedCount] = [:]
  private let words: StageWords
  private var pairCounts: [[PairCount]]
  private var groupCounts: [GroupCount]

  package struct ValidityStage: Sendable {
    package let number: Int
    /// Observable gate and soft criteria.
    package let criteria: [Int]
  }

  package struct CriterionPair: Hashable, Sendable {
    package let lower: Int
    package let upper: Int
  }

  package struct CriterionGroup: Hashable, Sendable {
    package let stage: Int
    package let kind: Criterion.Kind
    package let criteria: [Int]
  }

  /// Responses in whom both criteria of a pair are known.
  package struct PairCount: Sendable {
    package fileprivate(set) var known = WeightedCount()
    package fileprivate(set) var onlyLower = WeightedCount()
    package fileprivate(set) var onlyUpper = WeightedCount()

    /// The criterion of the later stage is had more often than that of the earlier one.
    package var isInverted: Bool {
      onlyUpper.weight.billionths > onlyLower.weight.billionths
    }

    fileprivate mutating func scale(by factor: WeightFactor) {
      known.scale(by: factor)
      onlyLower.scale(by: factor)
      onlyUpper.scale(by: factor)
    }
  }

  /// Responses in whom all criteria of a group are known.
  package struct GroupCount: Sendable {
    /// By how many of the criteria they have.
    package fileprivate(set) var byTotal: [WeightedCount]
    /// Per criterion, those who have it.
    package fileprivate(set) var yes: [WeightedCount]

    fileprivate mutating func scale(by factor: WeightFactor) {
      for total in byTotal.indices { byTotal[total].scale(by: factor) }
      for item in yes.indices { yes[item].scale(by: factor) }
    }
  }

  init(_ shape: TallyShape) {
    let (model, observability) = (shape.model, shape.observability)
    let stages = observability.assessableStages.map { number in
      ValidityStage(
        number: number,
        criteria: model.criteria.indices.filter {
          let criterion = model.criteria[$0]
          return criterion.stage == number && criterion.isCounted && observability.deniable[$0]
        })
    }
    self.stages = stages
    words = StageWords(shape)
    pairs = zip(stages, stages.dropFirst()).map { lower, upper in
      lower.criteria.flatMap { lower in
        upper.criteria.map { CriterionPair(lower: lower, upper: $0) }
      }
    }
    groups = stages.flatMap { stage in
      [Criterion.Kind.role, .tool].map { kind in
        CriterionGroup(
          stage: stage.number, kind: kind,
          criteria: stage.criteria.filter { model.criteria[$0].kind == kind })
      }
    }.filter { $0.criteria.count > 1 }
    pairCounts = pairs.map { Array(repeating: PairCount(), count: $0.count) }
    groupCounts = groups.map { group in
      let size = group.criteria.count
      return GroupCount(
        byTotal: Array(repeating: WeightedCount(), count: size + 1),
        yes: Array(repeating: WeightedCount(), count: size))
    }
  }

  mutating func scale(by factor: WeightFactor) {
    for pattern in patterns.keys { patterns[pattern]?.scale(by: factor) }
    for border in pairCounts.indices {
      for pair in pairCounts[border].indices { pairCounts[border][pair].scale(by: factor) }
    }
    for group in groupCounts.indices { groupCounts[group].scale(by: factor) }
  }

  package func counts(ofBorder border: Int) -> [PairCount] { pairCounts[border] }
  package func counts(ofGroup group: Int) -> GroupCount { groupCounts[group] }

  mutating func merge(_ other: ValidityTally) {
    patterns.merge(other.patterns) { first, second in
      var sum = first
      sum.merge(second)
      return sum
    }
    for border in pairCounts.indices {
      for pair in pairCounts[border].indices {
        pairCounts[border][pair].known.merge(other.pairCounts[border][pair].known)
        pairCounts[border][pair].onlyLower.merge(other.pairCounts[border][pair].onlyLower)
        pairCounts[border][pair].onlyUpper.merge(other.pairCounts[border][pair].onlyUpper)
      }
    }
    for group in groupCounts.indices {
      let added = other.groupCounts[group]
      for total in added.byTotal.indices {
        groupCounts[group].byTotal[total].merge(added.byTotal[total])
      }
      for item in added.yes.indices { groupCounts[group].yes[item].merge(added.yes[item]) }
    }
  }
}

extension ValidityTally {
  mutating func add(_ block: ScoredBlock, _ weights: BlockWeights) {
    addPatterns(block, weights)
    for border in pairs.indices {
      for (index, pair) in pairs[border].enumerated() {
        let (lower, upper) = (block.evidence[pair.lower], block.evidence[pair.upper])
        let known = block.scored[0] & (lower.x | lower.y) & (upper.x | upper.y)
        if known == 0 { continue }
        pairCounts[border][index].known.add(known, weights)
        pairCounts[border][index].onlyLower.add(known & lower.x & upper.y, weights)
        pairCounts[border][index].onlyUpper.add(known & lower.y & upper.x, weights)
      }
    }
    for group in groups.indices { add(block, weights, toGroup: group) }
  }

  private mutating func addPatterns(_ block: ScoredBlock, _ weights: BlockWeights) {
    let holds = words.holding(block)
    var rest = block.scored[0]
    while rest != 0 {
      let response = UInt64(rest.trailingZeroBitCount)
      var pattern: UInt128 = 0
      for (item, word) in holds.enumerated() {
        pattern |= UInt128(word >> response & 1) << UInt128(item)
      }
      patterns[pattern, default: WeightedCount()].add(1 << response, weights)
      rest &= rest &- 1
    }
  }

  private mutating func add(_ block: ScoredBlock, _ weights: BlockWeights, toGroup index: Int) {
    let criteria = groups[index].criteria
    let known = criteria.reduce(block.scored[0]) { known, criterion in
      known & (block.evidence[criterion].x | block.evidence[criterion].y)
    }
    if known == 0 { return }
    // Per total, those who have at least so many.
    var atLeast = Array(repeating: UInt64(0), count: criteria.count + 2)
    atLeast[0] = known
    for (item, criterion) in criteria.enumerated() {
      let yes = known & block.evidence[criterion].x
      groupCounts[index].yes[item].add(yes, weights)
      for total in stride(from: item + 1, to: 0, by: -1) {
        atLeast[total] |= atLeast[total - 1] & yes
      }
    }
    for total in 0...criteria.count {
      groupCounts[index].byTotal[total].add(atLeast[total] & ~atLeast[total + 1], weights)
    }
  }
}
