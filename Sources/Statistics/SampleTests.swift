/// Pearson's chi-square test of two independent samples having the same shares.
///
/// X² = Σᵢ nᵢ Σₖ (pᵢₖ − p̄ₖ)² / p̄ₖ over effective counts nᵢ pᵢₖ, nᵢ being Kish's effective size:
/// the first-order correction of Rao and Scott in its simple form, in which each sample has one
/// design effect. Without weights it is the plain test, without a continuity correction.
///
/// Sources: Pearson 1900; Rao & Scott, "The analysis of categorical data from complex sample
/// surveys", JASA 76 (1981).
package struct HomogeneityTest: Hashable, Sendable {
  package let statistic: Double
  package let degreesOfFreedom: Int
  package let pValue: Double
  /// √(X² / n), which is Cramér's V for two samples. Cohen calls 0.1 small, 0.3 medium, 0.5 large.
  package let cramersV: Double

  /// - Parameters: the effective counts of each sample, category by category.
  /// - Returns: nil where a sample is empty or all are in one category.
  package init?(_ first: [Double], _ second: [Double]) {
    let (firstSize, secondSize) = (first.reduce(0, +), second.reduce(0, +))
    let size = firstSize + secondSize
    guard firstSize > 0, secondSize > 0 else { return nil }
    var (sum, categories) = (0.0, 0)
    for (one, other) in zip(first, second) where one + other > 0 {
      categories += 1
      let share = (one + other) / size
      let (left, right) = (one - firstSize * share, other - secondSize * share)
      sum += left * left / (firstSize * share) + right * right / (secondSize * share)
    }
    if categories < 2 { return nil }
    (statistic, degreesOfFreedom) = (sum, categories - 1)
    pValue = chiSquareUpperTail(sum, degreesOfFreedom: categories - 1)
    cramersV = (sum / size).squareRoot()
  }

  /// Adjacent categories put together until at least `least` are expected in each, in both samples,
  /// from the lowest on; what is left at the end goes to the last ones.
  package static func merged(
    _ first: [Double], _ second: [Double], least: Double = 5
  ) -> [Range<Int>] {
    let (firstSize, secondSize) = (first.reduce(0, +), second.reduce(0, +))
    guard firstSize > 0, secondSize > 0 else { return [0..<first.count] }
    let smaller = min(firstSize, secondSize) / (firstSize + secondSize)
    var ranges: [Range<Int>] = []
    var (start, expected) = (0, 0.0)
    for category in first.indices {
      expected += (first[category] + second[category]) * smaller
      if expected >= least {
        ranges.append(start..<category + 1)
        (start, expected) = (category + 1, 0)
      }
    }
    if start < first.count {
      let last = ranges.popLast() ?? start..<start
      ranges.append(last.lowerBound..<first.count)
    }
    return ranges
  }
}

/// The Mann-Whitney (Wilcoxon rank sum) test of two independent samples on an ordered scale, with the
/// correction for ties and without one for continuity.
///
/// On effective counts where there are weights. Sources: Mann & Whitney 1947; Cliff, "Dominance
/// statistics", Psychological Bulletin 114 (1993).
package struct OrderedTest: Hashable, Sendable {
  /// The pairs in which the second sample is higher, ties counted half.
  package let u: Double
  package let z: Double
  package let pValue: Double
  /// The share of pairs in which the second is higher, ties counted half: the common language effect.
  package let superiority: Double
  /// Cliff's δ: the share of pairs in which the second is higher less that in which it is lower.
  /// Romano and others (2006) call 0.147 small, 0.33 medium, 0.474 large.
  package var cliffsDelta: Double { 2 * superiority - 1 }

  /// - Parameters: the effective counts of each sample, from the lowest category on.
  /// - Returns: nil where a sample is empty or all are in one category.
  package init?(_ first: [Double], _ second: [Double]) {
    let (firstSize, secondSize) = (first.reduce(0, +), second.reduce(0, +))
    let size = firstSize + secondSize
    guard firstSize > 0, secondSize > 0, size > 1 else { return nil }
    var (pairs, below, ties) = (0.0, 0.0, 0.0)
    for (one, other) in zip(first, second) {
      pairs += other * (below + one / 2)
      below += one
      let tied = one + other
      ties += tied * tied * tied - tied
    }
    let product = firstSize * secondSize
    let variance = product / 12 * (size + 1 - ties / (size * (size - 1)))
    // What rounding leaves where all are in one category is not a variance.
    guard variance > product * size * 1e-12 else { return nil }
    u = pairs
    z = (pairs - product / 2) / variance.squareRoot()
    pValue = twoSidedNormalTail(z)
    superiority = pairs / product
  }
}

/// Benjamini and Hochberg's adjusted p-values, in the order given: q(i) = min over j ≥ i of
/// m p(j) / j, at most 1.
///
/// Those of at most α are a set in which at most the share α is expected to be false. Source:
/// Benjamini & Hochberg, "Controlling the false discovery rate", JRSS B 57 (1995).
package func benjaminiHochberg(_ pValues: [Double]) -> [Double] {
  let order = pValues.indices.sorted { (pValues[$0], $0) < (pValues[$1], $1) }
  var adjusted = pValues
  var least = 1.0
  for (place, index) in order.enumerated().reversed() {
    least = min(least, Double(pValues.count) * pValues[index] / Double(place + 1))
    adjusted[index] = least
  }
  return adjusted
}
