/// A table that fits the screen: numbers to the right and never cut, names cut where they must be.
struct ScreenTable {
  struct Column {
    var title: String
    var alignment = Alignment.right
    /// Whether its texts may be cut.
    var isFlexible = false
  }

  enum Alignment { case left, right }

  struct Cell: ExpressibleByStringLiteral {
    let text: String
    let ink: Screen.Ink

    /// - Parameter text: from anywhere; it is made harmless here.
    init(_ text: String, _ ink: Screen.Ink = .plain) {
      (self.text, self.ink) = (TerminalText.line(text), ink)
    }

    init(stringLiteral text: String) { self.init(text) }
  }

  var columns: [Column]
  var rows: [[Cell]] = []
  var indent = 0

  /// The table in lines, and the columns that found no place on the screen.
  func drawn(on screen: Screen) -> (lines: [String], left: [String]) {
    let fit = fit(screen)
    let margin = String(repeating: " ", count: indent)
    let titles = fit.titles.map { line in
      screen.paint(
        ScreenTable.trimmed(margin + joined(line, fit, screen) { _ in .plain }), .heading)
    }
    let body = rows.map { row in
      let texts = row.prefix(fit.widths.count).map(\.text)
      return ScreenTable.trimmed(margin + joined(texts, fit, screen) { row[$0].ink })
    }
    return (titles + body, columns.dropFirst(fit.widths.count).map(\.title))
  }

  func lines(on screen: Screen) -> [String] { drawn(on: screen).lines }

  private struct Fit {
    var widths: [Int]
    /// Line by line, a text for each column.
    var titles: [[String]]
  }

  private static let gap = 2
  private static let narrowest = 12

  private func fit(_ screen: Screen) -> Fit {
    var contents = columns.map { _ in 0 }
    for row in rows {
      for (place, cell) in row.enumerated() {
        contents[place] = max(contents[place], DisplayWidth.of(cell.text))
      }
    }
    let whole = zip(columns, contents).map { max($1, DisplayWidth.of($0.title)) }
    let room = screen.width - indent
    if let widths = ScreenTable.shrunk(whole, columns, room) {
      return Fit(widths: widths, titles: titles(widths))
    }
    // Titles over several lines, and then what is on the right left out.
    let broken = zip(columns, contents).map { column, content in
      column.isFlexible
        ? max(content, DisplayWidth.of(column.title))
        : max(content, ScreenTable.pieces(column.title).map(DisplayWidth.of).max() ?? 0)
    }
    for count in stride(from: columns.count, to: 1, by: -1) {
      let columns = Array(columns.prefix(count))
      if let widths = ScreenTable.shrunk(Array(broken.prefix(count)), columns, room) {
        return Fit(widths: widths, titles: titles(widths))
      }
    }
    let only = Array(broken.prefix(1)).map { min($0, room) }
    return Fit(widths: only, titles: titles(only))
  }

  /// The widths with flexible columns made as narrow as is needed; nil where that is not enough.
  private static func shrunk(_ widths: [Int], _ columns: [Column], _ room: Int) -> [Int]? {
    var widths = widths
    var over = widths.reduce(0, +) + gap * (widths.count - 1) - room
    while over > 0 {
      let flexible = widths.indices.filter { columns[$0].isFlexible && widths[$0] > narrowest }
      guard let widest = flexible.max(by: { widths[$0] < widths[$1] }) else { return nil }
      // All the way, or down to the next widest one.
      let next = flexible.filter { $0 != widest }.map { widths[$0] }.max() ?? narrowest
      let step = min(over, max(1, widths[widest] - max(narrowest, next)))
      widths[widest] -= step
      over -= step
    }
    return widths
  }

  /// The titles, broken where they are wider than their column, standing on the first row.
  private func titles(_ widths: [Int]) -> [[String]] {
    let broken = zip(columns, widths).map { column, width in
      column.isFlexible || DisplayWidth.of(column.title) <= width
        ? [column.title] : ScreenTable.broken(column.title, width)
    }
    let height = broken.map(\.count).max() ?? 1
    if broken.allSatisfy({ $0 == [""] }) { return [] }
    return (0..<height).map { line in
      broken.map { lines in
        let place = line - (height - lines.count)
        return place < 0 ? "" : lines[place]
      }
    }
  }

  /// `share_low` is `share_` and `low`.
  private static func pieces(_ title: String) -> [String] {
    var pieces = [""]
    for character in title {
      if character == " " {
        pieces.append("")
      } else {
        pieces[pieces.count - 1].append(character)
        if character == "_" { pieces.append("") }
      }
    }
    return pieces.filter { !$0.isEmpty }
  }

  private static func broken(_ title: String, _ width: Int) -> [String] {
    var lines: [String] = []
    for piece in pieces(title) {
      if let last = lines.last, DisplayWidth.of(last) + DisplayWidth.of(piece) <= width,
        last.hasSuffix("_")
      {
        lines[lines.count - 1] = last + piece
      } else {
        lines.append(piece)
      }
    }
    return lines
  }

  private func joined(
    _ texts: [String], _ fit: Fit, _ screen: Screen, ink: (Int) -> Screen.Ink
  ) -> String {
    texts.indices.map { place in
      let text = screen.shortened(texts[place], to: fit.widths[place])
      let filling = String(repeating: " ", count: fit.widths[place] - DisplayWidth.of(text))
      let painted = screen.paint(text, ink(place))
      return columns[place].alignment == .left ? painted + filling : filling + painted
    }.joined(separator: String(repeating: " ", count: ScreenTable.gap))
  }

  private static func trimmed(_ line: String) -> String {
    String(line.reversed().drop { $0 == " " }.reversed())
  }
}
