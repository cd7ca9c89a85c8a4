import TextFolding

/// What a question is after, as far as its words tell. Only what exists or is used is evidence.
package enum QuestionIntent: String, Sendable {
  /// What is there, is done or is used.
  case use
  /// The respondent's own title: it proves a role and never denies one.
  case ownTitle = "own_title"
  /// Hopes, plans and wishes.
  case plan
  /// Challenges, reasons, opinions, favourites.
  case opinion
  /// What people learn, read, publish or were trained in.
  case learning

  /// Words that leave a question out, in words for people.
  var reason: String? {
    switch self {
    case .use, .ownTitle: nil
    case .plan: "asks about plans and wishes, which are no evidence"
    case .opinion: "asks about challenges, reasons or opinions, which are no evidence"
    case .learning: "asks what people learn, read or publish, which is no evidence of use"
    }
  }
}

/// The words of a question, made comparable: `LanguageWantToWorkWith` is four words.
struct QuestionWords: Sendable {
  /// Lower case, single spaces, a space at both ends.
  let text: String

  init(_ texts: String...) {
    var words = " "
    for text in texts { words += QuestionWords.words(text) }
    text = words
  }

  private static func words(_ text: String) -> String {
    var result = ""
    var wasSmall = false
    for character in TextFolding.trim(text) {
      if character.isUppercase, wasSmall { result.append(" ") }
      wasSmall = character.isLowercase
      result.append(character.isLetter || character.isNumber || character == "/" ? character : " ")
    }
    return result.lowercased().split(separator: " ").joined(separator: " ") + " "
  }

  /// Whole words; a phrase that ends in `*` may go on.
  func contains(_ phrase: String) -> Bool {
    phrase.hasSuffix("*")
      ? text.contains(" " + phrase.dropLast()) : text.contains(" " + phrase + " ")
  }

  func containsAny(_ phrases: [String]) -> Bool { phrases.contains(where: contains) }

  var intent: QuestionIntent {
    if containsAny(QuestionWords.plans) { return .plan }
    if containsAny(QuestionWords.opinions) { return .opinion }
    if containsAny(QuestionWords.learning), !containsAny(QuestionWords.modelTraining) {
      return .learning
    }
    return containsAny(QuestionWords.titles) ? .ownTitle : .use
  }

  private static let plans = [
    "next 2 years", "next two years", "next 12 months", "in the next", "next year", "hope to",
    "hoping to", "plan to", "planning to", "do you plan", "plan on", "want to", "would like",
    "would you like",
    "intend to", "interested in", "in the future", "admired", "admire", "become more familiar",
    "wish to", "wish for", "desire*", "anticipate*", "foresee", "expect to",
    // German, French, Spanish, Portuguese; so in the lists below.
    "planen", "geplant", "in den nächsten", "möchten", "künftig*", "zukünftig*", "wünschen",
    "prévoyez", "prévu*", "envisagez", "souhait*", "aimeriez", "dans les prochain*", "à l avenir",
    "planea*", "tiene previsto", "gustaría", "en los próximos", "en el futuro", "desea*",
    "planeja*", "pretende*", "gostaria", "nos próximos", "no futuro", "deseja*",
  ]
  private static let opinions = [
    "challenge*", "barrier*", "blocker*", "obstacle*", "concern*", "benefit*", "reason*", "why",
    "recommend*", "advantage*", "disadvantage*", "favorite", "favourite", "prefer", "preferred",
    "satisf*", "opinion*", "difficult*", "trust", "frustrat*", "missing", "expectation*",
    "most important", "least important",
    "herausforderung*", "hürde*", "hinderniss*", "gründe", "warum", "vorteil*", "nachteil*",
    "bevorzug*", "zufrieden*", "meinung*", "schwierig*", "empfehl*", "wichtigste*",
    "défi*", "frein*", "pourquoi", "raison*", "avantage*", "inconvénient*", "préfér*", "avis",
    "difficulté*", "recommand*",
    "desafío*", "retos", "obstáculo*", "barrera*", "por qué", "razones", "motivos", "ventaja*",
    "desventaja*", "prefiere*", "preferid*", "dificultad*", "recomienda*", "opinión",
    "desafio*", "barreira*", "por que", "razões", "vantage*", "desvantage*", "prefere",
    "dificuldade*", "recomenda*", "opinião",
  ]
  private static let learning = [
    "to learn", "learn to", "learn first", "learn code", "did you learn", "learned", "learnt",
    "courses", "course", "training", "trainings", "certification*", "media sources", "publicly",
    "publish", "published", "heard of", "familiar with", "aware of", "awareness",
    "public dataset*", "where do you find", "where did you hear",
    "learning platform*", "keep up", "stay up to date",
    "gelernt", "lernen sie", "weiterbildung*", "schulung*", "zertifizierung*", "kurse",
    "appris", "formation", "formations", "entendu parler",
    "aprendió", "aprender", "cursos", "formación", "certificación*", "oído hablar",
    "aprendeu", "formação", "certificaç*", "ouviu falar",
  ]
  /// Here it is a machine that learns.
  private static let modelTraining = [
    "training machine learning", "training ml", "training models", "training of models",
    "model training", "training deep learning",
  ]
  private static let titles = [
    "your role", "your current role", "your primary role", "your main role", "your title",
    "your job", "job title", "job function", "job role", "your occupation", "your position",
    "your profession", "dev type", "devtype", "what do you do", "describes you", "describe you",
    "current role", "your function", "your area of work", "role",
    "ihre rolle", "deine rolle", "ihre position", "ihre funktion", "ihr beruf", "ihre tätigkeit",
    "berufsbezeichnung", "stellenbezeichnung",
    "votre rôle", "votre poste", "votre fonction", "votre métier", "votre profession",
    "intitulé de poste", "intitulé de votre poste",
    "su rol", "tu rol", "su puesto", "tu puesto", "su cargo", "su función", "su profesión",
    "seu cargo", "sua função", "seu papel", "sua posição", "sua profissão",
  ]
}
