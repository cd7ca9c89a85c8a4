/// Heat maps of what is lacking.
struct GapCharts {
  let numbers: RunNumbers

  /// A row a criterion, a column a stage, in the order of the model; a heading where the stage that
  /// asks for the criteria changes.
  func heatMap(_ gaps: [RunNumbers.Gap]) -> HTML {
    let columns = columns(gaps)
    var page: HTML = ""
    var stage: Int?
    var rows: HTML = ""
    func closeGroup() {
      guard let stage else { return }
      page += """
        <h3 class="group">Asked for by stage \(numbers.stageTitle(stage))</h3>
        \(ChartRow.list(header(columns) + rows, "heat"))
        """
      rows = ""
    }
    for gap in gaps where gap.shares.contains(where: { $0 != nil }) {
      let asked = numbers.criteria[gap.criterion].stage
      if asked != stage {
        closeGroup()
        stage = asked
      }
      rows += row(gap, columns)
    }
    closeGroup()
    return page
  }

  /// Stages at which nobody stands have no column.
  private func columns(_ gaps: [RunNumbers.Gap]) -> [Int] {
    let everybody = numbers.everybody
    return (0...numbers.stages.count).filter { column in
      column == numbers.stages.count || everybody?.shares[column].count != 0
    }
  }

  private func header(_ columns: [Int]) -> HTML {
    let width = 1 / Double(columns.count)
    let texts: [HTML] = columns.enumerated().map { place, column in
      let isAll = column == numbers.stages.count
      let everybody = numbers.everybody
      let count = isAll ? everybody?.count : everybody?.shares[column].count
      let middle = (Double(place) + 0.5) * width
      return ChartRow.text("axis strong", isAll ? "all" : "stage \(column)", at: middle, 13)
        + ChartRow.text("axis", "n \(count.map(Words.short) ?? "–")", at: middle, 28)
    }
    return """
      <li class="row" aria-hidden="true"><div class="label"></div>\
      <svg role="img" aria-label="Stages" width="100%" height="34">\(texts.joined())</svg></li>

      """
  }

  private func row(_ gap: RunNumbers.Gap, _ columns: [Int]) -> HTML {
    let width = 1 / Double(columns.count)
    var drawing: HTML = ""
    var spoken: [String] = []
    for (place, column) in columns.enumerated() where column < gap.shares.count {
      let start = Double(place) * width
      let middle = start + width / 2
      let name = column == numbers.stages.count ? "all" : "stage \(column)"
      guard let share = gap.shares[column] else {
        drawing += ChartRow.bar("none", from: start, to: start + width, height: 26)
        drawing += ChartRow.text("in muted", "–", at: middle, 17)
        spoken.append("\(name): not known")
        continue
      }
      let color = ChartColor.heat(share)
      drawing += ChartRow.bar("cell \(color)", from: start, to: start + width, height: 26)
      drawing += ChartRow.text("in \(color)t", Words.hundredths(share), at: middle, 17)
      spoken.append("\(name): \(Words.percent(share))")
    }
    let label = numbers.criteria[gap.criterion].label
    return ChartRow.row(
      label: "\(label)", spoken: "\(label) is lacking at " + spoken.joined(separator: ", "),
      height: 26, drawing: drawing, figure: "")
  }

  /// The colours of a heat map.
  var legend: HTML {
    let steps: [HTML] = (0...10).map {
      "<span class=\"swatch \(ChartColor.heat(Double($0) / 10))\"></span>"
    }
    return """
      <p class="legend scale" aria-hidden="true"><span>nobody lacks it, 0&nbsp;%</span>\
      <span class="ramp">\(steps.joined())</span><span>100&nbsp;%, everybody does</span></p>

      """
  }

  /// The whole of roles and tools in one drawing of fixed size, which a narrow page scrolls.
  func roleTools(_ pairs: RunNumbers.RoleTools) -> HTML {
    let (cell, left, top) = (19, 260, 160)
    let width = left + cell * pairs.tools.count + 110
    let height = top + cell * pairs.roles.count + 4
    var drawing: HTML = ""
    for (place, tool) in pairs.tools.enumerated() {
      let x = left + cell * place + cell / 2 + 4
      drawing += """
        <text class="tool" transform="translate(\(x) \(top - 6)) rotate(-55)">\
        \(GapCharts.shortened(numbers.criteria[tool].label, 26))</text>
        """
    }
    for (place, role) in pairs.roles.enumerated() {
      let y = top + cell * place
      let name = numbers.criteria[role].label
      drawing += """
        <text class="role" x="\(left - 8)" y="\(y + 14)">\(GapCharts.shortened(name, 36))</text>
        """
      for (column, gap) in pairs.gaps[place].enumerated() {
        drawing += pair(gap, left + cell * column, y, cell)
      }
    }
    return """
      <div class="scroll" tabindex="0" role="region" aria-label="Roles and tools, scrolls sideways">
      <svg class="fixed" role="img" width="\(width)" height="\(height)" \
      viewBox="0 0 \(width) \(height)" \
      aria-label="Of those who have a role, the share without a tool; the table has the numbers.">
      \(drawing)
      </svg></div>

      """
  }

  private func pair(_ gap: Double?, _ x: Int, _ y: Int, _ cell: Int) -> HTML {
    let color: HTML = gap.map { "cell " + ChartColor.heat($0) } ?? "none"
    return "<rect class=\"\(color)\" x=\"\(x)\" y=\"\(y)\" width=\"\(cell)\" height=\"\(cell)\"/>"
  }

  /// Cut, with `…`, where it is too long for its place.
  private static func shortened(_ text: String, _ count: Int) -> String {
    text.count <= count ? text : text.prefix(count - 1) + "…"
  }
}
