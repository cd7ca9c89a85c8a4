/// Answers whose meaning is the same in every questionnaire. All texts are folded.
enum AnswerWords {
  /// Words of questionnaires, nobody's own.
  static func isUsual(_ text: String) -> Bool {
    isOther(text) || isNone(text) || isNoise(text) || ScaleWords.direction(text) != nil
  }

  /// "Something that is not listed."
  static func isOther(_ text: String) -> Bool {
    text == "other" || text.hasPrefix("other (") || text.hasPrefix("other:")
      || text.hasPrefix("other,") || text.hasPrefix("other -") || text == "others"
      || text.hasPrefix("other please") || text == "-oth-" || text.contains("please specify")
      || text.contains("not listed above") || text == "something else" || others.contains(text)
  }

  /// German, French, Spanish, Portuguese.
  private static let others: Set = [
    "andere", "anderes", "andere:", "sonstige", "sonstiges", "autre", "autres", "otro", "otra",
    "otros", "otras", "outro", "outra", "outros", "outras",
  ]
  private static let nones: Set = [
    "none", "nothing", "nobody", "no / none", "none / no", "no", "no one",
    "nein", "keine", "keines", "keiner", "nichts", "non", "aucun", "aucune", "ninguno", "ninguna",
    "não", "nenhum", "nenhuma",
  ]

  /// "None of them": an answer that denies what was asked.
  static func isNone(_ text: String) -> Bool {
    if nones.contains(text) { return true }
    let beginnings = [
      "none of ", "none/", "none,", "no, ", "i do not use", "i don't use", "i have not used",
      "i haven't used", "i have never used", "we do not use", "we don't use", "we do not have",
      "we don't have", "we haven't", "we have not", "not using", "do not use", "don't use",
      "no, we ", "n/a - we do", "n/a we do", "we are not ", "never used",
      "keine davon", "keines davon", "keine der ", "nichts davon", "aucun de", "aucune de",
      "ninguno de", "ninguna de", "nenhum d", "nenhuma d",
    ]
    return beginnings.contains { text.hasPrefix($0) }
  }

  /// "I will not or cannot say": noise.
  static func isNoise(_ text: String) -> Bool {
    if ["n/a", "na", "not applicable", "?", "-", "unknown", "unsure", "not sure"].contains(text) {
      return true
    }
    let parts = [
      "prefer not to", "rather not", "i do not know", "i don't know", "don't know", "do not know",
      "no answer", "not sure", "cannot say", "can't say", "not applicable", "no opinion",
      "weiß nicht", "weiss nicht", "keine angabe", "nicht zutreffend", "je ne sais pas",
      "ne sait pas", "non applicable", "no sé", "no sabe", "no aplica", "não sei",
      "não se aplica",
    ]
    return parts.contains { text.contains($0) }
  }
}
