extension String {
  /// The text with other texts in place of some scalars.
  ///
  /// By scalars, not by characters: a `<` or a quote with a combining mark behind it is one character,
  /// and means to a format what it always means.
  func replacingScalars(_ replacements: [Unicode.Scalar: String]) -> String {
    var result = ""
    for scalar in unicodeScalars {
      if let replacement = replacements[scalar] {
        result += replacement
      } else {
        result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
