import Score

/// The rules a response's stage can be read by.
package enum StageRule: Int, CaseIterable, Sendable {
  case stagedLow, stagedHigh, highest, compensatoryFloor

  /// As printed in `stage_rules.csv`.
  package var name: String {
    switch self {
    case .stagedLow: "staged_low"
    case .stagedHigh: "staged_high"
    case .highest: "highest"
    case .compensatoryFloor: "compensatory_floor"
    }
  }

  func stage(_ scores: ScoreBatch, _ response: Int) -> Int {
    switch self {
    case .stagedLow: Int(scores.low[response])
    case .stagedHigh: Int(scores.high[response])
    case .highest: Int(scores.highest[response])
    case .compensatoryFloor: Int(scores.compensatoryFloor[response])
    }
  }
}
