/// How far raters agree on things that each of them affirms or denies.
///
/// - Source: K. L. Gwet, Computing inter-rater reliability and its variance in the presence of high
///   agreement, British Journal of Mathematical and Statistical Psychology 61 (2008): AC1. Unlike
///   kappa it does not collapse where nearly everybody says the same.
package struct Agreement: Sendable {
  /// Things that at least two raters know.
  package private(set) var items = 0
  private var pairs = 0.0
  private var affirmed = 0.0
  private var majority = 0.0

  package init() {}

  /// Adds one thing; one that fewer than two raters know says nothing.
  package mutating func add(yes: UInt32, no: UInt32) {
    let (yes, no) = (Double(yes), Double(no))
    let raters = yes + no
    if raters < 2 { return }
    items += 1
    pairs += (yes * (yes - 1) + no * (no - 1)) / (raters * (raters - 1))
    affirmed += yes / raters
    majority += max(yes, no) / raters
  }

  /// The mean share of those who say what most say; nil where nothing is known.
  package var majorityShare: Double? { items == 0 ? nil : majority / Double(items) }

  /// AC1 = (p_a − p_e) / (1 − p_e): p_a is the share of pairs of raters that agree, p_e = 2π(1 − π)
  /// what chance would make of it, π the mean share of those who affirm.
  package var gwetAC1: Double? {
    if items == 0 { return nil }
    let (agreeing, share) = (pairs / Double(items), affirmed / Double(items))
    let chance = 2 * share * (1 - share)
    return (agreeing - chance) / (1 - chance)
  }
}

/// r_wg = 1 − s² / σ_E² of ratings on a scale of points, σ_E² = (A² − 1) / 12 being the variance of
/// answers by chance; 0 where it would be less. Nil for fewer than two raters.
///
/// - Parameter counts: per point of the scale, raters.
/// - Source: L. R. James, R. G. Demaree, G. Wolf, Estimating within-group interrater reliability,
///   Journal of Applied Psychology 69 (1984).
package func withinGroupAgreement(_ counts: [UInt64]) -> Double? {
  let raters = counts.reduce(0, +)
  if raters < 2 || counts.count < 2 { return nil }
  // Whole numbers, so that the order of adding does not matter.
  let sum = counts.enumerated().reduce(UInt64(0)) { $0 + UInt64($1.offset) * $1.element }
  let squares = counts.enumerated().reduce(UInt64(0)) {
    $0 + UInt64($1.offset * $1.offset) * $1.element
  }
  let (count, total) = (Double(raters), Double(sum))
  let variance = (Double(squares) - total * total / count) / (count - 1)
  let points = Double(counts.count)
  return max(0, 1 - variance / ((points * points - 1) / 12))
}
