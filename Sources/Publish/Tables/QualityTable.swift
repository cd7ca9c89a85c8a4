import Aggregate
import Normalize
import Statistics
import SurveyMapping

extension ResultTables {
  /// None where the survey file does not ask how carefully responses were filled in.
  var qualityTables: [Table] { tally.quality.map { [quality($0)] } ?? [] }

  private func quality(_ found: QualityTally) -> Table {
    let rules = found.rules
    return table(.quality) { body in
      if let speed = found.speed, let speeders = rules.speeders {
        try body(
          row(.speeders, speeders.column, base: speed.base, flagged: speed.flagged, rules)
            + [.ratio(speed.median), .ratio(speed.limit)])
      }
      for (grid, flags) in zip(rules.grids, found.grids) {
        try body(row(.straightLiners, grid.id, flags, rules))
      }
      for (rule, flags) in zip(rules.contradictions, found.contradictions) {
        let question = tally.shape.survey.questions[rule.question].id
        try body(row(.contradictions, question, flags, rules))
      }
    }
  }

  private func row(
    _ check: QualityRules.Check, _ item: String, _ flags: QualityFlags, _ rules: QualityRules
  ) -> [Cell] {
    row(check, item, base: flags.base, flagged: flags.flagged, rules) + [.null, .null]
  }

  private func row(
    _ check: QualityRules.Check, _ item: String, base: UInt64, flagged: UInt64,
    _ rules: QualityRules
  ) -> [Cell] {
    [
      .text(check.rawValue), .text(item), .integer(base), .integer(flagged),
      .ratio(ExactRatio(narrow: UInt128(flagged), over: UInt128(base))),
      .boolean(rules.filter(check) != nil),
    ]
  }
}
