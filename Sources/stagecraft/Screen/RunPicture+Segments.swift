import Report

extension RunPicture {
  /// Fewer responses than this say little.
  private static let fewResponses: UInt64 = 30

  /// The stages of each value of a segment, after everybody's.
  func segment(_ groups: [RunNumbers.Group], name: String) -> [String] {
    let groups = [numbers.everybody].compactMap { $0 } + groups
    var columns: [ScreenTable.Column] = [
      .init(title: name, alignment: .left, isFlexible: true), .init(title: "n"),
    ]
    columns += numbers.stages.map { .init(title: String($0.number)) }
    var table = ScreenTable(columns: columns)
    table.rows = groups.map { group in
      [.init(label(of: group)), .init(count(group.count) + note(group))]
        + group.shares.map { .init(hundredths($0)) }
    }
    let ribbon = RunPicture.ribbonWidth(screen)
    let lines = table.lines(
      on: Screen(width: screen.width - ribbon, isUnicode: screen.isUnicode, hasColor: false))
    let used = lines.map(DisplayWidth.of).max() ?? 0
    let width = ribbon == 0 ? 0 : min(50, screen.width - used - 2)
    let drawn = zip(lines.dropFirst(), groups).map { line, group in
      let filling = String(repeating: " ", count: used - DisplayWidth.of(line))
      let drawing = self.ribbon(group, width: width)
      return drawing.isEmpty ? line : line + filling + "  " + drawing
    }
    return lines.prefix(1).map(heading) + drawn + [""] + legend + footnote(groups)
  }

  /// One stage, or the like, of each value of a segment, with intervals.
  func segment(_ groups: [RunNumbers.Group], name: String, stage: Int) -> [String] {
    let groups = [numbers.everybody].compactMap { $0 } + groups
    let rows = groups.map { group in
      BarRow(
        label: label(of: group), stage: numbers.stages[stage], share: group.shares[stage],
        note: " of \(count(group.count))" + note(group))
    }
    let isWeighted = groups.contains { $0.isWeighted }
    return bars(name, isWeighted: isWeighted, rows) + footnote(groups)
  }

  private static func ribbonWidth(_ screen: Screen) -> Int { screen.width < 72 ? 0 : 26 }

  private func label(of group: RunNumbers.Group) -> String {
    group.segment == "all" ? "everybody" : group.value
  }

  private func note(_ group: RunNumbers.Group) -> String {
    isSmall(group) ? "*" : ""
  }

  private func isSmall(_ group: RunNumbers.Group) -> Bool {
    group.count.map { $0 < RunPicture.fewResponses } ?? false
  }

  private func footnote(_ groups: [RunNumbers.Group]) -> [String] {
    groups.contains(where: isSmall)
      ? ["* fewer than \(RunPicture.fewResponses) responses: take its shares as hints"] : []
  }

  private func hundredths(_ share: RunNumbers.Share) -> String {
    share.share.map { String(Int(($0 * 100).rounded())) } ?? screen.dash
  }

  /// The stages side by side, each as long as its share and drawn with its number: it needs no
  /// colours, and is the same in ASCII.
  private func ribbon(_ group: RunNumbers.Group, width: Int) -> String {
    if width <= 0 { return "" }
    var (sum, drawn, text) = (0.0, 0, "")
    for (stage, share) in zip(numbers.stages, group.shares) {
      sum += share.share ?? 0
      // Ends are rounded, not lengths: so all of them together are as long as the whole.
      let end = min(width, Int((sum * Double(width)).rounded()))
      let part = String(repeating: String(stage.number % 10), count: max(0, end - drawn))
      text += screen.paint(part, .stage(stage.number))
      drawn = max(drawn, end)
    }
    return text
  }

  private var legend: [String] {
    let names = numbers.stages.map { stage in
      TerminalText.line(numbers.stageTitle(stage.number))
        + (stage.isAssessable ? "" : " (not assessable)")
    }
    return screen.wrapped("In percent. " + names.joined(separator: ", "))
  }
}
