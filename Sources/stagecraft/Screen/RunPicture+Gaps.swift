import Report

extension RunPicture {
  /// What those at a stage lack of the next one, most lacked first.
  ///
  /// - Parameter stage: of this one all that is known; nil: of each stage a few.
  func gaps(at stage: Int?) -> [String] {
    let kept = stage == nil ? 2 : Int.max
    var table = ScreenTable(columns: [
      .init(title: "those at", alignment: .left, isFlexible: true),
      .init(title: "", alignment: .left),
      .init(title: "lack", alignment: .left, isFlexible: true), .init(title: "share"),
    ])
    var shares: [Double] = []
    for current in numbers.stages where stage == nil || stage == current.number {
      let found = [("role", numbers.roleGaps), ("tool", numbers.toolGaps)].flatMap { kind, gaps in
        lacked(gaps, at: current.number).prefix(kept).map { (kind, $0.label, $0.share) }
      }
      for (place, (kind, label, share)) in found.enumerated() {
        let title = place == 0 ? numbers.stageTitle(current.number) : ""
        table.rows.append([.init(title), .init(kind), .init(label), .init(percent(share))])
        shares.append(share)
      }
    }
    return table.rows.isEmpty ? [] : withBars(table, shares)
  }

  /// The criteria of the next stage that can be told, with the share without them.
  private func lacked(
    _ gaps: [RunNumbers.Gap], at stage: Int
  ) -> [(label: String, share: Double)] {
    guard let next = next(above: stage) else { return [] }
    let found = gaps.enumerated().compactMap { place, gap -> (Int, String, Double)? in
      let criterion = numbers.criteria[gap.criterion]
      guard criterion.stage == next, gap.shares.indices.contains(stage),
        let share = gap.shares[stage], share > 0
      else { return nil }
      return (place, criterion.label, share)
    }
    return found.sorted { $0.2 != $1.2 ? $0.2 > $1.2 : $0.0 < $1.0 }.map { ($0.1, $0.2) }
  }

  private func next(above stage: Int) -> Int? {
    numbers.stages.dropFirst(stage + 1).first { $0.isAssessable }?.number
  }

  /// Bars on the right, where there is room for some.
  private func withBars(_ table: ScreenTable, _ shares: [Double]) -> [String] {
    let plain = Screen(width: screen.width, isUnicode: screen.isUnicode, hasColor: false)
    let lines = table.lines(on: plain)
    let used = lines.map(DisplayWidth.of).max() ?? 0
    // What is lacking has to be read in full before a bar is of use.
    let width = min(30, screen.width - used - 2)
    if width < 6 { return lines.prefix(1).map(heading) + lines.dropFirst() }
    let drawn = zip(lines.dropFirst(), shares).map { line, share in
      line + "  " + screen.bar(share, width: width)
    }
    return lines.prefix(1).map(heading) + drawn
  }

  /// The requirements that hold most back, most credit first.
  ///
  /// - Parameter stage: what holds back those who stand there; nil: at any stage.
  func unlock(at stage: Int?, most: Int) -> [String] {
    let next = stage.flatMap(next(above:))
    if stage != nil && next == nil { return [] }
    let found = RunNumbers.ordered(
      numbers.blockers.filter { ($0.blocked ?? 0) > 0 && (next == nil || $0.stage == next) })
    if found.isEmpty { return [] }
    var table = ScreenTable(columns: [
      .init(title: "to reach"), .init(title: "missing", alignment: .left, isFlexible: true),
      .init(title: "held back"), .init(title: "by it alone"), .init(title: "would rise"),
    ])
    table.rows = found.prefix(most).map { blocker in
      [
        .init("stage \(blocker.stage)"), .init(title(of: blocker)),
        .init("\(count(blocker.blocked)) of \(count(blocker.held))"), .init(count(blocker.alone)),
        .init(count(blocker.advances)),
      ]
    }
    return table.lines(on: screen)
  }

  private func title(of blocker: RunNumbers.Blocker) -> String {
    blocker.labels.isEmpty
      ? "(coverage) too few of its criteria" : blocker.labels.joined(separator: " or ")
  }
}
