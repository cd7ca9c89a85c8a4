/// How responses are spread over the stages.
struct StageCharts {
  let numbers: RunNumbers
  private var stages: [RunNumbers.Stage] { numbers.stages }

  private func color(_ stage: Int) -> HTML { ChartColor.stage(stage, of: stages.count) }

  /// A bar a stage, with its interval, on a scale that ends where the longest interval does.
  func distribution(_ group: RunNumbers.Group) -> HTML {
    let largest = group.shares.compactMap(\.high).max() ?? 1
    let top = min(1, max(0.1, (largest * 10).rounded(.up) / 10))
    let rows = zip(stages, group.shares).map { stage, share in
      distributionRow(stage, share, top)
    }
    return ChartRow.list(rows.joined() + axis(top), "wide")
  }

  private func distributionRow(
    _ stage: RunNumbers.Stage, _ share: RunNumbers.Share, _ top: Double
  ) -> HTML {
    let label: HTML = "<b>\(stage.number)</b> \(stage.name)"
    guard stage.isAssessable, let value = share.share else {
      let none = share.count == nil ? "withheld" : "no \(numbers.about.units)"
      let why = stage.isAssessable ? none : "not assessable with this questionnaire"
      return ChartRow.row(
        label: label, spoken: "\(stage.name): \(why)", height: 34, drawing: grid(top),
        figure: "<span class=\"muted\">\(why)</span>")
    }
    var drawing = grid(top)
    drawing += ChartRow.bar(color(stage.number), from: 0, to: value / top, top: 5, height: 24)
    var interval = ""
    if let low = share.low, let high = share.high {
      drawing += whisker(low / top, high / top)
      interval = "\(Words.percent(low)) to \(Words.percent(high))"
    }
    return ChartRow.row(
      label: label,
      spoken: "\(stage.name): \(Words.percent(value)), interval \(interval)", height: 34,
      drawing: drawing,
      figure: """
        <b>\(Words.percent(value))</b> <span class="muted">\(interval) · n \
        \(Words.grouped(share.count))</span>
        """)
  }

  private func whisker(_ low: Double, _ high: Double) -> HTML {
    // The wide lines below keep the line apart from a dark bar.
    ["ci under", "ci"].map { style in
      ChartRow.line(style, low, 17, high, 17) + ChartRow.line(style, low, 12, low, 22)
        + ChartRow.line(style, high, 12, high, 22)
    }.joined()
  }

  /// Every ten percent has a line; on a short scale every five, on a long one every twenty or thirty,
  /// so that a narrow page has place for their names.
  private func steps(_ top: Double) -> Int {
    switch Int((top * 10).rounded()) {
    case let tens where tens < 4: 2 * tens
    case 8: 4
    case 9: 3
    case 10: 5
    case let tens: tens
    }
  }

  private func grid(_ top: Double) -> HTML {
    let steps = steps(top)
    return (0...steps).map { step in
      let place = Double(step) / Double(steps)
      return ChartRow.line("grid", place, 0, place, 34)
    }.joined()
  }

  private func axis(_ top: Double) -> HTML {
    let steps = steps(top)
    let texts: [HTML] = (0...steps).map { step in
      let place = Double(step) / Double(steps)
      let style: HTML = step == 0 ? "axis start" : step == steps ? "axis end" : "axis"
      return ChartRow.text(style, Words.hundredths(top * place) + "\u{A0}%", at: place, 13)
    }
    return """
      <li class="row" aria-hidden="true"><div class="label"></div>\
      <svg role="img" aria-label="Scale" width="100%" height="18">\(texts.joined())</svg>\
      <div class="figure"></div></li>

      """
  }

  /// A bar of all stages, one after the other.
  func stacked(_ shares: [RunNumbers.Share], label: HTML, name: String, figure: HTML) -> HTML {
    var start = 0.0
    var drawing: HTML = ""
    var spoken: [String] = []
    for (stage, share) in zip(stages, shares) {
      guard let value = share.share, value > 0 else { continue }
      drawing += ChartRow.bar(color(stage.number), from: start, to: start + value, height: 22)
      if value >= 0.09 {
        drawing += ChartRow.text(
          "in \(color(stage.number))t", Words.hundredths(value), at: start + value / 2, 15)
      }
      spoken.append("\(stage.name) \(Words.percent(value))")
      start += value
    }
    if spoken.isEmpty {
      let none = shares.contains { $0.count == nil } ? "withheld" : "nobody was scored"
      drawing = "<text class=\"empty\" x=\"0\" y=\"15\">\(none)</text>"
      spoken = [none]
    }
    return ChartRow.row(
      label: label, spoken: "\(name): " + spoken.joined(separator: ", "), height: 22,
      drawing: drawing, figure: figure)
  }

  func segment(_ groups: [RunNumbers.Group]) -> HTML {
    let rows = groups.map { group in
      stacked(
        group.shares, label: "\(group.value)", name: group.value,
        figure: "<span class=\"muted\">n \(Words.grouped(group.count))</span>")
    }
    return ChartRow.list(rows.joined(), "dense")
  }

  func rules(_ rules: [(rule: RunNumbers.Rule, name: String)]) -> HTML {
    let rows = rules.map { rule, name in
      stacked(rule.shares, label: "\(name)", name: name, figure: "")
    }
    return ChartRow.list(rows.joined(), "dense")
  }

  /// From the lowest to the highest share of at least a stage, and the published one.
  func ranges(_ ranges: [RunNumbers.StageRange]) -> HTML {
    let rows = ranges.filter { $0.stage > 0 }.map { range in
      let (low, high) = (range.lowest ?? 0, range.highest ?? 0)
      var drawing = ChartRow.bar("track", from: 0, to: 1, height: 22)
      drawing += ChartRow.bar("s2", from: low, to: high, height: 22)
      if let published = range.published {
        drawing += ChartRow.line("ci under", published, 0, published, 22)
        drawing += ChartRow.line("ci", published, 0, published, 22)
      }
      let words = "\(Words.percent(range.lowest)) to \(Words.percent(range.highest))"
      let name = numbers.stageTitle(range.stage)
      return ChartRow.row(
        label: "\(name)",
        spoken: "At least \(name): \(Words.percent(range.published)), by other rules \(words)",
        height: 22, drawing: drawing,
        figure: "<b>\(Words.percent(range.published))</b> <span class=\"muted\">\(words)</span>")
    }
    return ChartRow.list(rows.joined(), "wide")
  }

  var legend: HTML { legend(stages.filter { $0.number == 0 || $0.isAssessable }) }

  /// Other rules reach stages, too, that this questionnaire cannot assess.
  var fullLegend: HTML { legend(stages) }

  private func legend(_ stages: [RunNumbers.Stage]) -> HTML {
    let items: [HTML] = stages.map { stage in
      "<li><span class=\"swatch \(color(stage.number))\"></span>\(stage.number) \(stage.name)</li>"
    }
    return "<ul class=\"legend\" aria-hidden=\"true\">\(items.joined())</ul>\n"
  }
}
