import Statistics

/// Two published sets, held against each other.
package struct Comparison: Sendable {
  package let first: PublishedSet
  package let second: PublishedSet
  /// What differs and was excused.
  package let obstacles: [Obstacle]
  /// The stages that can be told in both, each with those above it that cannot: their lowest, in
  /// order.
  package let levels: [Range<Int>]
  package private(set) var groups: [GroupComparison] = []
  package private(set) var criteria: [CriterionComparison] = []
  /// Nil where there are not respondents with ids on both sides.
  package let panel: Panel?

  /// - Parameters:
  ///   - despite: obstacles that are excused.
  ///   - matchesRespondents: whether one id is one person in both.
  /// - Throws: ``ComparisonFailure``.
  package init(
    _ first: PublishedSet, _ second: PublishedSet, despite: Set<Obstacle.Kind>,
    matchesRespondents: Bool
  ) throws(ComparisonFailure) {
    let found = Obstacle.between(first, second)
    let forbidding = found.filter { !despite.contains($0.kind) }
    if !forbidding.isEmpty {
      throw .notComparable(first: first.path, second: second.path, forbidding)
    }
    (self.first, self.second, obstacles) = (first, second, found)
    levels = Comparison.levels(first, second)
    panel =
      matchesRespondents && first.hasRespondents && second.hasRespondents
      ? try Panel(first, second, levels: levels) : nil
    groups = makeGroups()
    criteria = makeCriteria()
  }

  private static func levels(_ first: PublishedSet, _ second: PublishedSet) -> [Range<Int>] {
    let count = max(first.assessable.count, second.assessable.count)
    let common = zip(first.assessable, second.assessable).enumerated().dropFirst()
      .filter { $0.element.0 && $0.element.1 }.map(\.offset)
    return zip([0] + common, common + [count]).map { $0..<$1 }
  }

  /// The stage's name, where it is told in both; the lowest is whatever is below the next.
  package func name(of level: Int) -> String {
    if level > 0 { return first.stageNames[levels[level].lowerBound] }
    guard levels.count > 1 else { return first.stageNames[0] }
    return levels[1].lowerBound == 1
      ? first.stageNames[0] : "Below " + first.stageNames[levels[1].lowerBound]
  }

  private func makeGroups() -> [GroupComparison] {
    var groups: [GroupComparison] = []
    for one in first.groups {
      guard
        let other = second.groups.first(where: {
          $0.segment == one.segment && $0.value == one.value
        })
      else { continue }
      groups.append(GroupComparison(one, other, levels: levels))
    }
    let tested = groups.indices.filter { $0 > 0 && groups[$0].ordered != nil }
    let adjusted = benjaminiHochberg(tested.map { groups[$0].ordered?.pValue ?? 1 })
    for (index, value) in zip(tested, adjusted) { groups[index].adjusted = value }
    return groups
  }

  private func makeCriteria() -> [CriterionComparison] {
    var pairs = first.criteria.filter { $0.kind == "role" || $0.kind == "tool" }.map { one in
      CriterionComparison(one, second.criteria.first { $0.id == one.id })
    }
    let known = Set(first.criteria.map(\.id))
    pairs += second.criteria.filter {
      !known.contains($0.id) && ($0.kind == "role" || $0.kind == "tool")
    }.map { CriterionComparison(nil, $0) }
    let tested = pairs.indices.filter { pairs[$0].pValue != nil }
    let adjusted = benjaminiHochberg(tested.map { pairs[$0].pValue ?? 1 })
    for (index, value) in zip(tested, adjusted) { pairs[index].adjusted = value }
    return pairs
  }

  /// What a careful reader ought to know besides the obstacles.
  package var cautions: [String] {
    var texts: [String] = []
    if !Set(first.about.fingerprints).isDisjoint(with: second.about.fingerprints) {
      texts.append(
        "Both runs read the same input: the samples are not independent, so the tests between them "
          + "mean nothing; what differs is how it was read or scored.")
    }
    if let panel, panel.matched > 0 {
      texts.append(
        "\(panel.matched) respondents stand in both by their ids (--no-panel: one id is not one "
          + "person). The tests of two samples take them for other people; the paired ones do not.")
    }
    if first.about.filters != second.about.filters {
      texts.append(
        "Other records are left out: A keeps by \(names(first.about.filters)), "
          + "B by \(names(second.about.filters)).")
    }
    texts += Obstacle.list(
      "Denied by other questions, of which the wording may differ",
      criteria.filter { $0.isComparable && !$0.hasSameQuestions }.map(\.id))
    if first.about.program != second.about.program {
      texts.append(
        "A was made by stagecraft \(first.about.program), B by \(second.about.program).")
    }
    return texts
  }

  private func names(_ ids: [String]) -> String {
    ids.isEmpty ? "nothing" : ids.joined(separator: ", ")
  }
}

/// One segment value, or everybody, in both sets.
package struct GroupComparison: Sendable {
  package let first: PublishedSet.Group
  package let second: PublishedSet.Group
  /// Per level; nil where there is nobody, or a number is hidden.
  package let shares: [(first: Side?, second: Side?)]
  package private(set) var homogeneity: HomogeneityTest?
  /// The levels put together for it, where too few were expected.
  package private(set) var merged: [Range<Int>] = []
  package private(set) var ordered: OrderedTest?
  /// Of the ordered test, over all segment values.
  package fileprivate(set) var adjusted: Double?

  package struct Side: Sendable {
    package let count: Double
    package let observed: ObservedShare
  }

  /// Below so many (effective) responses on a side nothing is tested.
  package static let leastSize = 30.0

  fileprivate init(
    _ first: PublishedSet.Group, _ second: PublishedSet.Group, levels: [Range<Int>]
  ) {
    (self.first, self.second) = (first, second)
    let shares = levels.map { level in
      (first: first.side(level), second: second.side(level))
    }
    self.shares = shares
    let one = shares.compactMap { $0.first?.effectiveCount }
    let other = shares.compactMap { $0.second?.effectiveCount }
    guard one.count == levels.count, other.count == levels.count, isLargeEnough else { return }
    ordered = OrderedTest(one, other)
    merged = HomogeneityTest.merged(one, other)
    homogeneity = HomogeneityTest(
      merged.map { one[$0].reduce(0, +) }, merged.map { other[$0].reduce(0, +) })
  }

  package var isLargeEnough: Bool {
    [first, second].allSatisfy { $0.effectiveSize ?? 0 >= GroupComparison.leastSize }
  }

  /// At a level, or at it and above.
  package func pair(
    _ level: Int, orAbove: Bool
  ) -> (first: Side, second: Side)? {
    let range = orAbove ? level..<shares.count : level..<level + 1
    guard let one = Side(range.map { shares[$0].first }),
      let other = Side(range.map { shares[$0].second })
    else { return nil }
    return (one, other)
  }
}

extension GroupComparison.Side {
  fileprivate var effectiveCount: Double { observed.share * observed.size }

  /// Several together; nil where one is not known.
  fileprivate init?(_ sides: [GroupComparison.Side?]) {
    let known = sides.compactMap { $0 }
    guard let size = known.first?.observed.size, known.count == sides.count else { return nil }
    let share = known.reduce(0) { $0 + $1.observed.share }
    self.init(
      count: known.reduce(0) { $0 + $1.count },
      observed: ObservedShare(share: min(1, share), size: size))
  }
}

extension PublishedSet.Group {
  fileprivate func side(_ stages: Range<Int>) -> GroupComparison.Side? {
    let range = stages.clamped(to: counts.indices)
    let (counts, weights) = (counts[range].compactMap { $0 }, weights[range].compactMap { $0 })
    guard let weight, let effectiveSize, weight > 0, effectiveSize > 0,
      counts.count == range.count, weights.count == range.count
    else { return nil }
    return GroupComparison.Side(
      count: counts.reduce(0, +),
      observed: ObservedShare(
        share: min(1, weights.reduce(0, +) / weight), size: effectiveSize))
  }
}

/// One role or tool criterion in both sets, over all scored responses.
package struct CriterionComparison: Sendable {
  package let first: PublishedSet.Criterion?
  package let second: PublishedSet.Criterion?
  package private(set) var difference: ShareDifference?
  package private(set) var pValue: Double?
  package fileprivate(set) var adjusted: Double?

  fileprivate init(_ first: PublishedSet.Criterion?, _ second: PublishedSet.Criterion?) {
    (self.first, self.second) = (first, second)
    guard isComparable, let one = first?.gap, let other = second?.gap else { return }
    difference = ShareDifference(
      from: one.observed.share, one.interval, to: other.observed.share, other.interval)
    let (left, right) = (one.effectiveCounts, other.effectiveCounts)
    // Where fewer are expected, chi-square is no good guide.
    if HomogeneityTest.merged(left, right).count == 2 {
      pValue = HomogeneityTest(left, right)?.pValue
    }
  }

  package var id: String { first?.id ?? second?.id ?? "" }
  package var label: String { first?.label ?? second?.label ?? "" }
  package var isComparable: Bool {
    (first?.isObservable ?? false) && (second?.isObservable ?? false)
  }
  package var hasSameQuestions: Bool { first?.questions == second?.questions }

  /// Why there is no difference, or no test; empty where there are both.
  package var reason: String {
    guard let first, let second else { return first == nil ? "only_in_b" : "only_in_a" }
    switch (first.isObservable, second.isObservable) {
    case (false, false): return "observable_in_neither"
    case (true, false): return "observable_only_in_a"
    case (false, true): return "observable_only_in_b"
    default: break
    }
    return difference == nil ? "nobody_known" : pValue == nil ? "expected_below_5" : ""
  }
}

extension PublishedSet.Gap {
  fileprivate var effectiveCounts: [Double] {
    [observed.share * observed.size, (1 - observed.share) * observed.size]
  }
}
