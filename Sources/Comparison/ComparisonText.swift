import Statistics

/// A comparison for people: what is comparable, how the stages differ, whether that is more than
/// chance, and which roles and tools differ most.
package struct ComparisonText {
  let comparison: Comparison
  private static let mostRows = 10
  private static let level = 0.05

  package init(_ comparison: Comparison) { self.comparison = comparison }

  package var text: String {
    let parts = [
      sets, obstacles, cautions, stages, tests, panel, criteria, unlike, segments,
    ]
    return parts.filter { !$0.isEmpty }.map { $0.joined(separator: "\n") }
      .joined(separator: "\n\n") + "\n"
  }

  private var sets: [String] {
    [("A", comparison.first), ("B", comparison.second)].map { name, set in
      "\(name)  \(set.path): survey \(set.about.survey), model \(set.about.model) "
        + "\(set.about.modelVersion), \(set.about.scored) scored of \(set.about.read) read"
        + (set.isWeighted ? ", weighted" : "")
    }
  }

  private var obstacles: [String] {
    if comparison.obstacles.isEmpty { return ["Same model, same questions can be denied."] }
    let kinds = comparison.obstacles.map(\.kind.rawValue).joined(separator: ", ")
    return [
      "WARNING: these are not comparable as they are (\(kinds)). A difference below may come from "
        + "this alone:"
    ] + comparison.obstacles.flatMap(\.facts).map { "  - " + $0 }
  }

  private var cautions: [String] {
    comparison.cautions.isEmpty
      ? [] : ["To keep in mind:"] + comparison.cautions.map { "  - " + $0 }
  }

  private var stages: [String] {
    guard let all = comparison.groups.first, comparison.levels.count > 1 else {
      return ["No stage can be told in both, so stages are not compared."]
    }
    var rows = [["Stages, share of scored responses", "A", "B", "B - A, points", "95 %"]]
    for level in comparison.levels.indices {
      rows.append(row(title(level), all.pair(level, orAbove: false)))
    }
    if comparison.levels.count > 2 {
      for level in comparison.levels.indices.dropFirst().dropLast() {
        rows.append(row("  at \(title(level)), or above", all.pair(level, orAbove: true)))
      }
    }
    return aligned(rows)
  }

  private func title(_ level: Int) -> String {
    let stages = comparison.levels[level]
    let above = level == comparison.levels.count - 1 && stages.count > 1 ? " or above" : ""
    return "\(stages.lowerBound)  \(comparison.name(of: level))\(above)"
  }

  private func row(
    _ title: String, _ pair: (first: GroupComparison.Side, second: GroupComparison.Side)?
  ) -> [String] {
    guard let (one, other) = pair else { return [title, "-", "-", "-", ""] }
    let difference = ShareDifference(from: one.observed, to: other.observed)
    return [
      title, percent(one.observed.share), percent(other.observed.share),
      points(difference.value), interval(difference),
    ]
  }

  private var tests: [String] {
    guard let all = comparison.groups.first, comparison.levels.count > 1 else { return [] }
    guard let any = all.homogeneity, let order = all.ordered else {
      return [
        all.isLargeEnough
          ? "Everybody is at one stage: there is nothing to test."
          : "Below 30 (effective) responses on a side, nothing is tested."
      ]
    }
    let differs = any.pValue < ComparisonText.level
    var lines = [
      "Do the shares of the stages differ? "
        + (differs ? "Yes, more than chance explains" : "Not more than chance explains")
        + ": chi-square \(decimal(any.statistic, 1)), df \(any.degreesOfFreedom), "
        + "\(probability(any.pValue)); Cramer's V \(decimal(any.cramersV, 2)) "
        + "(\(word(any.cramersV, [0.1, 0.3, 0.5])))."
    ]
    if any.degreesOfFreedom + 1 < comparison.levels.count {
      lines.append("  (Stages with fewer than 5 expected were put together for it.)")
    }
    let delta = order.cliffsDelta
    let direction =
      order.pValue >= ComparisonText.level
      ? "Not more than chance explains" : delta > 0 ? "Yes, B is higher" : "Yes, B is lower"
    lines.append(
      "Does one stand higher on the ladder? \(direction): of a response of each, drawn by chance, "
        + "that of B is higher in \(percent(order.superiority)) (ties count half); "
        + "Mann-Whitney z \(decimal(order.z, 1)), \(probability(order.pValue)); Cliff's delta "
        + "\(decimal(delta, 2)) (\(word(abs(delta), [0.147, 0.33, 0.474]))).")
    return lines
  }

  private var panel: [String] {
    guard let panel = comparison.panel else { return [] }
    var lines = [
      "The same respondents: \(panel.matched) ids stand in both (\(panel.unscored) of them without "
        + "a stage in one), \(panel.onlyFirst) in A only, \(panel.onlySecond) in B only"
        + (panel.ambiguous > 0 ? ", \(panel.ambiguous) several times on a side" : "") + "."
    ]
    if panel.transitions.total == 0 { return lines }
    let names = comparison.levels.map { "\($0.lowerBound)" }
    var rows = [["From stage of A (row) to stage of B"] + names]
    for (level, counts) in panel.transitions.counts.enumerated() {
      rows.append([title(level)] + counts.map { String($0) })
    }
    lines += aligned(rows)
    guard let margins = panel.transitions.marginalHomogeneity,
      let symmetry = panel.transitions.symmetry
    else { return lines + ["Nobody moved."] }
    lines.append(
      "Did the shares change? Stuart-Maxwell \(decimal(margins.statistic, 1)), df "
        + "\(margins.degreesOfFreedom), \(probability(margins.pValue)). As many there and back? "
        + "Bowker \(decimal(symmetry.statistic, 1)), df \(symmetry.degreesOfFreedom), "
        + "\(probability(symmetry.pValue)).")
    lines += panel.crossings.map { crossing in
      "At least stage \(comparison.levels[crossing.level].lowerBound): \(crossing.test.up) rose to "
        + "it, \(crossing.test.down) fell below; McNemar\(crossing.test.isExact ? ", exact" : ""), "
        + "adjusted \(probability(crossing.adjusted))."
    }
    return lines
  }

  private var criteria: [String] {
    let tested = comparison.criteria.filter { $0.adjusted != nil }
    let differing = tested.filter { $0.adjusted ?? 1 < ComparisonText.level }
    let title =
      "Roles and tools: of \(tested.count) that could be tested, \(differing.count) differ more "
      + "than chance explains (Benjamini-Hochberg, 5 %)."
    let largest = differing.sorted {
      (-abs($0.difference?.value ?? 0), $0.id) < (-abs($1.difference?.value ?? 0), $1.id)
    }.prefix(ComparisonText.mostRows)
    if largest.isEmpty { return [title] }
    var rows = [
      ["Share without it, of those known", "A", "B", "B - A, points", "95 %", "adjusted"]
    ]
    for pair in largest {
      guard let difference = pair.difference, let one = pair.first?.gap,
        let other = pair.second?.gap
      else { continue }
      rows.append([
        pair.label + (pair.hasSameQuestions ? "" : " *"), percent(one.observed.share),
        percent(other.observed.share), points(difference.value), interval(difference),
        probability(pair.adjusted ?? 1),
      ])
    }
    let mark = largest.contains { !$0.hasSameQuestions } ? ["* denied by other questions in B"] : []
    return [title] + aligned(rows) + mark
  }

  private var unlike: [String] {
    let unlike = comparison.criteria.filter {
      ["observable_only_in_a", "observable_only_in_b", "only_in_a", "only_in_b"].contains($0.reason)
    }
    if unlike.isEmpty { return [] }
    return ["Not compared, because one side alone can tell who lacks them:"]
      + unlike.map { "  \($0.label) (\($0.reason.hasSuffix("_a") ? "A" : "B"))" }
  }

  private var segments: [String] {
    let tested = comparison.groups.filter { $0.adjusted != nil }
    if tested.isEmpty { return [] }
    let differing = tested.filter { $0.adjusted ?? 1 < ComparisonText.level }.sorted {
      let (one, other) = ($0.ordered?.cliffsDelta ?? 0, $1.ordered?.cliffsDelta ?? 0)
      return abs(one) > abs(other)
    }
    var lines = [
      "Segments: of \(tested.count) values with 30 or more responses on both sides, "
        + "\(differing.count) stand at other stages (ordered test, Benjamini-Hochberg, 5 %)."
    ]
    lines += differing.prefix(ComparisonText.mostRows).map { group in
      let delta = group.ordered?.cliffsDelta ?? 0
      return
        "  \(group.first.segment) \(group.first.value): B is \(delta > 0 ? "higher" : "lower"), "
        + "Cliff's delta \(decimal(delta, 2)), adjusted \(probability(group.adjusted ?? 1))"
    }
    return lines
  }
}

extension ComparisonText {
  /// The first column to the left, all others to the right.
  private func aligned(_ rows: [[String]]) -> [String] {
    let widths = (0..<(rows.first?.count ?? 0)).map { column in
      rows.map { $0[column].count }.max() ?? 0
    }
    return rows.map { row in
      var line = ""
      for (column, text) in row.enumerated() {
        let fill = String(repeating: " ", count: widths[column] - text.count)
        line += column == 0 ? text + fill : "  " + fill + text
      }
      return "  " + line
    }
  }

  private func decimal(_ value: Double, _ digits: Int) -> String {
    let scale = digits == 1 ? 10.0 : 100.0
    let scaled = (abs(value) * scale).rounded()
    let (whole, rest) = (Int(scaled / scale), Int(scaled) % Int(scale))
    let fraction = String(rest)
    return (value < 0 && scaled > 0 ? "-" : "") + "\(whole)."
      + String(repeating: "0", count: digits - fraction.count) + fraction
  }

  private func percent(_ share: Double) -> String { decimal(share * 100, 1) + " %" }

  private func points(_ value: Double) -> String {
    let text = decimal(value * 100, 1)
    return text.hasPrefix("-") ? text : "+" + text
  }

  private func interval(_ difference: ShareDifference) -> String {
    "[\(points(difference.interval.low)), \(points(difference.interval.high))]"
  }

  private func probability(_ value: Double) -> String {
    if value < 0.0001 { return "p < 0.0001" }
    let digits = String(Int((value * 10_000).rounded()))
    return value >= 0.99995
      ? "p = 1" : "p = 0." + String(repeating: "0", count: 4 - digits.count) + digits
  }

  private func word(_ effect: Double, _ limits: [Double]) -> String {
    ["negligible", "small", "medium", "large"][limits.count { effect >= $0 }]
  }
}
