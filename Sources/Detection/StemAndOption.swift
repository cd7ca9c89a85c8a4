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
    for separator in [" - ", "-"] {
      // One column alone shares all of its text with itself; there the first dash counts.
      let range =
        texts.count > 1
        ? shared.ranges(of: separator).last : separator == "-" ? nil : shared.firstRange(of: separator)
      guard let range else { continue }
      stem = String(shared[..<range.lowerBound])
      self.separator = separator
      return
    }
    (stem, separator) = ("", " - ")
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
    for text in texts.dropFirst() { shared = String(zip(shared, text).prefix { $0 == $1 }.map(\.0)) }
    return shared
  }
}
