import MaturityModel
import SurveyMapping

/// A small model with terms that are hard to tell apart, and surveys of one question.
enum FuzzedModel {
  static let model = read(
    """
    schema: stagecraft/model/1
    id: small
    version: 1.0.0
    title: Small
    stages:
      - {stage: 0, id: start, name: Not started}
      - {stage: 1, id: basics, name: Basics, requires: [{id: sheets, any_of: [spreadsheet]}]}
    criteria:
      - {id: spreadsheet, kind: tool, stage: 1, label: Spreadsheet, need: gate}
      - {id: dashboard, kind: tool, stage: 1, label: Dashboard, need: soft}
    terms:
      - {id: excel, kind: tool, label: Excel, aliases: [Microsoft Excel, x], proves: [spreadsheet]}
      - {id: editors, kind: tool, label: "Vim, Emacs, or similar"}
      - {id: vim, kind: tool, label: Vim, aliases: ["Vim, Emacs", "a;b", "a||b"], proves: [dashboard]}
      - {id: merged, kind: tool, label: BI or store, proves_one_of: [dashboard, spreadsheet]}

    """)

  private static func read(_ yaml: String) -> MaturityModel {
    do {
      return try MaturityModel(yaml: Array(yaml.utf8), source: "small.yaml")
    } catch {
      fatalError(error.messages.joined(separator: "\n"))
    }
  }

  /// - Parameter question: the rest of a flow mapping.
  static func survey(_ question: String) -> Survey {
    let yaml = """
      schema: stagecraft/survey/1
      id: small
      model: small
      questions: [{id: q, column: Q, asks: [spreadsheet, dashboard], \(question)}]

      """
    do {
      return try Survey(yaml: Array(yaml.utf8), source: "survey.yaml", model: model)
    } catch {
      fatalError(error.messages.joined(separator: "\n"))
    }
  }
}
