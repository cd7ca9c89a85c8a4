import MaturityModel
import SurveyMapping

/// A small model: two stages, four criteria, terms that are hard to tell apart.
enum SmallLadder {
  static let yaml = """
    schema: stagecraft/model/1
    id: small
    version: 1.0.0
    title: Small
    stages:
      - {stage: 0, id: start, name: Not started}
      - stage: 1
        id: basics
        name: Basics
        aliases: [Stage one]
        requires: [{id: sheets, any_of: [spreadsheet]}]
      - stage: 2
        id: shared
        name: Shared
        requires: [{id: boards, any_of: [dashboard, warehouse]}]
    criteria:
      - {id: analyst, kind: role, stage: 1, label: Analyst, need: soft}
      - {id: spreadsheet, kind: tool, stage: 1, label: Spreadsheet, need: gate}
      - {id: dashboard, kind: tool, stage: 2, label: Dashboard, need: gate}
      - {id: warehouse, kind: tool, stage: 2, label: Warehouse, need: gate}
    terms:
      - {id: excel, kind: tool, label: Excel, aliases: [Microsoft Excel], proves: [spreadsheet]}
      - {id: looker, kind: tool, label: Looker, proves: [warehouse]}
      - {id: looker_studio, kind: tool, label: Looker Studio, proves: [dashboard]}
      - {id: editors, kind: tool, label: "Vim, Emacs, or similar"}
      - {id: vim, kind: tool, label: Vim, proves: [spreadsheet]}
      - {id: merged, kind: tool, label: BI or store, proves_one_of: [dashboard, warehouse]}
      - {id: analyst_title, kind: role, label: "Caf\u{E9} analyst", proves: [analyst]}
    """

  private static let read = Result {
    try MaturityModel(yaml: Array(yaml.utf8), source: "small.yaml")
  }

  static func model() throws -> MaturityModel { try read.get() }

  /// A survey with the given sections, in YAML.
  static func survey(_ sections: String) throws -> Survey {
    let text = "schema: stagecraft/survey/1\nid: small\nmodel: small\n" + sections
    return try Survey(yaml: Array(text.utf8), source: "survey.yaml", model: model())
  }

  /// A survey of one question over column `Q`, given as the rest of a flow mapping.
  static func survey(question: String) throws -> Survey {
    try survey("questions:\n  - {id: q, column: Q, \(question)}\n")
  }
}
