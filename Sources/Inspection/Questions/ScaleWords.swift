/// Words of agreement, frequency and consent, and which way they point.
enum ScaleWords {
  enum Direction {
    case yes, no, neither
  }

  private static let yes: Set = [
    "yes", "y", "true", "agree", "strongly agree", "somewhat agree", "completely agree",
    "totally agree", "fully agree", "always", "often", "very often", "usually", "mostly",
    "frequently", "definitely", "fully", "daily", "weekly", "good", "very good", "excellent",
    "satisfied", "very satisfied", "high", "very high", "important", "very important", "likely",
    "very likely",
    // German, French, Spanish, Portuguese; so in the lists below.
    "ja", "stimme zu", "stimme voll zu", "stimme voll und ganz zu", "stimme eher zu", "trifft zu",
    "trifft voll zu", "trifft eher zu", "immer", "oft", "häufig",
    "oui", "d'accord", "tout à fait d'accord", "plutôt d'accord", "toujours", "souvent",
    "sí", "de acuerdo", "totalmente de acuerdo", "siempre", "a menudo",
    "sim", "concordo", "concordo totalmente", "concordo parcialmente", "sempre",
    "frequentemente",
  ]
  private static let no: Set = [
    "no", "n", "false", "disagree", "strongly disagree", "somewhat disagree",
    "completely disagree", "totally disagree", "never", "not at all", "rarely", "seldom", "bad",
    "very bad", "poor", "very poor", "dissatisfied", "very dissatisfied", "not important",
    "unlikely", "very unlikely", "low", "very low",
    "nein", "stimme nicht zu", "stimme eher nicht zu", "stimme überhaupt nicht zu",
    "trifft nicht zu", "trifft eher nicht zu", "trifft überhaupt nicht zu", "nie", "selten",
    "non", "pas d'accord", "plutôt pas d'accord", "pas du tout d'accord", "jamais", "rarement",
    "en desacuerdo", "totalmente en desacuerdo", "nunca", "rara vez",
    "não", "discordo", "discordo totalmente", "discordo parcialmente", "raramente",
  ]
  private static let neither: Set = [
    "neutral", "neither agree nor disagree", "neither agree or disagree", "sometimes",
    "occasionally", "maybe", "partially",
    "partly", "somewhat", "undecided", "not sure", "unsure", "i don't know", "i do not know",
    "don't know", "n/a", "not applicable", "fair", "average", "medium", "moderate", "monthly",
    "neither",
    "teils teils", "teils/teils", "teils, teils", "manchmal", "weiß nicht",
    "ni d'accord ni pas d'accord", "parfois",
    "ne sait pas", "ni de acuerdo ni en desacuerdo", "a veces", "no sé",
    "nem concordo nem discordo", "às vezes", "não sei",
  ]

  /// The direction of a folded text; nil where it is no word of a scale.
  ///
  /// `Yes - proactive` and `No, and I don't plan to` point where their first word does.
  static func direction(_ folded: String) -> Direction? {
    if yes.contains(folded) { return .yes }
    if no.contains(folded) { return .no }
    if neither.contains(folded) { return .neither }
    for mark in [" -", ",", ":", " (", "."] {
      guard let range = folded.firstRange(of: mark) else { continue }
      let first = folded[..<range.lowerBound]
      if first == "yes" { return .yes }
      if first == "no" { return .no }
    }
    return nil
  }

  /// A word that points somewhere, or a whole number up to 10.
  static func isScale(_ folded: String) -> Bool {
    direction(folded) != nil || Int(folded).map((0...10).contains) == true
  }

  /// Some agree and disagree, or say yes and no: something to affirm or to deny.
  static func affirmsAndDenies(_ texts: some Sequence<String>) -> Bool {
    let directions = texts.compactMap(direction)
    return directions.contains(.yes) && directions.contains(.no)
  }
}
