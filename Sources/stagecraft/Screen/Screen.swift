/// What text for people is drawn on: how wide it is, and what it can show.
struct Screen: Hashable, Sendable {
  let width: Int
  /// Otherwise bars, dashes and ellipses are drawn with ASCII. Names stay what they are.
  let isUnicode: Bool
  let hasColor: Bool

  /// What a text is drawn with, where colours are wanted.
  enum Ink: Hashable, Sendable {
    case plain, heading, faint
    case stage(Int)
  }

  func paint(_ text: String, _ ink: Ink) -> String {
    guard hasColor, let code = Screen.code(ink), !text.isEmpty else { return text }
    return "\u{1B}[\(code)m\(text)\u{1B}[0m"
  }

  private static func code(_ ink: Ink) -> String? {
    switch ink {
    case .plain: nil
    case .heading: "1"
    case .faint: "2"
    // Of the colours that are told apart on light and on dark; which one is never all that tells.
    case .stage(let number): stageCodes[number % stageCodes.count]
    }
  }

  private static let stageCodes = ["90", "31", "33", "32", "36", "35"]

  var dash: String { isUnicode ? "–" : "-" }
  var ellipsis: String { isUnicode ? "…" : "..." }

  /// A bar of a share of the width, in eighths of a character where there are such.
  ///
  /// Where the share is not nothing, neither is the bar.
  func bar(_ share: Double, width: Int) -> String {
    if share <= 0 || width <= 0 { return "" }
    guard isUnicode else {
      return String(repeating: "#", count: max(1, Int((share * Double(width)).rounded())))
    }
    let eighths = max(1, Int((min(1, share) * Double(8 * width)).rounded()))
    let part = eighths % 8 == 0 ? "" : Screen.eighths[eighths % 8 - 1]
    return String(repeating: "█", count: eighths / 8) + part
  }

  private static let eighths = ["▏", "▎", "▍", "▌", "▋", "▊", "▉"]

  /// Cut at its end where it is wider.
  func shortened(_ text: String, to width: Int) -> String {
    if DisplayWidth.of(text) <= width { return text }
    let room = max(0, width - ellipsis.count)
    var (kept, used) = ("", 0)
    for character in text {
      used += DisplayWidth.of(character)
      if used > room { break }
      kept.append(character)
    }
    return kept + String(ellipsis.prefix(width))
  }

  /// Broken into lines at spaces.
  func wrapped(_ text: String, indent: Int = 0) -> [String] {
    let margin = String(repeating: " ", count: indent)
    var lines: [String] = []
    for word in text.split(separator: " ") {
      if let last = lines.last, DisplayWidth.of(last) + 1 + DisplayWidth.of(String(word)) <= width {
        lines[lines.count - 1] = last + " " + word
      } else {
        lines.append((lines.isEmpty ? "" : margin) + word)
      }
    }
    return lines
  }
}
