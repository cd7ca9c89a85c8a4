import Publish

/// Where a run's time went, for people: its parts one after the other, and every worker's stages
/// side by side.
struct TimingsText {
  let report: RunReport

  var text: String {
    let parts = report.timings.map { [$0.name, seconds($0.seconds)] }
    let workers = report.workers
    let head = ["by worker"] + workers.indices.map { "\($0 + 1)" } + ["ns/record"]
    let records = workers.reduce(0) { $0 + $1.records }
    let stages = WorkerTimes.Stage.allCases.map { stage in
      let spent = workers.map { $0.nanoseconds[stage.rawValue] }
      let share = records == 0 ? "" : String(spent.reduce(0, +) / records)
      return [stage.name] + spent.map { seconds(Double($0) / 1e9) } + [share]
    }
    let counts = [
      ["bytes"] + workers.map { String($0.bytes) },
      ["records"] + workers.map { String($0.records) },
      ["chunks"] + workers.map { String($0.chunks) },
      ["by libcsv"] + workers.map { String($0.chunksByLibcsv) },
    ]
    return ([""] + lines([["seconds", ""]] + parts) + [""] + lines([head] + stages + counts))
      .joined(separator: "\n") + "\n"
  }

  private func seconds(_ value: Double) -> String {
    let thousandths = Int((value * 1000).rounded())
    let fraction = String(thousandths % 1000)
    return "\(thousandths / 1000)." + String(repeating: "0", count: 3 - fraction.count) + fraction
  }

  /// The first column to the left, the others to the right.
  private func lines(_ rows: [[String]]) -> [String] {
    let columns = rows.map(\.count).max() ?? 0
    let widths = (0..<columns).map { column in
      rows.map { $0.indices.contains(column) ? $0[column].count : 0 }.max() ?? 0
    }
    return rows.map { row in
      row.enumerated().map { column, text in
        let padding = String(repeating: " ", count: widths[column] - text.count)
        return column == 0 ? text + padding : padding + text
      }.joined(separator: "  ")
    }
  }
}
