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
      let accounting = tally.totalAccounting
      logger.info(
        "published",
        metadata: [
          "out": "\(directory)", "read": "\(accounting.read)", "scored": "\(accounting.scored)",
          "unscored": "\(accounting.unscored)", "filtered": "\(accounting.filteredInTotal)",
          "duplicate": "\(accounting.duplicate)", "rejected": "\(accounting.rejected)",
        ])
    }
  }

  private var text: String {
    let numbers = RunNumbers(tally, tables: ResultTables(tally: tally).all)
    let picture = RunPicture(
      numbers: numbers, screen: screen,
      waivesUnobservable: tally.shape.survey.thresholds.unobservable == .waive)
    let blockers = picture.unlock(at: nil, most: 3)
    let heldBack = blockers.isEmpty ? [] : ["", picture.heading("What holds most back")] + blockers
    let stages = picture.distribution
    return
      (fates(numbers) + [""] + stages + (stages.isEmpty ? [] : [""]) + picture.ceiling
      + heldBack + [""] + whatNext(numbers))
      .joined(separator: "\n") + "\n"
  }

  private func fates(_ numbers: RunNumbers) -> [String] {
    let read = numbers.about.fates.reduce(0) { $0 + $1.count }
    let fates = numbers.about.fates.map { "\($0.count) \($0.name)" }
    var text = "\(read) records read: " + fates.joined(separator: ", ")
    if let organisations = tally.organisations, tally.shape.survey.unit == .organisation {
      text += "; put together to \(organisations.organisations.count) organisations"
    }
    return screen.wrapped(text)
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
