/// The exact sum of weights in billionths: adding is associative, whatever the order and the
/// number of threads.
///
/// Holds 3 × 10²⁰ responses of the largest weight (10⁹) before it overflows.
package struct WeightSum: Hashable, Sendable {
  package private(set) var billionths: UInt128 = 0

  package init() {}
  package init(billionths: UInt128) { self.billionths = billionths }
  package static func unweighted(_ count: UInt64) -> WeightSum {
    WeightSum(billionths: UInt128(count) * 1_000_000_000)
  }

  package mutating func add(_ weight: UInt64) { billionths += UInt128(weight) }
  package mutating func merge(_ other: WeightSum) { billionths += other.billionths }
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
