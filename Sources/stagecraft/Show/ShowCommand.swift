import ArgumentParser
import Documents
import Publish
import Report
import SystemCalls

struct ShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Show what a run published: stages, gaps, and what holds most back.",
    discussion: """
      EXAMPLES
        stagecraft show results
        stagecraft show results --by industry     the stages of each value of a segment
        stagecraft show results --stage 2         what those at stage 2 lack
        stagecraft show results --table unlock    any table, as wide as the terminal
      """)

  @Argument(
    help: ArgumentHelp("The directory that a run published.", valueName: "dir"),
    completion: .directory)
  var directory: String

  @Option(
    help: ArgumentHelp(
      "The values of a segment; with --table, only the rows of that segment.", valueName: "segment")
  )
  var by: String?

  @Option(
    help: ArgumentHelp(
      "Only those at this stage; with --table, only its rows.", valueName: "n"))
  var stage: Int?

  @Option(
    help: ArgumentHelp("Print a table, by its file's name without .csv.", valueName: "name"),
    completion: .list(TableSchema.all.map(\.name)))
  var table: String?

  @Option(help: "text to read, json for programs, complete.")
  var format: ReportFormat = .text

  @OptionGroup var screen: ScreenOptions
  @OptionGroup var messages: MessageOptions

  func run() throws {
    try messages.reportingFailures {
      let set = try opened()
      if let table {
        try writeOutput(try shown(table, set))
      } else {
        try writeOutput(try overview(set))
      }
    }
  }

  private func opened() throws(ShowFailure) -> PublishedSet {
    do {
      return try PublishedSet(path: directory)
    } catch {
      throw .set(error)
    }
  }

  private func overview(_ set: PublishedSet) throws(ShowFailure) -> String {
    let numbers: RunNumbers
    do {
      numbers = try set.numbers()
    } catch {
      throw .set(error)
    }
    if let stage, !numbers.stages.indices.contains(stage) {
      throw .noStage(stage, highest: numbers.stages.count - 1)
    }
    if let by, !numbers.segments.contains(where: { $0.id == by }) {
      throw .noSegment(by, known: numbers.segments.map(\.id))
    }
    switch format {
    case .json: return ShowDocument(set: set, numbers: numbers, segment: by, stage: stage).text
    case .text:
      let text = ShowText(
        set: set, numbers: numbers, screen: screen.screen(on: 1), directory: directory)
      return text.text(segment: by, stage: stage)
    }
  }

  private func shown(_ name: String, _ set: PublishedSet) throws(ShowFailure) -> String {
    let found: TableRows?
    do {
      found = try set.table(name)
    } catch {
      throw .set(error)
    }
    guard let found else { throw .noTable(name, known: set.tableNames) }
    let rows = try chosen(found, name)
    return switch format {
    case .json: ShowDocument.text(of: rows)
    case .text: TableText(rows: rows, screen: screen.screen(on: 1)).text
    }
  }

  /// The rows of the stage and of the segment, where these are asked for.
  private func chosen(_ table: TableRows, _ name: String) throws(ShowFailure) -> TableRows {
    var rows = table.rows
    if let stage {
      guard let place = table.columns.firstIndex(of: "stage") else {
        throw .noColumn("stage", table: name)
      }
      rows = rows.filter { $0[place].string == String(stage) }
    }
    if let by {
      guard let place = table.columns.firstIndex(of: "segment") else {
        throw .noColumn("segment", table: name)
      }
      let known = Set(rows.map { $0[place].string })
      if !known.contains(by) { throw .noSegment(by, known: known.sorted()) }
      rows = rows.filter { $0[place].string == by }
    }
    return TableRows(columns: table.columns, rows: rows)
  }
}

/// Why nothing can be shown.
enum ShowFailure: Error {
  case set(PublishedSetFailure)
  case noSegment(String, known: [String])
  case noTable(String, known: [String])
  case noStage(Int, highest: Int)
  /// The table is not made by stage, or by segment.
  case noColumn(String, table: String)
}
