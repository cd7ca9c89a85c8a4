/// The ends of an interval for a share.
package struct ShareInterval: Hashable, Sendable {
  package let low: Double
  package let high: Double

  package init(low: Double, high: Double) { (self.low, self.high) = (low, high) }

  package var width: Double { high - low }
}

/// A share observed in an effective number of responses, which need not be whole.
package struct ObservedShare: Hashable, Sendable {
  package let share: Double
  /// Kish's effective size, above 0.
  package let size: Double

  package init(share: Double, size: Double) { (self.share, self.size) = (share, size) }

  private var hits: Double { share * size }
  private var misses: Double { (1 - share) * size }

  /// 2.5 % outside of an interval on each side.
  private static let tail = 0.025

  /// The Wilson score interval at 95 %.
  package var wilson: ShareInterval {
    let (low, high) = wilsonInterval(share: share, size: size)
    return ShareInterval(low: low, high: high)
  }

  /// The equal-tailed interval at 95 % under Jeffreys' prior, from 0 where nobody and to 1 where
  /// everybody is counted.
  ///
  /// Source: Brown, Cai & DasGupta, "Interval estimation for a binomial proportion", Statistical
  /// Science 16 (2001), section 4.3.
  package var jeffreys: ShareInterval {
    let law = BetaDistribution(hits + 0.5, misses + 0.5)
    return ShareInterval(
      low: share == 0 ? 0 : law.quantile(lowerTail: ObservedShare.tail),
      high: share == 1 ? 1 : law.quantile(upperTail: ObservedShare.tail))
  }

  /// The exact interval at 95 % of Clopper and Pearson; on an effective size that of Korn and
  /// Graubard.
  ///
  /// Sources: Clopper & Pearson, "The use of confidence or fiducial limits", Biometrika 26 (1934);
  /// Korn & Graubard, "Confidence intervals for proportions with small expected number of positive
  /// counts", Survey Methodology 24 (1998). Without clusters the latter's correction for degrees
  /// of freedom is 1.
  package var kornGraubard: ShareInterval {
    ShareInterval(
      low: share == 0
        ? 0 : BetaDistribution(hits, misses + 1).quantile(lowerTail: ObservedShare.tail),
      high: share == 1
        ? 1 : BetaDistribution(hits + 1, misses).quantile(upperTail: ObservedShare.tail))
  }

  /// One of several shares that add up to one, all of which their intervals hold at once in 95 %.
  ///
  /// Source: Goodman, "On simultaneous confidence intervals for multinomial proportions",
  /// Technometrics 7 (1965).
  /// - Parameter limit: what ``goodmanLimit(categories:)`` gives for all of them.
  package func goodman(limit: Double) -> ShareInterval {
    let root = (limit * (limit + 4 * hits * (1 - share))).squareRoot()
    let scale = 2 * (size + limit)
    return ShareInterval(
      low: max(0, (limit + 2 * hits - root) / scale),
      high: min(1, (limit + 2 * hits + root) / scale))
  }

  /// Goodman's A: what chi-square with one degree of freedom exceeds in 5 % / categories.
  package static func goodmanLimit(categories: Int) -> Double {
    chiSquareQuantile(upperTail: 2 * tail / Double(categories), degreesOfFreedom: 1)
  }
}
