import Publish
import Report

/// A published run for people.
struct ShowText {
  let set: PublishedSet
  let picture: RunPicture
  let directory: String
  private var numbers: RunNumbers { picture.numbers }
  private var screen: Screen { picture.screen }

  init(set: PublishedSet, numbers: RunNumbers, screen: Screen, directory: String) {
    self.set = set
    self.directory = directory
    picture = RunPicture(
      numbers: numbers, screen: screen,
      waivesUnobservable: set.run.questionnaire.unobservable == "waive")
  }

  func text(segment: String?, stage: Int?) -> String {
    let parts =
      if let segment { [header, bySegment(segment, stage)] } else { overview(stage) }
    return parts.filter { !$0.isEmpty }.map { $0.joined(separator: "\n") }
      .joined(separator: "\n\n") + "\n"
  }

  private func overview(_ stage: Int?) -> [[String]] {
    let gaps = picture.gaps(at: stage)
    let unlock = picture.unlock(at: stage, most: stage == nil ? 8 : Int.max)
    let distribution = stage == nil ? [picture.distribution, picture.ceiling] : []
    let at = stage.map { " of those at " + TerminalText.line(numbers.stageTitle($0)) } ?? ""
    return [header] + distribution + [
      titled(stage == nil ? "What they lack of the next stage" : "What is lacking" + at, gaps),
      titled(stage == nil ? "What holds most back" : "What holds back most" + at, unlock),
      stage == nil ? more : [],
    ]
  }

  private func titled(_ title: String, _ lines: [String]) -> [String] {
    lines.isEmpty ? [] : [picture.heading(title)] + lines
  }

  private func bySegment(_ id: String, _ stage: Int?) -> [String] {
    let groups = numbers.segments.first { $0.id == id }?.groups ?? []
    guard let stage else { return picture.segment(groups, name: id) }
    return titled(
      "At stage " + TerminalText.line(numbers.stageTitle(stage)),
      picture.segment(groups, name: id, stage: stage))
  }

  private var header: [String] {
    let run = set.run
    let fates = run.accounting.fates.map { "\(picture.count($0.count)) \($0.name)" }.joined(
      separator: ", ")
    let time = run.finishedAt.replacing("T", with: " ").replacing("Z", with: " UTC")
    let weighted = numbers.everybody?.isWeighted == true ? " Shares are weighted." : ""
    return [picture.heading(screen.shortened(TerminalText.line(set.title), to: screen.width))]
      + screen.wrapped(
        TerminalText.line(
          "Model \(run.model.id) \(run.model.version), run of \(time), "
            + "stagecraft \(run.stagecraft.version)."))
      + screen.wrapped("\(picture.count(run.accounting.read)) records read: \(fates).\(weighted)")
  }

  private var more: [String] {
    let segments = numbers.segments.map { "\($0.id) (\($0.groups.count))" }
    var lines: [String] = []
    if !segments.isEmpty {
      lines += screen.wrapped(
        "--by: " + TerminalText.line(segments.joined(separator: ", ")), indent: 2)
    }
    if numbers.stages.count > 1 {
      lines += screen.wrapped("--stage: 0 to \(numbers.stages.count - 1)", indent: 2)
    }
    return lines
      + screen.wrapped(
        "--table: " + TerminalText.line(set.tableNames.joined(separator: ", ")), indent: 2)
  }
}

/// A published table as it is, for people.
struct TableText {
  let rows: TableRows
  let screen: Screen

  var text: String {
    let turned = rows.rows.count < rows.columns.count / 3 ? turnedTable : plainTable
    let (lines, left) = turned.drawn(on: screen)
    let note =
      left.isEmpty
      ? []
      : [""]
        + screen.wrapped(
          "\(left.count) more \(left.count == 1 ? "column does" : "columns do") not fit into "
            + "\(screen.width): " + TerminalText.line(left.joined(separator: ", ")))
    let none = rows.rows.isEmpty ? ["(no rows)"] : []
    return (lines + none + note).joined(separator: "\n") + "\n"
  }

  private var plainTable: ScreenTable {
    let columns = rows.columns.enumerated().map { place, name in
      let isNumeric = rows.rows.allSatisfy { TableText.isNumeric($0[place]) }
      return ScreenTable.Column(
        title: name, alignment: isNumeric ? .right : .left, isFlexible: !isNumeric)
    }
    return ScreenTable(columns: columns, rows: rows.rows.map { $0.map(cell) })
  }

  /// What has many more columns than rows: a column is a row here.
  private var turnedTable: ScreenTable {
    let titles = rows.rows.map { $0.first?.string ?? "" }
    var table = ScreenTable(
      columns: [.init(title: rows.columns.first ?? "", alignment: .left, isFlexible: true)]
        + titles.map { .init(title: $0) })
    table.rows = rows.columns.indices.dropFirst().map { place in
      [.init(rows.columns[place])] + rows.rows.map { cell($0[place]) }
    }
    return table
  }

  private static func isNumeric(_ cell: Cell) -> Bool {
    switch cell {
    case .integer, .decimal, .null: true
    default: false
    }
  }

  private func cell(_ cell: Cell) -> ScreenTable.Cell {
    cell == .null ? .init(screen.dash) : .init(cell.string)
  }
}
