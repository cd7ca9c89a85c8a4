import BigInt

/// A base of responses: how many, their weight, and the weight's squares.
package struct Sample: Hashable, Sendable {
  package var count: UInt64
  package var weight: WeightSum
  package var squares: SquareSum

  package init(count: UInt64, weight: WeightSum, squares: SquareSum) {
    self.count = count
    self.weight = weight
    self.squares = squares
  }

  /// A sample in which every response weighs one.
  package init(unweighted count: UInt64) {
    self.count = count
    weight = .unweighted(count)
    // 10⁹ squared, `count` times: below 2^124 for any count that can be read.
    squares = SquareSum(low: UInt128(count) * 1_000_000_000_000_000_000, high: 0)
  }

  package mutating func merge(_ other: Sample) {
    count += other.count
    weight.merge(other.weight)
    squares.merge(other.squares)
  }

  /// Nil where there is nobody.
  package var meanWeight: ExactRatio? {
    ExactRatio(weight).divided(by: ExactRatio(.unweighted(count)))
  }

  /// Kish's design effect n Σw² / (Σw)²: what the weights' differences cost; nil when nobody has
  /// weight.
  package var designEffect: ExactRatio? {
    effectiveSize.flatMap { ExactRatio(.unweighted(count)).divided(by: $0) }
  }

  /// Kish's effective size (Σw)² / Σw²; nil when nobody has weight.
  ///
  /// Source: Kish, *Survey Sampling* (1965), section 11.7.
  package var effectiveSize: ExactRatio? {
    let (square, overflows) = weight.billionths.multipliedReportingOverflow(by: weight.billionths)
    if !overflows, squares.high == 0 { return ExactRatio(narrow: square, over: squares.low) }
    let total = BigUInt(weight.billionths)
    let sumOfSquares = BigUInt(squares.high) << 128 + BigUInt(squares.low)
    return ExactRatio(total * total, over: sumOfSquares)
  }
}

/// A share of a sample with its interval.
package struct ShareEstimate: Sendable {
  package let share: ExactRatio
  package let low: Double
  package let high: Double

  /// The weighted share of `part` in `base`, with the Wilson interval on the effective size.
  /// - Returns: nil over an empty or weightless base.
  package init?(_ part: WeightSum, of base: Sample) {
    guard let share = ExactRatio(part, over: base.weight), let size = base.effectiveSize else {
      return nil
    }
    self.share = share
    (low, high) = wilsonInterval(share: share.approximation, size: size.approximation)
  }
}

/// The 97.5 % point of the standard normal law.
package let normalQuantile975 = 1.959963984540054

/// The Wilson score interval at 95 % for a share observed in `size` (effective) responses.
///
/// Source: Wilson, "Probable inference, the law of succession, and statistical inference", JASA 22
/// (1927). Clamped to 0…1.
package func wilsonInterval(share: Double, size: Double) -> (low: Double, high: Double) {
  let z2 = normalQuantile975 * normalQuantile975
  let centre = share + z2 / (2 * size)
  let variance = share * (1 - share) / size + z2 / (4 * size * size)
  let half = normalQuantile975 * max(0, variance).squareRoot()
  let scale = 1 + z2 / size
  return (max(0, (centre - half) / scale), min(1, (centre + half) / scale))
}

/// A number between 0 and 10⁹ with six decimals, rounded half to even in binary.
package func sixDecimals(_ value: Double) -> String {
  sixDecimalText(UInt64((value * 1_000_000).rounded(.toNearestOrEven)))
}
