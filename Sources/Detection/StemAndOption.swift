/// Takes the header texts of one question's columns apart: the stem they share, and what each adds.
///
/// `Which tools? - Selected Choice - Python` is stem, marker and option; the rows of a matrix read
/// `stem - row`, and `stem-row` in older exports. A dash of the stem's own does no harm, since the
/// stem is what all columns share.
struct StemAndOption {
  private static let marker = " - Selected Choice"
  let stem: String
  private let separator: String

  init(texts: [String]) {
    if let marked = texts.first(where: { $0.contains(StemAndOption.marker) }) {
      stem = StemAndOption.before(StemAndOption.marker, in: marked)
      separator = " - "
      return
    }
    let shared = StemAndOption.commonPrefix(texts)
    let (found, separator) = StemAndOption.separator(in: shared, isAlone: Set(texts).count == 1)
    stem = found.map { String(shared[..<$0.lowerBound]) } ?? ""
    self.separator = separator
  }

  /// Where the stem ends. Of a text that stands alone nothing is known to be shared; there only
  /// the first dash between spaces counts, not a hyphen.
  private static func separator(
    in shared: String, isAlone: Bool
  ) -> (Range<String.Index>?, String) {
    if isAlone { return (shared.firstRange(of: " - "), " - ") }
    if let range = shared.ranges(of: " - ").last { return (range, " - ") }
    return (shared.ranges(of: "-").last, "-")
  }

  /// The option of a column, nil where its text names none.
  func option(of text: String) -> String? {
    guard !stem.isEmpty, text.hasPrefix(stem) else { return nil }
    var rest = text.dropFirst(stem.count)
    for part in [StemAndOption.marker, separator] where rest.hasPrefix(part) {
      rest = rest.dropFirst(part.count)
    }
    if rest.hasSuffix(" - Text") { rest = rest.dropLast(" - Text".count) }
    let option = HeaderText.singleSpaced(String(rest))
    return option.isEmpty ? nil : option
  }

  private static func before(_ marker: String, in text: String) -> String {
    guard let range = text.firstRange(of: marker) else { return text }
    return String(text[..<range.lowerBound])
  }

  private static func commonPrefix(_ texts: [String]) -> String {
    guard var shared = texts.first else { return "" }
    for text in texts.dropFirst() {
      shared = String(zip(shared, text).prefix { $0 == $1 }.map(\.0))
    }
    return shared
  }
}
