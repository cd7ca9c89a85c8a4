#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// How much larger the second of two shares of independent samples is, with an interval at 95 %.
package struct ShareDifference: Hashable, Sendable {
  /// Second minus first.
  package let value: Double
  package let interval: ShareInterval

  /// Newcombe's hybrid score interval (his method 10), made of the Wilson intervals of both shares:
  /// d − √((p₂ − l₂)² + (u₁ − p₁)²) to d + √((u₂ − p₂)² + (p₁ − l₁)²).
  ///
  /// Source: Newcombe, "Interval estimation for the difference between independent proportions",
  /// Statistics in Medicine 17 (1998).
  /// - Parameter wilson: the intervals of the shares, on effective sizes where there are weights.
  package init(
    from first: Double, _ firstWilson: ShareInterval, to second: Double,
    _ secondWilson: ShareInterval
  ) {
    value = second - first
    let below = length(second - secondWilson.low, firstWilson.high - first)
    let above = length(secondWilson.high - second, first - firstWilson.low)
    interval = ShareInterval(low: value - below, high: value + above)
  }

  /// The same for two observed shares.
  package init(from first: ObservedShare, to second: ObservedShare) {
    self.init(from: first.share, first.wilson, to: second.share, second.wilson)
  }
}

private func length(_ one: Double, _ other: Double) -> Double {
  (one * one + other * other).squareRoot()
}

/// Cohen's h = 2 arcsin √p₂ − 2 arcsin √p₁: the difference of two shares on a scale on which it is
/// as easy to see near 0 and 1 as in the middle.
///
/// Source: Cohen, *Statistical Power Analysis for the Behavioral Sciences* (1988), chapter 6, who
/// calls 0.2 small, 0.5 medium and 0.8 large.
package func cohensH(from first: Double, to second: Double) -> Double {
  2 * asin(second.squareRoot()) - 2 * asin(first.squareRoot())
}

extension ObservedShare {
  /// The effective size on which a Wilson interval at 95 % stands: n = z² π (1 − π) / (p − π)² at
  /// that end π which is farther from the share p.
  ///
  /// Wilson's ends are the values of π at which the score test is just significant, so each of them
  /// tells n.
  /// - Returns: nil where the interval has no length.
  package init?(share: Double, wilson: ShareInterval) {
    let isHigh = wilson.high - share > share - wilson.low
    let end = isHigh ? wilson.high : wilson.low
    let distance = end - share
    let size = normalQuantile975 * normalQuantile975 * end * (1 - end) / (distance * distance)
    guard distance != 0, size.isFinite, size > 0 else { return nil }
    self.init(share: share, size: size)
  }
}

/// The probability that a standard normal law is at least as far from 0 as `z`.
package func twoSidedNormalTail(_ z: Double) -> Double {
  gammaUpperTail(z * z / 2, shape: 0.5)
}

/// The probability that chi-square exceeds `statistic`.
package func chiSquareUpperTail(_ statistic: Double, degreesOfFreedom: Int) -> Double {
  gammaUpperTail(statistic / 2, shape: Double(degreesOfFreedom) / 2)
}
