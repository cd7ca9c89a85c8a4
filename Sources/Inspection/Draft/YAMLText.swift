/// Texts of an export as comments and ids of a draft.
enum YAMLText {
  /// For a comment: one line, nothing that moves a cursor, not endless.
  static func comment(_ text: String, limit: Int = 90) -> String {
    TextLayout.shortened(TextShape.singleLine(text), limit)
  }

  /// A snake_case name made of a text's first words.
  static func id(_ text: String, words limit: Int, keepsAll: Bool = false) -> String {
    var words: [String] = []
    for word in QuestionWords(text).text.split(whereSeparator: { $0 == " " || $0 == "/" }) {
      let plain = word.filter { $0.isASCII && ($0.isLetter || $0.isNumber) }
      if plain.isEmpty || (!keepsAll && stopWords.contains(plain)) { continue }
      words.append(plain)
    }
    let id = words.prefix(limit).joined(separator: "_")
    guard let first = id.first else { return "question" }
    return String((first.isLetter ? id : "q_" + id).prefix(48))
  }

  private static let stopWords: Set = [
    "a", "an", "the", "of", "do", "does", "you", "your", "which", "what", "is", "are", "to", "in",
    "on", "at", "for", "following", "that", "apply", "all", "select", "or", "and", "with", "use",
    "used", "have", "has", "been", "please", "any", "currently", "using", "how", "check",
  ]
}
