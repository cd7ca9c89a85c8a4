import Documents
import MaturityModel
import SurveyMapping

/// A ladder of two stages, for surveys to be mapped onto.
private let modelText = """
  schema: stagecraft/model/1
  id: small
  version: 1.0.0
  stages:
    - {stage: 0, id: start, name: Start}
    - {stage: 1, id: first, name: First, requires: [{id: git, any_of: [git]}]}
    - stage: 2
      id: second
      name: Second
      aliases: [Stage 2]
      requires:
        - {id: engineer, any_of: [engineer]}
        - {id: lead, any_of: [lead, engineer], at_least: 2}
        - {id: pipeline, any_of: [pipeline]}
  criteria:
    - {id: git, kind: tool, stage: 1, label: Version control, need: gate}
    - {id: engineer, kind: role, stage: 2, label: Engineer, need: gate}
    - {id: lead, kind: role, stage: 2, label: Lead, need: gate}
    - {id: pipeline, kind: tool, stage: 2, label: Pipeline, need: gate}
    - {id: lead_tool, kind: tool, stage: 2, label: Lead, need: gate, mirrors: lead}
    - {id: growth, kind: trigger, stage: 1, label: Growth, need: context}
  terms:
    - {id: git, kind: tool, label: Git, proves: [git]}
    - {id: boss, kind: role, label: Boss, proves: [lead]}

  """

func smallModel() throws -> MaturityModel {
  try MaturityModel(yaml: Array(modelText.utf8), source: "model.yaml")
}

/// A survey that has one of everything, to be edited by tests.
let smallSurvey = """
  schema: stagecraft/survey/1
  id: small-2024
  title: Small
  model: models/small.yaml
  source:
    vendor: kaggle
    delimiter: "\\t"
    encoding: windows-1252
    header_records: 3
    label_record: 2
    missing: [" NA ", -1]
  keep:
    - {id: finished, column: Status, in: [True, "Ja, fertig"], not_in: [Preview]}
  respondent: {id: Id, duplicates: last, weight: w}
  segments:
    - {id: country, column: Land, values: {"U.S.": USA, usa: USA}}
  metrics:
    - {id: team_size, column: Team, values: {"1-2": [1, 2], "20+": [20, null], five: 5, "?": ~}}
  self_assessed: {column: Own, values: {None yet: 0, Unsure: ~, Stage 2: 1}}
  questions:
    - id: tools
      columns: ["Tools_*", Extra]
      except: [Tools_B]
      style: options
      asks: [git, pipeline, git]
      ticked: [In use]
      none: [None, ""]
      other: [Other]
      ignore: [No comment]
      answers: {Git hosting: git, Both: [git, boss]}
    - {id: roles, column: Roles, style: list, separator: " , ", asks: [engineer], unselected: unknown}
    - {id: title, column: Title, style: choice, asks: [engineer]}
    - {id: lead, column: Lead, style: scale, criterion: lead, yes: [4, 5], no: [1, 2]}
    - {id: growth, column: Growth, style: scale, criterion: growth, yes: ["Yes"]}
  thresholds: {min_answered: 0.4, min_observable: 1, unobservable: unknown}

  """

/// The survey that `text` describes, for the small model.
func survey(_ text: String) throws -> Survey {
  try Survey(yaml: Array(text.utf8), source: "survey.yaml", model: smallModel())
}

/// The faults of a survey file for the small model, in its order; none if it is a survey.
func faults(ofSurvey text: String) throws -> [Fault] {
  let model = try smallModel()
  do {
    _ = try Survey(yaml: Array(text.utf8), source: "survey.yaml", model: model)
    return []
  } catch {
    return error.faults
  }
}
