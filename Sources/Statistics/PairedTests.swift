/// A test statistic that follows chi-square where nothing has changed.
package struct ChangeTest: Hashable, Sendable {
  package let statistic: Double
  package let degreesOfFreedom: Int
  package let pValue: Double

  fileprivate init?(_ statistic: Double, degreesOfFreedom: Int) {
    if degreesOfFreedom == 0 { return nil }
    (self.statistic, self.degreesOfFreedom) = (statistic, degreesOfFreedom)
    pValue = chiSquareUpperTail(statistic, degreesOfFreedom: degreesOfFreedom)
  }
}

/// The same people twice: how many were in each category first and in each later.
package struct TransitionTable: Hashable, Sendable {
  /// `counts[first][later]`, as many of one as of the other.
  package let counts: [[UInt64]]

  package init(_ counts: [[UInt64]]) { self.counts = counts }

  private func count(_ first: Int, _ later: Int) -> Double { Double(counts[first][later]) }
  private var categories: Range<Int> { 0..<counts.count }

  package var total: UInt64 { counts.joined().reduce(0, +) }

  /// Bowker's test of symmetry: as many went from any category to any other as the other way round.
  /// B = Σ over i < j of (nᵢⱼ − nⱼᵢ)² / (nᵢⱼ + nⱼᵢ); pairs between which nobody moved give nothing
  /// and no degree of freedom.
  ///
  /// Source: Bowker, "A test for symmetry in contingency tables", JASA 43 (1948).
  /// - Returns: nil where nobody moved.
  package var symmetry: ChangeTest? {
    var (sum, pairs) = (0.0, 0)
    for first in categories {
      for later in 0..<first where count(first, later) + count(later, first) > 0 {
        let difference = count(first, later) - count(later, first)
        sum += difference * difference / (count(first, later) + count(later, first))
        pairs += 1
      }
    }
    return ChangeTest(sum, degreesOfFreedom: pairs)
  }

  /// The test of Stuart and Maxwell: both times the same shares. d′ S⁻¹ d, where dᵢ = nᵢ. − n.ᵢ,
  /// sᵢᵢ = nᵢ. + n.ᵢ − 2 nᵢᵢ, sᵢⱼ = −(nᵢⱼ + nⱼᵢ), without one category.
  ///
  /// Where categories fall into groups between which nobody moved, one of each group is left out.
  ///
  /// Sources: Stuart, Biometrika 42 (1955); Maxwell, British Journal of Psychiatry 116 (1970).
  /// - Returns: nil where nobody moved.
  package var marginalHomogeneity: ChangeTest? {
    let kept = groups().flatMap { $0.dropLast() }
    let differences = kept.map { category in
      categories.reduce(0) { $0 + count(category, $1) - count($1, category) }
    }
    let matrix = kept.map { row in
      kept.map { column in
        row == column
          ? categories.reduce(0) { $1 == row ? $0 : $0 + count(row, $1) + count($1, row) }
          : -count(row, column) - count(column, row)
      }
    }
    let solution = solved(matrix, differences)
    let statistic = zip(solution, differences).reduce(0) { $0 + $1.0 * $1.1 }
    return ChangeTest(statistic, degreesOfFreedom: kept.count)
  }

  /// The categories, those together between which people moved, over any number of others.
  private func groups() -> [[Int]] {
    var groups: [[Int]] = []
    for category in categories {
      let joined = groups.filter { group in
        group.contains { count(category, $0) + count($0, category) > 0 }
      }
      groups.removeAll { joined.contains($0) }
      groups.append((joined.joined() + [category]).sorted())
    }
    return groups.sorted { $0[0] < $1[0] }
  }

  /// How many were below `category` first and not later, and the other way round.
  package func crossings(of category: Int) -> (up: UInt64, down: UInt64) {
    var (up, down): (UInt64, UInt64) = (0, 0)
    for low in 0..<category {
      for high in category..<counts.count {
        up += counts[low][high]
        down += counts[high][low]
      }
    }
    return (up, down)
  }
}

/// Solves a system with a symmetric, positive definite matrix by elimination.
private func solved(_ matrix: [[Double]], _ right: [Double]) -> [Double] {
  var (matrix, right) = (matrix, right)
  let size = right.count
  for pivot in 0..<size {
    for row in pivot + 1..<max(size, pivot + 1) {
      let factor = matrix[row][pivot] / matrix[pivot][pivot]
      if factor == 0 { continue }
      for column in pivot..<size { matrix[row][column] -= factor * matrix[pivot][column] }
      right[row] -= factor * right[pivot]
    }
  }
  for row in (0..<size).reversed() {
    for column in row + 1..<max(size, row + 1) { right[row] -= matrix[row][column] * right[column] }
    right[row] /= matrix[row][row]
  }
  return right
}

/// McNemar's test: of those who changed, as many went one way as the other.
///
/// Exact (a binomial law of ½, twice the smaller tail, at most 1) where fewer than 25 changed; else
/// chi-square with the continuity correction of Edwards, (|b − c| − 1)² / (b + c).
///
/// Sources: McNemar, Psychometrika 12 (1947); Edwards, Psychometrika 13 (1948).
package struct McNemarTest: Hashable, Sendable {
  package let up: UInt64
  package let down: UInt64
  /// Nil where the test is exact.
  package let statistic: Double?
  package let pValue: Double
  package var isExact: Bool { statistic == nil }

  /// Below so many changes the test is exact.
  package static let exactBelow: UInt64 = 25

  /// - Returns: nil where nobody changed.
  package init?(up: UInt64, down: UInt64) {
    (self.up, self.down) = (up, down)
    let changed = up + down
    if changed == 0 { return nil }
    if changed < McNemarTest.exactBelow {
      statistic = nil
      let smaller = Double(min(up, down))
      // P(X ≤ k) of a binomial law of ½ is the lower tail of Beta(n − k, k + 1) at ½.
      let tail = BetaDistribution(Double(changed) - smaller, smaller + 1).lowerTail(0.5)
      pValue = up == down ? 1 : min(1, 2 * tail)
    } else {
      let distance = max(0, abs(Double(up) - Double(down)) - 1)
      let statistic = distance * distance / Double(changed)
      self.statistic = statistic
      pValue = chiSquareUpperTail(statistic, degreesOfFreedom: 1)
    }
  }
}
