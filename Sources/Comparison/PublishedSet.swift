import Documents
import Publish
import Statistics
import SystemCalls

/// What a comparison needs of a published set.
package struct PublishedSet: Sendable {
  package let path: String
  package private(set) var about = RunFacts()
  package private(set) var groups: [Group] = []
  package private(set) var stageNames: [String] = []
  package private(set) var assessable: [Bool] = []
  package private(set) var criteria: [Criterion] = []
  /// Stage and id of each requirement, with the criteria of which it asks one.
  package private(set) var requirements: [String: String] = [:]

  /// The responses of one segment value, or all of them.
  package struct Group: Sendable {
    package let segment: String
    package let value: String
    package let count: Double?
    package let effectiveSize: Double?
    package let weight: Double?
    /// Per stage; nil where the number is hidden.
    package fileprivate(set) var counts: [Double?] = []
    package fileprivate(set) var weights: [Double?] = []
  }

  package struct Criterion: Sendable {
    package let id: String
    package let label: String
    package let kind: String
    package let stage: String
    package let need: String
    package let isObservable: Bool
    package let questions: String
    package fileprivate(set) var gap: Gap?
  }

  /// Who lacks a criterion, of all scored responses of which it is known.
  package struct Gap: Sendable {
    package let known: Double
    package let lacking: Double
    package let observed: ObservedShare
    package let interval: ShareInterval
  }

  /// - Throws: ``ComparisonFailure``.
  package init(path: String) throws(ComparisonFailure) {
    self.path = path
    about = try RunFacts(path: path)
    try readStages()
    try readCriteria()
  }

  func file(_ table: String) -> String { path + "/" + table + ".csv" }

  package var isWeighted: Bool {
    groups.contains { group in
      group.weight != group.count || group.effectiveSize.map { $0 != group.count } ?? false
    }
  }

  package var hasRespondents: Bool {
    ((try? SystemCalls.fileStatus(path + "/" + OutputNames.respondents)) ?? nil) != nil
  }

  private mutating func readStages() throws(ComparisonFailure) {
    var groups: [Group] = []
    var stages: [(name: String, isAssessable: Bool)] = []
    try PublishedRows.read(file("stage_distribution")) { row in
      if groups.last?.segment != row["segment"] || groups.last?.value != row["segment_value"] {
        groups.append(
          Group(
            segment: row["segment"], value: row["segment_value"], count: row.number("base_n"),
            effectiveSize: row.number("n_effective"), weight: row.number("base_weighted")))
      }
      groups[groups.count - 1].counts.append(row.number("n"))
      groups[groups.count - 1].weights.append(row.number("weighted"))
      if groups.count == 1 { stages.append((row["stage_name"], row["assessable"] == "true")) }
      return true
    }
    guard let all = groups.first, all.segment == "all",
      groups.allSatisfy({ $0.counts.count == all.counts.count })
    else { throw .damaged(path: file("stage_distribution")) }
    self.groups = groups
    (stageNames, assessable) = (stages.map(\.name), stages.map(\.isAssessable))
  }

  private mutating func readCriteria() throws(ComparisonFailure) {
    var criteria: [Criterion] = []
    try PublishedRows.read(file("questionnaire_coverage")) { row in
      criteria.append(
        Criterion(
          id: row["criterion"], label: row["label"], kind: row["kind"], stage: row["stage"],
          need: row["need"], isObservable: row["observable"] == "true",
          questions: row["questions"]))
      return true
    }
    var requirements: [String: String] = [:]
    try PublishedRows.read(file("unlock")) { row in
      requirements["\(row["stage"])/\(row["requirement"])"] = row["any_of"]
      return true
    }
    var gaps: [String: Gap] = [:]
    let isWeighted = isWeighted
    for table in ["role_gaps", "tool_gaps"] {
      try PublishedRows.read(file(table)) { row in
        if row["segment"] != "all" { return false }
        if row["stage"] == "all" { gaps[row["criterion"]] = Gap(row, isWeighted: isWeighted) }
        return true
      }
    }
    for index in criteria.indices { criteria[index].gap = gaps[criteria[index].id] }
    (self.criteria, self.requirements) = (criteria, requirements)
  }
}

extension PublishedSet.Gap {
  /// Nil where there is no share, because nobody is known or it is hidden.
  fileprivate init?(_ row: PublishedRows.Row, isWeighted: Bool) {
    guard let yes = row.number("yes"), let lacking = row.number("lacking"), yes + lacking > 0,
      let share = row.number("share_lacking"), let low = row.number("share_low"),
      let high = row.number("share_high")
    else { return nil }
    let interval = ShareInterval(low: low, high: high)
    // The effective size of those who are known is not published; their interval tells it.
    let observed =
      isWeighted
      ? ObservedShare(share: share, wilson: interval)
      : ObservedShare(share: lacking / (yes + lacking), size: yes + lacking)
    guard let observed else { return nil }
    self.init(
      known: yes + lacking, lacking: lacking, observed: observed,
      interval: isWeighted ? interval : observed.wilson)
  }
}

/// What `run.json` says of a run.
package struct RunFacts: Sendable {
  package private(set) var program = ""
  package private(set) var model = ""
  package private(set) var modelVersion = ""
  package private(set) var survey = ""
  /// What is counted; sets that do not say so count respondents.
  package private(set) var unit = "respondent"
  package private(set) var unobservable = ""
  package private(set) var read = ""
  package private(set) var scored = ""
  package private(set) var filters: [String] = []
  package private(set) var fingerprints: [String] = []
  /// Per stage from 1 on, the requirements that the questionnaire cannot observe.
  package private(set) var unobserved: [[String]] = []

  init() {}

  init(path: String) throws(ComparisonFailure) {
    let file = path + "/" + OutputNames.run
    let isThere = ((try? SystemCalls.fileStatus(file)) ?? nil) != nil
    if !isThere { throw .notASet(path: path) }
    let bytes: [UInt8]
    do {
      bytes = try SystemCalls.wholeFile(file, limit: documentByteLimit)
    } catch {
      throw .cannotRead(error)
    }
    do throws(DocumentFaults) {
      self = try DocumentReader.read(bytes, source: file) { RunFacts(document: $0) }
    } catch {
      throw .damaged(path: file)
    }
    if model.isEmpty || !isRunReport { throw .damaged(path: file) }
  }

  private var isRunReport = false

  private init(document: DocumentValue) {
    let top = members(document)
    isRunReport = text(top["schema"]).hasPrefix("stagecraft/run/")
    program = text(members(top["stagecraft"])["version"])
    let modelParts = members(top["model"])
    (model, modelVersion) = (text(modelParts["id"]), text(modelParts["version"]))
    let surveyParts = members(top["survey"])
    survey = text(surveyParts["id"])
    if let given = surveyParts["unit"] { unit = text(given) }
    let accounting = members(top["accounting"])
    (read, scored) = (text(accounting["read"]), text(accounting["scored"]))
    filters = members(accounting["filtered_by"]).keys.sorted()
    fingerprints = (top["inputs"]?.listItems ?? []).map {
      text(members($0)["xxh3_128_per_256_kib"])
    }
    let questionnaire = members(top["questionnaire"])
    unobservable = text(questionnaire["unobservable"])
    unobserved = (questionnaire["stages"]?.listItems ?? []).map { stage in
      (members(stage)["not_observable"]?.listItems ?? []).map { $0.text() }
    }
  }
}

private func members(_ value: DocumentValue?) -> [String: DocumentValue] {
  guard let value, !value.isScalar, value.listItems == nil else { return [:] }
  return Dictionary(value.entries().map { ($0.key, $0.value) }) { first, _ in first }
}

private func text(_ value: DocumentValue?) -> String {
  guard let value, value.isScalar, !value.isNull else { return "" }
  return value.text()
}
