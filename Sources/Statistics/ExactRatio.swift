import BigInt

/// A non-negative ratio of two whole numbers, exact until it is printed.
package struct ExactRatio: Sendable {
  package let numerator: BigUInt
  package let denominator: BigUInt

  /// - Returns: nil over an empty base: a share of nothing is no number.
  package init?(_ numerator: BigUInt, over denominator: BigUInt) {
    if denominator.isZero { return nil }
    self.numerator = numerator
    self.denominator = denominator
  }

  package init?(_ part: WeightSum, over base: WeightSum) {
    self.init(BigUInt(part.billionths), over: BigUInt(base.billionths))
  }

  package init(_ sum: WeightSum) {
    numerator = BigUInt(sum.billionths)
    denominator = BigUInt(UInt64(Billionths.perUnit))
  }

  /// The value × 10⁶, rounded half to even.
  package var millionths: BigUInt {
    let (quotient, remainder) = (numerator * 1_000_000).quotientAndRemainder(
      dividingBy: denominator)
    let twice = remainder << 1
    let isOdd = quotient & 1 == 1
    return twice > denominator || (twice == denominator && isOdd) ? quotient + 1 : quotient
  }

  /// The value with exactly six decimals, as every share in a table is printed.
  package var sixDecimals: String { sixDecimalText(String(millionths)) }

  /// The nearest `Double`; the exact ratio is what tables print.
  package var approximation: Double {
    // Bring both into range first: a Double holds 2^1023 at most.
    let shift = max(0, max(numerator.bitWidth, denominator.bitWidth) - 900)
    return Double(numerator >> shift) / Double(denominator >> shift)
  }

  package static func + (left: ExactRatio, right: ExactRatio) -> ExactRatio {
    ExactRatio(
      left.numerator * right.denominator + right.numerator * left.denominator,
      unchecked: left.denominator * right.denominator)
  }

  /// Divides by a whole number above 0.
  package func divided(by count: UInt64) -> ExactRatio {
    precondition(count > 0, "a ratio is never divided by zero")
    return ExactRatio(numerator, unchecked: denominator * BigUInt(count))
  }

  /// Divides by another ratio; nil when that is zero.
  package func divided(by other: ExactRatio) -> ExactRatio? {
    ExactRatio(numerator * other.denominator, over: denominator * other.numerator)
  }

  private init(_ numerator: BigUInt, unchecked denominator: BigUInt) {
    self.numerator = numerator
    self.denominator = denominator
  }
}

/// `1234567` (millionths) as `1.234567`.
package func sixDecimalText(_ millionths: String) -> String {
  let padded = String(repeating: "0", count: max(0, 7 - millionths.count)) + millionths
  return padded.dropLast(6) + "." + padded.suffix(6)
}
