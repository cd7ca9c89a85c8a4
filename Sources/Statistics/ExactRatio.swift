import BigInt

/// A non-negative ratio of two whole numbers, exact until it is printed.
///
/// Nearly all ratios of a run are made of sums that leave room in 128 bits. What does not fit is
/// worked out with numbers of any size, to the same result.
package struct ExactRatio: Sendable {
  private let parts: Parts

  private enum Parts: Sendable {
    case narrow(UInt128, over: UInt128)
    case wide(BigUInt, over: BigUInt)
  }

  package var numerator: BigUInt { wide.numerator }
  package var denominator: BigUInt { wide.denominator }

  /// - Returns: nil over an empty base: a share of nothing is no number.
  package init?(_ numerator: BigUInt, over denominator: BigUInt) {
    if denominator.isZero { return nil }
    parts = .wide(numerator, over: denominator)
  }

  /// - Returns: nil over an empty base.
  package init?(narrow numerator: UInt128, over denominator: UInt128) {
    if denominator == 0 { return nil }
    parts = .narrow(numerator, over: denominator)
  }

  package init?(_ part: WeightSum, over base: WeightSum) {
    self.init(narrow: part.billionths, over: base.billionths)
  }

  package init(_ sum: WeightSum) {
    parts = .narrow(sum.billionths, over: UInt128(Billionths.perUnit))
  }

  private init(unchecked parts: Parts) { self.parts = parts }

  private var wide: (numerator: BigUInt, denominator: BigUInt) {
    switch parts {
    case .narrow(let numerator, let denominator): (BigUInt(numerator), BigUInt(denominator))
    case .wide(let numerator, let denominator): (numerator, denominator)
    }
  }
}

// MARK: Calculating

extension ExactRatio {
  package static func + (left: ExactRatio, right: ExactRatio) -> ExactRatio {
    if case .narrow(let a, let b) = left.parts, case .narrow(let c, let d) = right.parts,
      let one = product(a, d), let other = product(c, b), let denominator = product(b, d)
    {
      let (sum, overflows) = one.addingReportingOverflow(other)
      if !overflows { return ExactRatio(unchecked: .narrow(sum, over: denominator)) }
    }
    let (left, right) = (left.wide, right.wide)
    return ExactRatio(
      unchecked: .wide(
        left.numerator * right.denominator + right.numerator * left.denominator,
        over: left.denominator * right.denominator))
  }

  package static func * (left: ExactRatio, right: ExactRatio) -> ExactRatio {
    if case .narrow(let a, let b) = left.parts, case .narrow(let c, let d) = right.parts,
      let numerator = product(a, c), let denominator = product(b, d)
    {
      return ExactRatio(unchecked: .narrow(numerator, over: denominator))
    }
    let (left, right) = (left.wide, right.wide)
    return ExactRatio(
      unchecked: .wide(
        left.numerator * right.numerator, over: left.denominator * right.denominator))
  }

  package static func < (left: ExactRatio, right: ExactRatio) -> Bool {
    if case .narrow(let a, let b) = left.parts, case .narrow(let c, let d) = right.parts,
      let one = product(a, d), let other = product(c, b)
    {
      return one < other
    }
    return left.numerator * right.denominator < right.numerator * left.denominator
  }

  /// Divides by a whole number above 0.
  package func divided(by count: UInt64) -> ExactRatio {
    precondition(count > 0, "a ratio is never divided by zero")
    if case .narrow(let numerator, let denominator) = parts,
      let longer = ExactRatio.product(denominator, UInt128(count))
    {
      return ExactRatio(unchecked: .narrow(numerator, over: longer))
    }
    return ExactRatio(unchecked: .wide(numerator, over: denominator * BigUInt(count)))
  }

  /// Divides by another ratio; nil when that is zero.
  package func divided(by other: ExactRatio) -> ExactRatio? {
    if case .narrow(let a, let b) = parts, case .narrow(let c, let d) = other.parts,
      let numerator = ExactRatio.product(a, d), let denominator = ExactRatio.product(b, c)
    {
      return ExactRatio(narrow: numerator, over: denominator)
    }
    return ExactRatio(numerator * other.denominator, over: denominator * other.numerator)
  }

  /// Nil where the product does not fit.
  private static func product(_ left: UInt128, _ right: UInt128) -> UInt128? {
    let (product, overflows) = left.multipliedReportingOverflow(by: right)
    return overflows ? nil : product
  }
}

// MARK: Printing

extension ExactRatio {
  /// The value × 10⁶, rounded half to even.
  package var millionths: BigUInt {
    if let narrow = narrowMillionths { return BigUInt(narrow) }
    let (numerator, denominator) = wide
    let (quotient, remainder) = (numerator * 1_000_000).quotientAndRemainder(
      dividingBy: denominator)
    let twice = remainder << 1
    let isOdd = quotient & 1 == 1
    return twice > denominator || (twice == denominator && isOdd) ? quotient + 1 : quotient
  }

  /// Nil where a number on the way does not fit.
  private var narrowMillionths: UInt128? {
    guard case .narrow(let numerator, let denominator) = parts,
      let scaled = ExactRatio.product(numerator, 1_000_000)
    else { return nil }
    // The processor divides 64 bits many times faster.
    if let scaled = UInt64(exactly: scaled), let denominator = UInt64(exactly: denominator) {
      return UInt128(ExactRatio.roundedQuotient(scaled, denominator))
    }
    return ExactRatio.roundedQuotient(scaled, denominator)
  }

  /// The quotient rounded half to even.
  @inline(__always)
  private static func roundedQuotient<Number: FixedWidthInteger & UnsignedInteger>(
    _ numerator: Number, _ denominator: Number
  ) -> Number {
    let quotient = numerator / denominator
    let remainder = numerator - quotient * denominator
    // What is missing to the next whole one; twice the remainder might not fit.
    let missing = denominator - remainder
    let roundsUp = remainder > missing || (remainder == missing && quotient & 1 == 1)
    return roundsUp ? quotient + 1 : quotient
  }

  /// The value with exactly six decimals, as every share in a table is printed.
  package var sixDecimals: String {
    if let narrow = narrowMillionths, let millionths = UInt64(exactly: narrow) {
      return sixDecimalText(millionths)
    }
    return sixDecimalText(String(millionths))
  }

  /// A `Double` beside the value; the exact ratio is what tables print.
  package var approximation: Double {
    if case .narrow(let numerator, let denominator) = parts {
      return ExactRatio.double(numerator) / ExactRatio.double(denominator)
    }
    let (numerator, denominator) = wide
    // Bring both into range first: a Double holds 2^1023 at most.
    let shift = max(0, max(numerator.bitWidth, denominator.bitWidth) - 900)
    return Double(numerator >> shift) / Double(denominator >> shift)
  }

  /// The number as BigInt converts it, so that both ways print the same: beyond 53 bits it is cut
  /// off, and one is added where both the last bit kept and the first one cut off are set.
  private static func double(_ value: UInt128) -> Double {
    let surplus = 75 - value.leadingZeroBitCount
    if surplus <= 0 { return Double(UInt64(truncatingIfNeeded: value)) }
    let kept = UInt64(truncatingIfNeeded: value >> UInt128(surplus))
    let firstCut = UInt64(truncatingIfNeeded: value >> UInt128(surplus - 1)) & 1
    let significand = Double(kept + (kept & firstCut))
    return Double(sign: .plus, exponent: surplus, significand: significand)
  }
}

/// `1234567` (millionths) as `1.234567`.
package func sixDecimalText(_ millionths: String) -> String {
  let padded = String(repeating: "0", count: max(0, 7 - millionths.count)) + millionths
  return padded.dropLast(6) + "." + padded.suffix(6)
}

/// 1234567 millionths as `1.234567`.
package func sixDecimalText(_ millionths: UInt64) -> String {
  var length = 7
  var limit: UInt64 = 10_000_000
  while millionths >= limit, length < 20 {
    length += 1
    limit = limit.multipliedReportingOverflow(by: 10).partialValue
  }
  // Room for what is printed and no more: up to 15 bytes a text is no allocation.
  return String(unsafeUninitializedCapacity: length + 1) { text in
    var rest = millionths
    for place in stride(from: length, through: 0, by: -1) {
      if place == length - 6 {
        text[place] = UInt8(ascii: ".")
      } else {
        text[place] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
        rest /= 10
      }
    }
    return length + 1
  }
}
