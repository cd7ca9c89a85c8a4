import Publish
import Statistics

/// The respondents that stand in both sets by their ids. Counted without weights, for
/// `respondents.csv` has none.
package struct Panel: Sendable {
  package private(set) var matched: UInt64 = 0
  /// Of them, those without a stage in one set or both.
  package private(set) var unscored: UInt64 = 0
  package private(set) var onlyFirst: UInt64 = 0
  package private(set) var onlySecond: UInt64 = 0
  /// Ids that stand several times in one set: nobody can say which response is meant.
  package private(set) var ambiguous: UInt64 = 0
  /// From level to level.
  package let transitions: TransitionTable

  private static let absent: UInt8 = 255
  private static let several: UInt8 = 254
  private static let noStage: UInt8 = 253

  private struct State {
    var first = Panel.absent
    var second = Panel.absent
  }

  /// - Complexity: holds about 50 bytes for each distinct id of both sets, and the id where it has more
  ///   than 15 bytes.
  init(
    _ first: PublishedSet, _ second: PublishedSet, levels: [Range<Int>]
  ) throws(ComparisonFailure) {
    var states: [String: State] = [:]
    for (set, side) in [(first, \State.first), (second, \State.second)] {
      try PublishedRows.read(set.path + "/" + OutputNames.respondents) { row in
        let id = row["respondent"]
        if id.isEmpty { return true }
        let level = Panel.level(row, levels)
        states[id, default: State()][keyPath: side] =
          states[id]?[keyPath: side] ?? Panel.absent == Panel.absent ? level : Panel.several
        return true
      }
    }
    var counts = levels.map { _ in levels.map { _ in UInt64(0) } }
    for state in states.values {
      switch (state.first, state.second) {
      case (Panel.several, _), (_, Panel.several): ambiguous += 1
      case (_, Panel.absent): onlyFirst += 1
      case (Panel.absent, _): onlySecond += 1
      case (Panel.noStage, _), (_, Panel.noStage):
        matched += 1
        unscored += 1
      case (let one, let other):
        matched += 1
        counts[Int(one)][Int(other)] += 1
      }
    }
    transitions = TransitionTable(counts)
  }

  private static func level(_ row: PublishedRows.Row, _ levels: [Range<Int>]) -> UInt8 {
    guard let stage = Int(row["stage"]),
      let level = levels.firstIndex(where: { $0.contains(stage) })
    else { return noStage }
    return UInt8(min(level, 250))
  }

  /// McNemar's test of "at least this level" for each level but the lowest, with the p-values
  /// adjusted over all of them.
  package var crossings: [(level: Int, test: McNemarTest, adjusted: Double)] {
    let tests = transitions.counts.indices.dropFirst().compactMap { level in
      let (up, down) = transitions.crossings(of: level)
      return McNemarTest(up: up, down: down).map { (level, $0) }
    }
    return zip(tests, benjaminiHochberg(tests.map(\.1.pValue))).map { ($0.0, $0.1, $1) }
  }
}
