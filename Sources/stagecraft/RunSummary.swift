import Aggregate
import Logging
import Publish
import Report

/// What a run says at its end: fates, distribution, ceiling, and what holds most people back.
struct RunSummary {
  let report: RunReport
  let directory: String
  let screen: Screen
  private var tally: Tally { report.tally }

  init(report: RunReport, directory: String, screen: Screen) {
    self.report = report
    self.directory = directory
    self.screen = screen
  }

  func print(to logger: Logger, format: LogFormat) {
    switch format {
    case .text: StandardError.write(text)
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
    let tables = ResultTables(tally: tally, disclosure: report.disclosure).all
    let numbers = RunNumbers(
      tally, report.fates, minimum: report.disclosure?.minimum, tables: tables)
    let picture = RunPicture(
      numbers: numbers, screen: screen,
      waivesUnobservable: tally.shape.survey.thresholds.unobservable == .waive)
    let blockers = picture.unlock(at: nil, most: 3)
    let heldBack = blockers.isEmpty ? [] : ["", picture.heading("What holds most back")] + blockers
    let stages = picture.distribution
    return
      (fates + [""] + stages + (stages.isEmpty ? [] : [""]) + picture.ceiling
      + heldBack + withheld + [""] + whatNext(numbers))
      .joined(separator: "\n") + "\n"
  }

  private var fates: [String] {
    let fates = report.fates
    var text =
      "\(count(fates.read)) records read: \(count(fates.scored)) scored, "
      + "\(count(fates.unscored)) unscored, \(count(fates.filteredInTotal)) filtered, "
      + "\(count(fates.duplicate)) duplicate, \(fates.rejected) rejected"
    if let organisations = tally.organisations, tally.shape.survey.unit == .organisation {
      text += "; put together to \(organisations.organisations.count) organisations"
    }
    return screen.wrapped(text)
  }

  /// `-` for a number that is not published.
  private func count(_ number: UInt64?) -> String { number.map { "\($0)" } ?? "-" }

  private var withheld: [String] {
    guard let disclosure = report.disclosure else { return [] }
    return [""]
      + screen.wrapped(
        "Numbers that would tell of fewer than \(disclosure.minimum) responses are withheld: see "
          + "suppression.csv.")
  }

  /// The last line is where the results are.
  private func whatNext(_ numbers: RunNumbers) -> [String] {
    let place = TerminalText.line(directory)
    var lines: [String] = []
    if let segment = numbers.segments.first?.id {
      lines.append("By segment: stagecraft show \(place) --by \(TerminalText.line(segment))")
    }
    return lines + ["Results: \(place)/"]
  }
}
