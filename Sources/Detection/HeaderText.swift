import TextFolding

/// Header texts as they are compared: what people see, not how it was typed.
enum HeaderText {
  /// Trimmed, inner white space (NBSP, line ends) as single spaces, colons at the end dropped.
  ///
  /// Composed and decomposed characters need no step of their own: `String` compares by canonical
  /// equivalence.
  static func normal(_ text: String) -> String {
    var text = singleSpaced(text)
    while text.utf8.last == UInt8(ascii: ":"), text.last == ":" {
      text = TextFolding.trim(String(text.dropLast()))
    }
    return text
  }

  /// The normal form in lower case.
  static func folded(_ text: String) -> String { normal(text).lowercased() }

  /// Trimmed, with runs of white space as one space.
  static func singleSpaced(_ text: String) -> String {
    if isSingleSpaced(text.utf8) { return text }
    return text.unicodeScalars.split { $0.properties.isWhitespace }
      .map { String(String.UnicodeScalarView($0)) }.joined(separator: " ")
  }

  /// Whether the text is ASCII that needs no change, as most headers are.
  private static func isSingleSpaced(_ bytes: String.UTF8View) -> Bool {
    let space = UInt8(ascii: " ")
    var before = space
    for byte in bytes {
      if byte >= 0x80 || (0x09...0x0D).contains(byte) { return false }
      if byte == space, before == space { return false }
      before = byte
    }
    return bytes.isEmpty || before != space
  }

  /// Without HTML tags and the commonest entities, as editors of question texts leave them behind.
  static func withoutMarkup(_ text: String) -> String {
    guard text.utf8.contains(where: { $0 == UInt8(ascii: "<") || $0 == UInt8(ascii: "&") }) else {
      return singleSpaced(text)
    }
    return singleSpaced(
      withoutTags(text).replacing("&nbsp;", with: " ").replacing("&amp;", with: "&"))
  }

  /// Each `<name …>` and `</name …>` becomes a space.
  private static func withoutTags(_ text: String) -> String {
    var result = ""
    var rest = text[...]
    while let open = rest.firstIndex(of: "<") {
      result += rest[..<open]
      if let end = endOfTag(rest[open...]) {
        result += " "
        rest = rest[end...]
      } else {
        result += "<"
        rest = rest[open...].dropFirst()
      }
    }
    return result + rest
  }

  /// - Parameter text: begins with `<`.
  private static func endOfTag(_ text: Substring) -> String.Index? {
    var rest = text.dropFirst()
    if rest.first == "/" { rest.removeFirst() }
    guard rest.first?.isLatinLetter == true,
      let end = rest.firstIndex(where: { $0 == "<" || $0 == ">" }), rest[end] == ">"
    else { return nil }
    return rest.index(after: end)
  }
}
