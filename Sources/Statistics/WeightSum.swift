import BigInt

/// The exact sum of weights in billionths: adding is associative, whatever the order and the
/// number of threads.
///
/// Holds 3 × 10²⁰ responses of the largest weight (10⁹) before it overflows.
package struct WeightSum: Hashable, Comparable, Sendable {
  package private(set) var billionths: UInt128 = 0

  package init() {}
  package init(billionths: UInt128) { self.billionths = billionths }
  package static func unweighted(_ count: UInt64) -> WeightSum {
    WeightSum(billionths: UInt128(count) * 1_000_000_000)
  }

  package mutating func add(_ weight: UInt64) { billionths += UInt128(weight) }
  package mutating func merge(_ other: WeightSum) { billionths += other.billionths }
  package static func < (left: WeightSum, right: WeightSum) -> Bool {
    left.billionths < right.billionths
  }
  /// What is left of a sum without a part of it.
  package static func - (sum: WeightSum, part: WeightSum) -> WeightSum {
    WeightSum(billionths: sum.billionths - part.billionths)
  }
  package static func + (left: WeightSum, right: WeightSum) -> WeightSum {
    WeightSum(billionths: left.billionths + right.billionths)
  }
}

/// The exact sum of squared weights, in billionths of billionths.
///
/// A square has up to 120 bits, so the sum of many needs more than 128: the carries go to `high`.
package struct SquareSum: Hashable, Sendable {
  package private(set) var low: UInt128 = 0
  package private(set) var high: UInt64 = 0

  package init() {}
  package init(low: UInt128, high: UInt64) {
    self.low = low
    self.high = high
  }

  package mutating func add(squareOf weight: UInt64) {
    addLow(UInt128(weight) * UInt128(weight))
  }

  package mutating func merge(_ other: SquareSum) {
    addLow(other.low)
    high += other.high
  }

  private mutating func addLow(_ value: UInt128) {
    let (sum, carried) = low.addingReportingOverflow(value)
    low = sum
    if carried { high += 1 }
  }
}

/// What all weights of some responses are multiplied by: a whole number of billionths.
package struct WeightFactor: Hashable, Sendable {
  package let billionths: UInt64
  /// In billionths of billionths.
  fileprivate let square: UInt128

  package init(billionths: UInt64) {
    self.billionths = billionths
    square = UInt128(billionths) * UInt128(billionths)
  }

  /// The nearest factor, half to even; nil where that is 0, above 10⁹ or no number.
  package init?(_ value: Double) {
    let count = (value * Double(Billionths.perUnit)).rounded(.toNearestOrEven)
    guard count >= 1, count <= 1e18 else { return nil }
    self.init(billionths: UInt64(count))
  }
}

extension WeightSum {
  /// Multiplies the sum, and cuts it off after the ninth digit.
  ///
  /// Where everybody weighs a whole number nothing is cut off. Else what parts lose is never less
  /// than what their whole loses: no part comes out above it.
  package mutating func scale(by factor: WeightFactor) {
    billionths = scaled(billionths, by: UInt128(factor.billionths), over: 1_000_000_000)
  }
}

extension SquareSum {
  /// Multiplies the sum by the square of a factor, and cuts it off.
  package mutating func scale(by factor: WeightFactor) {
    let one: UInt128 = 1_000_000_000_000_000_000
    if high == 0 {
      let product = low.multipliedFullWidth(by: factor.square)
      if product.high < one {
        low = one.dividingFullWidth(product).quotient
        return
      }
    }
    let sum = BigUInt(high) << 128 + BigUInt(low)
    let quotient = sum * BigUInt(factor.square) / BigUInt(one)
    low = UInt128(truncatingIfNeeded: quotient)
    high = UInt64(truncatingIfNeeded: quotient >> 128)
  }
}

/// - Precondition: the result fits.
package func scaled(_ value: UInt128, by factor: UInt128, over divisor: UInt128) -> UInt128 {
  let (product, overflows) = value.multipliedReportingOverflow(by: factor)
  if !overflows { return product / divisor }
  return divisor.dividingFullWidth(value.multipliedFullWidth(by: factor)).quotient
}
