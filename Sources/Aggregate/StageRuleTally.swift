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

  /// Per stage, the responses of a block that the rule puts there.
  func stages(_ block: ScoredBlock) -> UnsafeMutablePointer<UInt64> {
    switch self {
    case .stagedLow: block.low
    case .stagedHigh: block.high
    case .highest: block.highest
    case .compensatoryFloor: block.compensatoryFloor
    }
  }
}
