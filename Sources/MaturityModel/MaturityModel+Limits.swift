import Statistics

/// Limits that keep whatever is computed from a model small and its sums exact. No model that
/// people can read comes near them.
extension MaturityModel {
  /// Unknown conditions are tried both ways, all combinations of them: 2⁸ at most.
  package static let conditionLimit = 8
  /// Requirements of one stage: one bit each in a 64-bit word.
  package static let requirementLimit = 64
  /// Criteria of the model.
  package static let criterionLimit = 1024
  /// Stages of the model: a stage number fits in a byte.
  package static let stageLimit = 100
  /// The largest weight of a criterion: all criteria together stay below 2⁶³ billionths.
  package static let weightLimit = Billionths(count: 1_000_000 * Billionths.perUnit)
  /// The largest threshold of a condition; `MetricBand` compares numbers up to four times this.
  package static let thresholdLimit = Billionths(count: 1_000_000_000 * Billionths.perUnit)
}
