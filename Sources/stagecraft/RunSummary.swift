import Aggregate
import Logging
import Publish
import Statistics

/// What a run says at its end: fates, distribution, ceiling, and what holds most people back.
struct RunSummary {
  let report: RunReport
  let directory: String
  private var tally: Tally { report.tally }

  init(report: RunReport, directory: String) {
    self.report = report
    self.directory = directory
  }

  func print(to logger: Logger, format: LogFormat) {
    switch format {
    case .text: StandardError.write(TerminalText.report(text))
    case .json:
      let fates = report.fates
      logger.info(
        "published",
        metadata: [
          "out": "\(directory)", "read": "\(count(fates.read))", "scored": "\(count(fates.scored))",
          "unscored": "\(count(fates.unscored))", "filtered": "\(count(fates.filteredInTotal))",
          "duplicate": "\(count(fates.duplicate))", "rejected": "\(fates.rejected)",
        ])
    }
  }

  private var text: String {
    // Where no stage can be assessed everybody is at 0, which says nothing about anybody.
    let canAssess = !tally.shape.observability.assessableStages.isEmpty
    let stages = canAssess ? distribution + [""] : []
    return ([fates, ""] + stages + ceiling + blockers + withheld + ["", "Results: \(directory)/"])
      .joined(separator: "\n") + "\n"
  }

  private var fates: String {
    let fates = report.fates
    return "\(count(fates.read)) records read: \(count(fates.scored)) scored, "
      + "\(count(fates.unscored)) unscored, \(count(fates.filteredInTotal)) filtered, "
      + "\(count(fates.duplicate)) duplicate, \(fates.rejected) rejected"
  }

  /// `-` for a number that is not published.
  private func count(_ number: UInt64?) -> String { number.map { "\($0)" } ?? "-" }

  private var withheld: [String] {
    guard let disclosure = report.disclosure else { return [] }
    return [
      "",
      "Numbers that would tell of fewer than \(disclosure.minimum) responses are withheld: see "
        + "suppression.csv.",
    ]
  }

  private var distribution: [String] {
    let base = tally.everybody.base
    let names = tally.shape.model.stages.map {
      tally.shape.observability.stageName($0.number, model: tally.shape.model)
    }
    let width = names.map(\.count).max() ?? 0
    return tally.shape.model.stages.map { stage in
      let name = names[stage.number]
      let here = tally.everybody.count(at: [stage.number])
      let label = "\(stage.number)  \(name)" + String(repeating: " ", count: width - name.count)
      guard let share = ExactRatio(here.weight, over: base.weight)?.approximation else {
        return label + "  -"
      }
      if !tally.shape.observability.assessable[stage.number] {
        return label + "     -  not assessable with this questionnaire"
      }
      if let disclosure = report.disclosure, !disclosure.shows(stage: stage.number) {
        return label + "     -  withheld"
      }
      let bar = String(repeating: "█", count: Int((share * 40).rounded()))
      return label + "  " + percent(share) + "  " + bar + (bar.isEmpty ? "" : " ")
        + "\(here.count)"
    }
  }

  /// `  7.5 %`, always six wide.
  private func percent(_ share: Double) -> String {
    let tenths = Int((share * 1000).rounded())
    let text = "\(tenths / 10).\(tenths % 10) %"
    return String(repeating: " ", count: max(0, 7 - text.count)) + text
  }

  private var ceiling: [String] {
    let (model, observability) = (tally.shape.model, tally.shape.observability)
    guard let top = observability.assessableStages.last else {
      return [
        "This questionnaire asks too little to assess any stage, so there is no distribution; gaps "
          + "and adoption are there. questionnaire_coverage.csv says what it asks."
      ]
    }
    var line = "Highest stage this questionnaire can confirm: \(top) \(model.stages[top].name)"
    if let above = model.stages.dropFirst(top + 1).first {
      let seen = observability.observableRequirements[above.number].count(where: \.self)
      line +=
        " (of stage \(above.number) it observes \(seen) of \(above.requires.count) requirements)"
    }
    var lines = [line + "."]
    let waived = observability.assessableStages.reduce(0) { sum, stage in
      sum + observability.observableRequirements[stage].count { !$0 }
    }
    if waived > 0 && tally.shape.survey.thresholds.unobservable == .waive {
      lines.append(
        "\(waived) requirements it cannot observe are waived for everybody: see "
          + "questionnaire_coverage.csv.")
    }
    return lines
  }

  /// The three requirements with most Shapley credit over all stages.
  private var blockers: [String] {
    let all = tally.shape.model.stages.dropFirst().flatMap { stage in
      stage.requires.indices.map { index in
        (stage, index, tally.unlock.requirement(index, of: stage.number))
      }
    }.filter { report.disclosure?.shows(requirement: $0.1, of: $0.0) ?? true }
    let most = all.filter { $0.2.blocked > 0 }
      .map { ($0, $0.2.shapley.approximation) }
      .sorted { $0.1 > $1.1 }
      .prefix(3)
    if most.isEmpty { return [] }
    return ["What holds most responses back:"]
      + most.map { item, _ in
        let (stage, index, requirement) = item
        let labels = stage.requires[index].anyOf.map { tally.shape.model.criteria[$0].label }
        return "  stage \(stage.number), \(labels.joined(separator: " or ")): blocks "
          + "\(requirement.blocked), \(requirement.sole) of them alone"
      }
  }
}
