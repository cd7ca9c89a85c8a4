import Publish
import Statistics

/// A comparison as tables, in the order of the README's list.
package struct ComparisonTables {
  let comparison: Comparison

  package init(_ comparison: Comparison) { self.comparison = comparison }

  package var all: [Table] { [stages, tests, criteria, transitions] }

  /// Six decimals, or, below a thousandth, three digits with an exponent.
  private func probability(_ value: Double?) -> Cell {
    guard let value else { return .null }
    if value >= 0.001 || value == 0 { return .bound(value) }
    var (digits, exponent) = (value, 0)
    while digits < 1 { (digits, exponent) = (digits * 10, exponent - 1) }
    let hundredths = Int((digits * 100).rounded())
    let (whole, rest) = hundredths.quotientAndRemainder(dividingBy: 100)
    return .decimal("\(whole).\(rest < 10 ? "0" : "")\(rest)e\(exponent)")
  }

  private func size(_ value: Double?) -> Cell { .bound(value) }
  private func count(_ value: Double?) -> Cell { value.map { .integer(UInt64($0)) } ?? .null }

  private func key(_ group: GroupComparison) -> [Cell] {
    [.text(group.first.segment), value(group)]
  }

  /// Values were guarded against formulas when they were published.
  private func value(_ group: GroupComparison) -> Cell { .text(group.first.value) }

  private func stages(_ level: Int) -> String {
    comparison.levels[level].map(String.init).joined(separator: "|")
  }

  private var stages: Table {
    Table(.comparisonStages) { body in
      for group in comparison.groups {
        for level in comparison.levels.indices { try body(row(group, level, orAbove: false)) }
        for level in comparison.levels.indices.dropFirst() {
          try body(row(group, level, orAbove: true))
        }
      }
    }
  }

  private func row(_ group: GroupComparison, _ level: Int, orAbove: Bool) -> [Cell] {
    let head: [Cell] =
      key(group) + [
        .text(orAbove ? "at_or_above" : "at"), .integer(comparison.levels[level].lowerBound),
        .text(comparison.name(of: level)), .text(stages(level)),
      ]
    guard let (one, other) = group.pair(level, orAbove: orAbove) else {
      return head + Array(repeating: .null, count: 16)
    }
    let difference = ShareDifference(from: one.observed, to: other.observed)
    let sides = [(one, group.first), (other, group.second)].flatMap { side, base -> [Cell] in
      let wilson = side.observed.wilson
      return [
        count(side.count), count(base.count), size(base.effectiveSize),
        .bound(side.observed.share), .bound(wilson.low), .bound(wilson.high),
      ]
    }
    return head + sides + cells(difference, one.observed.share, other.observed.share)
  }

  private func cells(_ difference: ShareDifference, _ one: Double, _ other: Double) -> [Cell] {
    [
      .signed(difference.value), .signed(difference.interval.low),
      .signed(difference.interval.high), .signed(cohensH(from: one, to: other)),
    ]
  }

  private var criteria: Table {
    Table(.comparisonCriteria) { body in
      for pair in comparison.criteria { try body(row(pair)) }
    }
  }

  private func row(_ pair: CriterionComparison) -> [Cell] {
    let about = pair.first ?? pair.second
    var cells: [Cell] = [
      .text(pair.id), .text(pair.label), .text(about?.kind ?? ""),
      about.flatMap { UInt64($0.stage) }.map { .integer($0) } ?? .null,
      pair.first.map { .boolean($0.isObservable) } ?? .null,
      pair.second.map { .boolean($0.isObservable) } ?? .null,
      .text(pair.first?.questions ?? ""), .text(pair.second?.questions ?? ""),
    ]
    for side in [pair.first, pair.second] {
      let gap = side.flatMap { $0.isObservable ? $0.gap : nil }
      cells += [count(gap?.known), count(gap?.lacking), .bound(gap?.observed.share)]
    }
    if let difference = pair.difference, let one = pair.first?.gap, let other = pair.second?.gap {
      cells += self.cells(difference, one.observed.share, other.observed.share)
    } else {
      cells += Array(repeating: .null, count: 4)
    }
    return cells + [probability(pair.pValue), probability(pair.adjusted), .text(pair.reason)]
  }

  private var tests: Table {
    Table(.comparisonTests) { body in
      for (index, group) in comparison.groups.enumerated() {
        if index == 0 { try body(homogeneity(group)) }
        try body(ordered(group, isSegment: index > 0))
      }
      guard let panel = comparison.panel else { return }
      try body(paired("stuart_maxwell", panel.transitions.marginalHomogeneity))
      try body(paired("bowker", panel.transitions.symmetry))
      for crossing in panel.crossings { try body(mcNemar(crossing)) }
    }
  }

  private func reason(_ group: GroupComparison) -> Cell {
    .text(
      comparison.levels.count < 2
        ? "no_stage_told_in_both"
        : group.isLargeEnough ? "all_at_one_stage" : "n_effective_below_30")
  }

  private func homogeneity(_ group: GroupComparison) -> [Cell] {
    guard let test = group.homogeneity else {
      return key(group) + [.text("chi_square")] + Array(repeating: .null, count: 8) + [
        reason(group)
      ]
    }
    return key(group) + [
      .text("chi_square"), .null, .bound(test.statistic), .integer(test.degreesOfFreedom),
      probability(test.pValue), .null, .text(""), .text("cramers_v"), .bound(test.cramersV),
      .text(""),
    ]
  }

  private func ordered(_ group: GroupComparison, isSegment: Bool) -> [Cell] {
    let family = Cell.text(isSegment ? "segments" : "")
    guard let test = group.ordered else {
      return key(group) + [.text("mann_whitney")] + Array(repeating: .null, count: 8)
        + [reason(group)]
    }
    return key(group) + [
      .text("mann_whitney"), .null, .signed(test.z), .null, probability(test.pValue),
      probability(group.adjusted), family, .text("cliffs_delta"), .signed(test.cliffsDelta),
      .text(""),
    ]
  }

  private func paired(_ name: String, _ test: ChangeTest?) -> [Cell] {
    [
      .text("all"), .text("all"), .text(name), .null, .bound(test?.statistic),
      test.map { .integer($0.degreesOfFreedom) } ?? .null, probability(test?.pValue), .null,
      .text(""), .text(""), .null, .text(test == nil ? "nobody_moved" : ""),
    ]
  }

  private func mcNemar(_ crossing: (level: Int, test: McNemarTest, adjusted: Double)) -> [Cell] {
    let test = crossing.test
    return [
      .text("all"), .text("all"), .text(test.isExact ? "mcnemar_exact" : "mcnemar"),
      .integer(comparison.levels[crossing.level].lowerBound), .bound(test.statistic),
      test.isExact ? .null : .integer(1), probability(test.pValue),
      probability(crossing.adjusted), .text("panel"), .text(""), .null, .text(""),
    ]
  }

  private var transitions: Table {
    Table(.comparisonTransitions) { body in
      let counts = comparison.panel?.transitions.counts ?? []
      for (from, row) in counts.enumerated() {
        let base = Double(row.reduce(0, +))
        for (to, n) in row.enumerated() {
          try body([
            .integer(comparison.levels[from].lowerBound), .text(comparison.name(of: from)),
            .integer(comparison.levels[to].lowerBound), .text(comparison.name(of: to)),
            .integer(n), base > 0 ? .bound(Double(n) / base) : .null,
          ])
        }
      }
    }
  }
}
