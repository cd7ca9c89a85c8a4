import BigInt
import Statistics

/// A share of a stage's weight, exact: `part` of `whole`, in billionths.
struct Coverage: Hashable {
  let part: UInt64
  let whole: UInt64

  /// Over nothing, coverage is met.
  static let met = Coverage(part: 1, whole: 1)

  func reaches(_ threshold: Billionths) -> Bool {
    UInt128(part) * UInt128(Billionths.perUnit)
      >= UInt128(whole) * UInt128(threshold.count.magnitude)
  }

  static func < (left: Coverage, right: Coverage) -> Bool {
    UInt128(left.part) * UInt128(right.whole) < UInt128(right.part) * UInt128(left.whole)
  }

  /// In millionths, rounded half to even.
  var millionths: UInt64 { roundedHalfToEven(UInt128(part) * 1_000_000, over: UInt128(whole)) }
}

/// `top` × the mean of the coverages, in millionths rounded half to even, and its floor.
///
/// Exact: the sum of fractions is taken over the product of their denominators, in 128 bits where
/// that fits, which it does for all but the most peculiar weights.
func compensatoryScore(top: Int, _ coverages: [Coverage]) -> (millionths: UInt64, floor: UInt8) {
  var numerator: UInt128 = 0
  var denominator: UInt128 = 1
  for coverage in coverages {
    let divisor = greatestCommonDivisor(coverage.part, coverage.whole)
    let part = UInt128(coverage.part / divisor)
    let whole = UInt128(coverage.whole / divisor)
    // Room is left for the factors that follow: 2^128 / (10^6 × 64 × 64) is above 2^95.
    if max(numerator, denominator) >> 47 > 0 || whole >> 47 > 0 {
      return wideCompensatoryScore(top: top, coverages)
    }
    numerator = numerator * whole + part * denominator
    denominator *= whole
  }
  if max(numerator, denominator) >> 95 > 0 { return wideCompensatoryScore(top: top, coverages) }
  numerator *= UInt128(top)
  denominator *= UInt128(max(1, coverages.count))
  let floor = UInt8(numerator / denominator)
  return (roundedHalfToEven(numerator * 1_000_000, over: denominator), floor)
}

private func wideCompensatoryScore(
  top: Int, _ coverages: [Coverage]
) -> (millionths: UInt64, floor: UInt8) {
  var numerator = BigUInt(0)
  var denominator = BigUInt(1)
  for coverage in coverages {
    numerator = numerator * BigUInt(coverage.whole) + BigUInt(coverage.part) * denominator
    denominator *= BigUInt(coverage.whole)
  }
  numerator *= BigUInt(top)
  denominator *= BigUInt(coverages.count)
  let millionths = ExactRatio(numerator, over: denominator)?.millionths ?? 0
  return (UInt64(millionths), UInt8(numerator / denominator))
}

func roundedHalfToEven(_ numerator: UInt128, over denominator: UInt128) -> UInt64 {
  let (quotient, remainder) = numerator.quotientAndRemainder(dividingBy: denominator)
  let rest = denominator - remainder
  let roundsUp = remainder > rest || (remainder == rest && quotient % 2 == 1)
  return UInt64(quotient) + (roundsUp ? 1 : 0)
}

func greatestCommonDivisor(_ first: UInt64, _ second: UInt64) -> UInt64 {
  var (a, b) = (first, second)
  while b != 0 { (a, b) = (b, a % b) }
  return max(a, 1)
}
