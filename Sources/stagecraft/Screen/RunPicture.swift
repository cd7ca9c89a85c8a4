import Report

/// A run's numbers as people see them on a terminal: the same picture at the end of a run, and of
/// any published one.
struct RunPicture {
  let numbers: RunNumbers
  let screen: Screen
  /// Whether requirements that the questionnaire does not observe are left out for everybody.
  let waivesUnobservable: Bool

  /// `21.9 %`, or a dash where there is no number.
  func percent(_ share: Double?) -> String {
    guard let share else { return screen.dash }
    let tenths = Int((share * 1000).rounded())
    return "\(tenths / 10).\(tenths % 10) %"
  }

  func heading(_ text: String) -> String { screen.paint(text, .heading) }

  // MARK: - Distribution

  /// Everybody's stages, each with its interval and a bar.
  var distribution: [String] {
    guard let everybody = numbers.everybody, numbers.highestStage != nil else { return [] }
    let rows = numbers.stages.map { stage in
      (
        label: numbers.stageTitle(stage.number), stage: stage,
        share: everybody.shares[stage.number]
      )
    }
    return bars(
      "stage", isWeighted: everybody.isWeighted,
      rows.map { BarRow(label: $0.label, stage: $0.stage, share: $0.share) })
  }

  /// A share with its name, to be drawn as a bar.
  struct BarRow {
    let label: String
    let stage: RunNumbers.Stage
    let share: RunNumbers.Share
    var note = ""
  }

  /// A table of shares with a bar each, the longest as long as fits.
  func bars(_ title: String, isWeighted: Bool, _ rows: [BarRow]) -> [String] {
    let hasIntervals = screen.width >= 72
    var columns: [ScreenTable.Column] = [
      .init(title: title, alignment: .left, isFlexible: true), .init(title: "share"),
    ]
    if hasIntervals { columns.append(.init(title: "95 % interval")) }
    columns.append(.init(title: "n"))
    var table = ScreenTable(columns: columns)
    table.rows = rows.map { row in
      let interval = hasIntervals ? [ScreenTable.Cell(interval(row.share))] : []
      return [.init(row.label), .init(shareText(row))] + interval
        + [.init(count(row.share.count) + row.note)]
    }
    let lines = table.lines(on: narrowed(by: barWidth))
    let longest = rows.compactMap(\.share.share).max() ?? 0
    let scale = [0.25, 0.5, 0.75].first { $0 >= longest } ?? 1
    let used = lines.map(DisplayWidth.of).max() ?? 0
    return zip(lines, [nil] + rows).map { line, row in
      guard let row, row.stage.isAssessable, let share = row.share.share else { return line }
      // The line's own width does not count what colours it.
      let bar = screen.bar(share / scale, width: min(40, screen.width - used - 2))
      return bar.isEmpty ? line : line + "  " + screen.paint(bar, .stage(row.stage.number))
    }
  }

  /// A dash for a number that is not published.
  func count(_ number: UInt64?) -> String { number.map { String($0) } ?? screen.dash }

  private func shareText(_ row: BarRow) -> String {
    row.stage.isAssessable ? percent(row.share.share) : "not assessable"
  }

  private func interval(_ share: RunNumbers.Share) -> String {
    guard let low = share.low, let high = share.high else { return "" }
    let texts = [low, high].map { String(percent($0).dropLast(2)) }
    let (first, second) = (texts[0], texts[1])
    return String(repeating: " ", count: max(0, 4 - first.count)) + first + " \(screen.dash) "
      + String(repeating: " ", count: max(0, 4 - second.count)) + second
  }

  private let barWidth = 12

  private func narrowed(by columns: Int) -> Screen {
    Screen(width: screen.width - columns, isUnicode: screen.isUnicode, hasColor: false)
  }

  // MARK: - What the questionnaire can tell

  var ceiling: [String] {
    guard let top = numbers.highestStage else {
      return screen.wrapped(
        "This questionnaire asks too little to assess any stage, so there is no distribution; "
          + "gaps and adoption are there. questionnaire_coverage.csv says what it asks.")
    }
    var text =
      "Highest stage this questionnaire can confirm: "
      + TerminalText.line(numbers.stageTitle(top.number))
    if let above = numbers.stages.dropFirst(top.number + 1).first {
      text +=
        " (of stage \(above.number) it observes \(above.observable) of \(above.requirements) "
        + "requirements)"
    }
    var lines = screen.wrapped(text + ".")
    let waived = numbers.stages.dropFirst().filter(\.isAssessable)
      .reduce(0) { $0 + $1.requirements - $1.observable }
    if waived > 0 && waivesUnobservable {
      lines += screen.wrapped(
        "\(waived) requirements it cannot observe are waived for everybody: see "
          + "questionnaire_coverage.csv.")
    }
    return lines
  }
}
