import Aggregate
import Organisations
import Statistics
import SurveyMapping

/// What a careful reader of the results ought to know, in plain sentences.
struct RunWarnings {
  let report: RunReport
  private var tally: Tally { report.tally }

  init(report: RunReport) { self.report = report }

  var texts: [String] {
    questionnaire + inputs + organisations + answers + raking
  }

  /// Weights beyond five times the mean are what survey practice trims by default.
  private var raking: [String] {
    guard let raking = tally.raking, let mean = tally.everybody.base.meanWeight,
      let most = ExactRatio(raking.most).divided(by: mean), most.approximation > 5
    else { return [] }
    return [
      "Raking gives some responses \(most.sixDecimals) times the mean weight; merge small categories, "
        + "or limit it with rake.trim. raking_summary.csv has the design effect."
    ]
  }

  private var questionnaire: [String] {
    let (model, observability) = (tally.shape.model, tally.shape.observability)
    var texts: [String] = []
    let unreachable = model.stages.dropFirst().filter { !observability.assessable[$0.number] }
    if !unreachable.isEmpty {
      let names = unreachable.map { "\($0.number) \($0.name)" }.joined(separator: ", ")
      texts.append("The questionnaire asks too little to assess these stages: \(names).")
    }
    let dropped = observability.assessableStages.flatMap { stage in
      zip(model.stages[stage].requires, observability.observableRequirements[stage])
        .filter { !$1 }.map { "\(stage)/\($0.0.id)" }
    }
    if !dropped.isEmpty {
      let verb = tally.shape.survey.thresholds.unobservable == .waive ? "waived" : "unknown"
      texts.append(
        "Requirements the questionnaire cannot observe, \(verb) for everybody: "
          + dropped.joined(separator: ", ") + ".")
    }
    let unasked = model.criteria.indices.filter { !observability.deniable[$0] }.count
    if unasked > 0 {
      texts.append(
        "\(unasked) of \(model.criteria.count) criteria cannot be denied by any question; their "
          + "share_lacking is empty. questionnaire_coverage.csv names them.")
    }
    return texts
  }

  private var inputs: [String] {
    var texts: [String] = []
    for input in report.inputs {
      if input.irregularities.quotesInUnquotedFields > 0 {
        texts.append(
          "\(input.source): \(input.irregularities.quotesInUnquotedFields) records hold a quote "
            + "inside an unquoted field; it was kept as text.")
      }
      if input.irregularities.textsAfterQuotes > 0 {
        texts.append(
          "\(input.source): \(input.irregularities.textsAfterQuotes) records hold text after a "
            + "closing quote; the quote was kept as text.")
      }
    }
    return texts + report.repeatedInputs.map(\.warning)
  }

  private var organisations: [String] {
    guard let found = tally.organisations else { return [] }
    let scored = found.organisations.count(where: \.score.isScored)
    var texts = [
      tally.shape.survey.unit == .organisation
        ? "All tables but the accounting count organisations: \(found.organisations.count), of "
          + "which \(scored) are scored."
        : "All tables but organisations.csv count respondents; 'unit: organisation' counts "
          + "organisations."
    ]
    if found.unnamed > 0 {
      texts.append("\(found.unnamed) responses name no organisation and are part of none.")
    }
    return texts
  }

  private var answers: [String] {
    if let disclosure = report.disclosure { return withheld(disclosure) }
    return zip(tally.shape.survey.questions, tally.unmapped).compactMap { question, unmapped in
      guard let answers = unmapped.texts else {
        return "Question \(question.id): \(unmapped.responses) responses hold answers that match "
          + "no term, in more than \(unmapped.limit) texts; --max-unmapped-texts lists more."
      }
      let total = answers.values.reduce(0, +)
      return total == 0
        ? nil
        : "Question \(question.id): \(total) answers (\(answers.count) texts) match no term; "
          + "see unmapped_answers.csv."
    }
  }

  /// What is said where numbers are withheld: texts that few gave are not counted.
  private func withheld(_ disclosure: Disclosure) -> [String] {
    let unmapped = zip(tally.shape.survey.questions, tally.unmapped)
      .filter { !disclosure.unmappedAnswers($1).isEmpty }
      .map { "Question \($0.0.id): some answers match no term; see unmapped_answers.csv." }
    return unmapped + [
      "Numbers that would tell of fewer than \(disclosure.minimum) responses are not published; "
        + "suppression.csv names them."
    ]
  }
}
