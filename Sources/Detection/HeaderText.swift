import TextFolding

/// Header texts as they are compared: what people see, not how it was typed.
enum HeaderText {
  /// Trimmed, inner white space (NBSP, line ends) as single spaces, colons at the end dropped.
  ///
  /// Composed and decomposed characters need no step of their own: `String` compares by canonical
  /// equivalence.
  static func normal(_ text: String) -> String {
    var text = singleSpaced(text)
    while text.hasSuffix(":") { text = TextFolding.trim(String(text.dropLast())) }
    return text
  }

  /// The normal form in lower case.
  static func folded(_ text: String) -> String { normal(text).lowercased() }

  /// Trimmed, with runs of white space as one space.
  static func singleSpaced(_ text: String) -> String {
    text.unicodeScalars.split { $0.properties.isWhitespace }
      .map { String(String.UnicodeScalarView($0)) }.joined(separator: " ")
  }

  /// Without HTML tags and the commonest entities, as editors of question texts leave them behind.
  static func withoutMarkup(_ text: String) -> String {
    singleSpaced(
      text.replacing(/<\/?[A-Za-z][^<>]*>/, with: " ").replacing("&nbsp;", with: " ")
        .replacing("&amp;", with: "&"))
  }
}
