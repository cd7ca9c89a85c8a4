import Documents
import MaturityModel

/// A ladder of two stages that has one of everything, to be edited by tests.
let smallModel = """
  schema: stagecraft/model/1
  id: small
  version: 2.0
  stages:
    - {stage: 0, id: start, name: Start}
    - stage: 1
      id: first
      name: First
      aliases: [Stage 1]
      requires:
        - {id: git, any_of: [git]}
    - stage: 2
      id: second
      name: Second
      coverage: 0.75
      requires:
        - {id: people, any_of: [engineer, lead], at_least: 2}
        - {id: manager, any_of: [manager], applies_if: large}
  conditions:
    large:
      any:
        - {metric: team_size, above: 9.5, unless_known: share}
  criteria:
    - {id: git, kind: tool, stage: 1, label: Version control, need: gate}
    - {id: engineer, kind: role, stage: 2, label: Engineer, need: gate, absorbed_by: [lead]}
    - {id: lead, kind: role, stage: 2, label: Lead, need: soft, weight: 0.5, absorbed_by: [manager]}
    - {id: manager, ref: R2.3, kind: role, stage: 2, label: Manager, need: bonus, advice: Find one}
    - {id: lead_again, kind: tool, stage: 2, label: Lead, need: gate, mirrors: lead}
    - {id: growth, kind: trigger, stage: 1, label: Growth, need: context}
  terms:
    - {id: git_tool, kind: tool, label: Git, aliases: [GitHub], proves: [git]}
    - {id: hosted_git, kind: tool, label: Hosted git, aliases: [github], proves: [git]}
    - {id: boss, kind: role, label: Boss, proves_one_of: [lead, manager]}
  anti_patterns:
    - {id: lead_without_git, label: No git, when_present: [lead], when_absent: [git]}

  """

/// The faults of a model file, in its order; none if it is a model.
func faults(ofModel yaml: some Collection<UInt8>) -> [Fault] {
  do {
    _ = try MaturityModel(yaml: Array(yaml), source: "model.yaml")
    return []
  } catch {
    return error.faults
  }
}
