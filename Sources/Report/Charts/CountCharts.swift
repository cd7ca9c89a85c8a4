/// What holds responses back, what the questionnaire can tell, what became of the records.
struct CountCharts {
  let numbers: RunNumbers

  /// Whom a requirement holds back, and in darker colour whom it alone does.
  func blockers(_ blockers: [RunNumbers.Blocker]) -> HTML {
    let rows = blockers.map { blocker in
      let held = Double(max(1, blocker.held ?? 0))
      let blocked = Double(blocker.blocked ?? 0) / held
      let alone = Double(blocker.alone ?? 0) / held
      let words =
        "\(Words.grouped(blocker.blocked)) of \(Words.grouped(blocker.held)), "
        + "\(Words.grouped(blocker.alone)) by nothing else"
      return ChartRow.row(
        label: "\(blocker.title)", spoken: "\(blocker.title) holds back \(words)", height: 22,
        drawing: ChartRow.bar("track", from: 0, to: 1, height: 22)
          + ChartRow.bar("s2", from: 0, to: blocked, height: 22)
          + ChartRow.bar("s4", from: 0, to: alone, height: 22),
        figure: """
          <b>\(Words.percent(blocker.shareOfHeld))</b> <span class="muted">\(words)</span>
          """)
    }
    return ChartRow.list(rows.joined(), "wide")
  }

  /// Per stage: how much of what it asks for the questionnaire can tell.
  var coverage: HTML {
    let rows = numbers.stages.dropFirst().map { stage in
      let counted = numbers.criteria.filter { $0.stage == stage.number && $0.kind != "trigger" }
      let total = Double(max(1, counted.count))
      let both = counted.count { $0.isObservable }
      let only = counted.count { !$0.isObservable && $0.isConfirmable }
      let (first, second) = (Double(both) / total, Double(both + only) / total)
      let words =
        "\(both) of \(counted.count) criteria can be found or missed, \(only) only found, "
        + "\(counted.count - both - only) neither"
      return ChartRow.row(
        label: "<b>\(stage.number)</b> \(stage.name)", spoken: "\(stage.name): \(words)",
        height: 22,
        drawing: ChartRow.bar("track", from: 0, to: 1, height: 22)
          + ChartRow.bar("s4", from: 0, to: first, height: 22)
          + ChartRow.bar("s2", from: first, to: second, height: 22),
        figure: """
          <b>\(stage.observable) of \(stage.requirements)</b> <span class="muted">requirements\
          \(stage.isAssessable ? "" : ", not assessable")</span>
          """)
    }
    return ChartRow.list(rows.joined(), "wide")
  }

  private static let fateColors: [HTML] = ["s4", "s2", "s0", "s1", "alert"]

  /// All records, by what became of them.
  var fates: HTML {
    let read = numbers.about.read ?? 0
    let rows = zip(numbers.about.fates, CountCharts.fateColors).map { fate, color in
      let share = fate.count.map { read == 0 ? 0 : Double($0) / Double(read) }
      return ChartRow.row(
        label: "\(fate.name)", spoken: "\(fate.name): \(Words.grouped(fate.count))", height: 22,
        drawing: ChartRow.bar("track", from: 0, to: 1, height: 22)
          + ChartRow.bar(color, from: 0, to: share ?? 0, height: 22),
        figure: """
          <b>\(Words.grouped(fate.count))</b> <span class="muted">\
          \(read == 0 ? "" : Words.percent(share))</span>
          """)
    }
    return ChartRow.list(rows.joined(), "wide")
  }

  /// How far apart the stages of an organisation's respondents are.
  var spreads: HTML {
    let spreads = numbers.agreement.spreads
    let total = spreads.reduce(0, +)
    let rows = spreads.enumerated().map { distance, count in
      let share = total == 0 ? nil : Double(count) / Double(total)
      let name =
        distance == 0
        ? "all at one stage" : Words.count(UInt64(distance), "stage", "stages") + " apart"
      let words = "\(Words.grouped(count)) of \(Words.grouped(total))"
      return ChartRow.row(
        label: "\(name)", spoken: "\(name): \(Words.percent(share)), \(words)", height: 22,
        drawing: ChartRow.bar("track", from: 0, to: 1, height: 22)
          + ChartRow.bar("s4", from: 0, to: share ?? 0, height: 22),
        figure: "<b>\(Words.percent(share))</b> <span class=\"muted\">\(words)</span>")
    }
    return ChartRow.list(rows.joined(), "wide")
  }

  /// In how many organisations people contradict each other about a criterion.
  func disputes(_ criteria: [RunNumbers.Agreement.Criterion]) -> HTML {
    let rows = criteria.map { criterion in
      let share = Double(criterion.disputed) / Double(max(1, criterion.organisations))
      let words =
        "\(Words.grouped(criterion.disputed)) of \(Words.grouped(criterion.organisations))"
      return ChartRow.row(
        label: "\(criterion.label)", spoken: "\(criterion.label): disputed in \(words)", height: 22,
        drawing: ChartRow.bar("track", from: 0, to: 1, height: 22)
          + ChartRow.bar("alert", from: 0, to: share, height: 22),
        figure: "<b>\(Words.percent(share))</b> <span class=\"muted\">\(words)</span>")
    }
    return ChartRow.list(rows.joined(), "wide")
  }

  var antiPatterns: HTML {
    let rows = numbers.antiPatterns.map { pattern in
      let words =
        pattern.share == nil
        ? "cannot be told"
        : "\(Words.grouped(pattern.count)) of \(Words.grouped(pattern.base))"
      return ChartRow.row(
        label: "\(pattern.label)",
        spoken: "\(pattern.label): \(Words.percent(pattern.share)), \(words)", height: 22,
        drawing: ChartRow.bar("track", from: 0, to: 1, height: 22)
          + ChartRow.bar("alert", from: 0, to: pattern.share ?? 0, height: 22),
        figure: "<b>\(Words.percent(pattern.share))</b> <span class=\"muted\">\(words)</span>")
    }
    return ChartRow.list(rows.joined(), "wide")
  }
}
