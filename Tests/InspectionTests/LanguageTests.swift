import Inspection
import StagecraftTestSupport
import SurveyMapping
import Testing

/// Questionnaires in German, French, Spanish and Portuguese.
struct LanguageTests {
  private let scratch: ScratchDirectory

  init() throws { scratch = try ScratchDirectory() }

  private func draft(_ header: String, _ records: [String]) throws -> SurveyDraft {
    let lines = [header] + Array(repeating: records, count: 6).flatMap(\.self)
    return try SurveyDraft(
      try inspect(lines.joined(separator: "\n") + "\n", scratch: scratch),
      modelReference: "mlops-maturity")
  }

  @Test(arguments: [
    ("Welche Werkzeuge setzen Sie ein?", "Welche Werkzeuge planen Sie einzusetzen?"),
    ("Quels outils utilisez-vous ?", "Quels outils souhaitez-vous utiliser ?"),
    ("¿Qué herramientas utiliza?", "¿Qué herramientas le gustaría utilizar?"),
    ("Quais ferramentas você usa?", "Quais ferramentas você pretende usar?"),
  ])
  func plansAreLeftOut(use: String, plan: String) throws {
    let draft = try draft(
      "\(use),\(plan)", ["Jenkins;GitLab CI,Docker;Jenkins", "GitLab CI,Jenkins;Docker"])
    #expect(draft.survey.questions.map(\.columns) == [[use]])
    #expect(draft.yaml.contains("plans and wishes"))
  }

  @Test(arguments: [
    "Was ist Ihre Position?", "Quel est votre poste dans l'entreprise ?", "¿Cuál es su puesto?",
    "Qual é o seu cargo na empresa?",
  ])
  func theRespondentsOwnTitleDeniesNothing(question: String) throws {
    let draft = try draft("\(question),x", ["Data Engineer,1", "Data Scientist,2"])
    #expect(draft.survey.questions.first?.style == .choice)
    #expect(draft.survey.questions.first?.asks.isEmpty == true)
  }

  @Test(arguments: [
    ("Sonstiges", "Keine davon"), ("Autre", "Aucun de ces outils"), ("Otro", "Ninguno de ellos"),
    ("Outro", "Nenhum destes"),
  ])
  func otherAndNoneAreToldApart(other: String, none: String) throws {
    let draft = try draft(
      "Tools,x", ["Jenkins;\(other),1", "GitLab CI;Jenkins,2", "\(none),3"])
    let question = try #require(draft.survey.questions.first)
    #expect(question.other == [other.lowercased()])
    #expect(question.none == [none.lowercased()])
  }

  @Test(arguments: [
    ("Ja", "Nein"), ("Tout à fait d'accord", "Pas d'accord"), ("De acuerdo", "En desacuerdo"),
    ("Concordo", "Discordo"),
  ])
  func agreementIsAScale(yes: String, no: String) throws {
    let draft = try draft("Version control,x", ["\(yes),1", "\(no),2"])
    let question = try #require(draft.survey.questions.first)
    #expect(question.style == .scale)
    #expect(question.yes == [yes.lowercased()])
    #expect(question.no == [no.lowercased()])
  }
}
