import Aggregate
import MaturityModel
import Normalize
import SurveyMapping

/// Which numbers of a tally may be published where none may tell of fewer than so many responses.
///
/// What is published of a breakdown is always that of a coarser one: its parts outside of a pool, and
/// (by subtraction from the whole) the pool. All counts of the coarser one are those of nobody or of
/// enough; and of two breakdowns at once only margins are known within the pools, which leave a
/// small count open (its Fréchet bounds meet only where it equals a margin, and no margin is small).
package struct Disclosure: Sendable {
  let tally: Tally
  let rule: CellRule
  /// The least number of responses that a published count may tell of.
  package var minimum: UInt64 { rule.minimum }
  /// Fewer were scored than a count may tell of.
  let hidesEverybody: Bool
  /// Stages in the order of pooling: the smallest first, those where nobody stands last.
  let stageOrder: [Int]
  /// How many of them are hidden everywhere.
  let pooledStages: Int
  /// Nothing may be said of what missing answers could change.
  let hidesBounds: Bool
  private(set) var segments: [SegmentPools] = []
  private(set) var criteria: [CriterionPools] = []
  /// Per term, how many stages are pooled; nil where nothing may be said of it.
  private(set) var terms: [Int?] = []

  package init(_ tally: Tally, minimum: UInt64) {
    self.tally = tally
    let rule = CellRule(minimum: minimum)
    self.rule = rule
    let stages = Array(tally.shape.model.stages.indices)
    let count = { (stage: Int) in tally.everybody.count(at: [stage]).count }
    stageOrder =
      stages.filter { count($0) > 0 }.sorted { (count($0), $0) < (count($1), $1) }
      + stages.filter { count($0) == 0 }
    let pool = rule.pool(stageOrder.map { [count($0)] }, isNobodyEmpty: true)
    hidesEverybody = pool == nil
    pooledStages = pool ?? stages.count
    hidesBounds = !rule.allows(Disclosure.bounds(tally.everybody, stages: stages.count))
    if hidesEverybody { return }
    segments = tally.segments.map(pools(ofValues:))
    criteria = tally.shape.model.criteria.indices.map(pools(ofCriterion:))
    terms = tally.shape.model.terms.indices.map(pooledStages(ofTerm:))
  }

  /// The stages of which only the sum may be known.
  var hiddenStages: ArraySlice<Int> { stageOrder[..<pooledStages] }

  /// What is hidden of a segment's values.
  struct SegmentPools: Sendable {
    /// Each value's place in the order of pooling: the smallest first.
    let places: [ExactText: Int]
    let groups: [GroupTally]
    /// How many of the first are hidden altogether, do not show their stages, and do not show what
    /// missing answers could change.
    let hidden: Int
    let withoutStages: Int
    let withoutBounds: Int
    /// Even the number of values would tell.
    let isLeftOut: Bool
  }

  private func pools(ofValues values: [ExactText: GroupTally]) -> SegmentPools {
    let ordered = values.sorted { first, second in
      let (one, other) = (first.value.base.count, second.value.base.count)
      return one != other ? one < other : precedesInBytes(first.key.text, second.key.text)
    }
    let groups = ordered.map(\.value)
    let places = Dictionary(
      uniqueKeysWithValues: ordered.enumerated().map { ($1.key, $0) })
    let hidden = rule.pool(groups.map { [$0.base.count] }, isNobodyEmpty: true)
    let withoutStages = rule.pool(groups.map(stageCounts), from: hidden ?? groups.count)
    let count = tally.shape.model.stages.count
    let withoutBounds =
      hidesBounds
      ? nil
      : rule.pool(
        groups.map { Disclosure.bounds($0, stages: count) }, from: withoutStages ?? groups.count)
    return SegmentPools(
      places: places, groups: groups, hidden: hidden ?? groups.count,
      withoutStages: withoutStages ?? groups.count, withoutBounds: withoutBounds ?? groups.count,
      isLeftOut: hidden == nil && !groups.isEmpty)
  }

  /// A group's responses at each stage that may be shown, and at all others together.
  private func stageCounts(_ group: GroupTally) -> [UInt64] {
    stageOrder[pooledStages...].map { group.count(at: [$0]).count }
      + [group.count(at: hiddenStages).count]
  }

  /// Whom missing answers leave open: per stage who may stand there, and who may reach it.
  static func bounds(_ group: GroupTally, stages: Int) -> [UInt64] {
    let base = group.base.count
    let open = (0..<stages).map { group.undecided(from: $0).count }
    let reach = (0..<stages).map { group.count(at: $0..<stages).count + open[$0] } + [0]
    let high = (0..<stages).map { reach[$0] - reach[$0 + 1] }
    let undetermined = group.undeterminedCount.count
    return open + high + [undetermined, base - undetermined]
  }

  /// A term's users at each stage, and who does not name it.
  private func pooledStages(ofTerm term: Int) -> Int? {
    rule.pool(
      stageOrder.map { stage in
        let users = tally.users(of: term, at: stage).count
        return [users, tally.everybody.count(at: [stage]).count - users]
      }, from: pooledStages)
  }
}
