import MaturityModel

/// Questions about the respondent's surroundings: segments, metrics, self-assessment.
enum ContextWords {
  /// The segments that are drafted, in this order.
  static let segments = ["country", "industry", "company_size"]

  static func isSegment(_ id: String, _ words: QuestionWords) -> Bool {
    switch id {
    case "country":
      words.containsAny([
        "country", "geographic location", "which region", "in which country", "where are you based",
        "where do you live", "where is your company", "location of your", "geography",
        "in welchem land", "quel pays", "qué país", "que país",
        "qual país",
      ]) && !words.containsAny(["country code", "other countries"])
    case "industry":
      words.containsAny([
        "industry", "industries", "sector", "vertical", "branche", "secteur*", "setor",
      ])
    case "company_size": isCompanySize(words)
    default: false
    }
  }

  private static func isCompanySize(_ words: QuestionWords) -> Bool {
    if isTeamSize(words) { return false }
    return words.containsAny([
      "company size", "org size", "organization size", "organisation size", "size of the company",
      "size of your company*", "size of your organization", "size of your organisation",
      "size of your employer", "number of employees", "how many employees", "employees does your",
      "how many people work", "how large is your", "how big is your", "people are employed",
      "employees work", "unternehmensgröße", "größe ihres unternehmens", "wie viele mitarbeiter*",
      "anzahl der mitarbeiter*", "taille de votre entreprise", "combien de salariés",
      "nombre d employés", "combien d employés", "tamaño de su empresa", "cuántos empleados",
      "número de empleados", "tamanho da sua empresa", "quantos funcionários",
      "número de funcionários",
    ])
  }

  static func isTeamSize(_ words: QuestionWords) -> Bool {
    words.containsAny([
      "team size", "size of your team", "how many people are in your team", "data team",
      "analytics team", "how many individuals are responsible", "people work with data",
      "individuals are responsible", "people are responsible", "size of the team",
      "data science team", "how large is your team", "how many people are on your team",
    ]) && !words.contains("server*")
  }

  static func isLogisticsShare(_ words: QuestionWords) -> Bool {
    words.containsAny(["logistics", "coordination", "meetings", "hand overs", "handovers"])
      && words.containsAny(["percent*", "share of", "how much of", "%", "proportion"])
  }

  /// Whether respondents place their employer's practice themselves.
  static func isSelfAssessment(_ words: QuestionWords) -> Bool {
    if words.containsAny(["reifegrad", "maturité", "madurez", "maturidade"]) { return true }
    return words.containsAny([
      "machine learning", "ml", "ai", "data science", "analytics", "mlops", "data maturity",
    ])
      && words.containsAny([
        "incorporate", "adopt*", "maturity", "mature", "which stage", "what stage", "stage of",
        "how advanced", "how far", "level of",
      ])
  }
}

/// Reads the bands of size questions: `1-2`, `20+`, `more than 5,000 employees`.
enum BandText {
  /// The closed band, as the survey file writes it: `[1, 2]`, `[20, null]`, `0`; nil where the text
  /// is none.
  static func band(_ folded: String) -> String? {
    let text = folded.replacing(",", with: "").replacing(/^\$/, with: "")
    let numbers = text.matches(of: /\d+(?:\.\d+)?/).map { String($0.output) }
    let words = text.replacing(/\d+(?:\.\d+)?/, with: "#").split(separator: " ")
      .filter { !units.contains(String($0)) }.joined(separator: " ")
    switch (words, numbers.count) {
    case ("#", 1), ("# %", 1), ("#%", 1): return numbers[0]
    case ("#-#", 2), ("# - #", 2), ("# to #", 2), ("between # and #", 2), ("#%-#%", 2),
      ("#-#%", 2):
      return "[\(numbers[0]), \(numbers[1])]"
    case ("#+", 1), ("# +", 1), ("# or more", 1), (">= #", 1), ("at least #", 1), (">=#", 1):
      return "[\(numbers[0]), null]"
    case ("more than #", 1), ("over #", 1), (">#", 1), ("> #", 1), ("above #", 1):
      return Int(numbers[0]).map { "[\($0 + 1), null]" }
    case ("less than #", 1), ("fewer than #", 1), ("<#", 1), ("< #", 1), ("under #", 1):
      return Int(numbers[0]).map { "[0, \(max(0, $0 - 1))]" }
    default: return nil
    }
  }

  private static let units: Set = ["employees", "people", "persons", "members", "individuals"]
}
