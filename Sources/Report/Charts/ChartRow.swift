/// Charts as rows: a label, a drawing, a figure. The drawing's lengths are shares of its width, so
/// that a page can be as narrow as a phone's and letters stay as large as they are.
enum ChartRow {
  /// - Parameters:
  ///   - spoken: the whole row, for who does not see it.
  static func row(
    label: HTML, spoken: String, height: Int, drawing: HTML, figure: HTML
  ) -> HTML {
    """
    <li class="row"><div class="label">\(label)</div>\
    <svg role="img" aria-label="\(spoken)" width="100%" height="\(height)">\(drawing)</svg>\
    <div class="figure">\(figure)</div></li>

    """
  }

  static func list(_ rows: HTML, _ style: HTML = "") -> HTML {
    "<ol class=\"rows \(style)\">\n\(rows)</ol>\n"
  }

  /// A place on the drawing: `21.94%`. Whole numbers, so that no platform rounds differently.
  static func place(_ share: Double) -> String {
    let hundredths = Int((min(1, max(0, share)) * 10_000).rounded())
    let rest = hundredths % 100
    return rest == 0
      ? "\(hundredths / 100)%" : "\(hundredths / 100).\(rest < 10 ? "0" : "")\(rest)%"
  }

  static func bar(
    _ style: HTML, from start: Double, to end: Double, top: Int = 0, height: Int
  ) -> HTML {
    """
    <rect class="\(style)" x="\(place(start))" y="\(top)" width="\(place(end - start))" \
    height="\(height)"/>
    """
  }

  static func line(_ style: HTML, _ x1: Double, _ y1: Int, _ x2: Double, _ y2: Int) -> HTML {
    """
    <line class="\(style)" x1="\(place(x1))" y1="\(y1)" x2="\(place(x2))" y2="\(y2)"/>
    """
  }

  static func text(_ style: HTML, _ text: String, at x: Double, _ y: Int) -> HTML {
    "<text class=\"\(style)\" x=\"\(place(x))\" y=\"\(y)\">\(text)</text>"
  }
}

/// Colours are classes: the style sheet has one set for light pages, one for dark ones.
enum ChartColor {
  private static let stageSteps: [HTML] = ["s0", "s1", "s2", "s3", "s4", "s5"]
  private static let heatSteps: [HTML] = [
    "h0", "h1", "h2", "h3", "h4", "h5", "h6", "h7", "h8", "h9", "h10",
  ]

  /// One of six steps from nothing to the top, however many stages a model has.
  static func stage(_ number: Int, of count: Int) -> HTML {
    let top = stageSteps.count - 1
    return stageSteps[count <= 1 ? 0 : min(top, (number * top + (count - 1) / 2) / (count - 1))]
  }

  /// One of eleven steps; both ends are their own.
  static func heat(_ share: Double) -> HTML {
    heatSteps[min(10, max(0, Int((share * 10).rounded())))]
  }
}
