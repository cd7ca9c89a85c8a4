import BigInt

/// An exact ratio, for the reference scorer; never reduced, so that it stays plain.
struct Fraction: Comparable, Sendable {
  let numerator: BigInt
  let denominator: BigInt

  static let zero = Fraction(0, 1)
  static let one = Fraction(1, 1)

  init(_ numerator: BigInt, _ denominator: BigInt) {
    (self.numerator, self.denominator) = (numerator, denominator)
  }

  /// Reads a plain decimal such as `0.125`.
  init(_ decimal: String) {
    let parts = decimal.split(separator: ".", omittingEmptySubsequences: false)
    let places = parts.count == 2 ? parts[1].count : 0
    self.init(
      BigInt(parts.joined(), radix: 10) ?? 0, BigInt(10).power(places))
  }

  static func + (left: Fraction, right: Fraction) -> Fraction {
    Fraction(
      left.numerator * right.denominator + right.numerator * left.denominator,
      left.denominator * right.denominator)
  }

  static func * (left: Fraction, right: Fraction) -> Fraction {
    Fraction(left.numerator * right.numerator, left.denominator * right.denominator)
  }

  /// The divisor must not be zero.
  static func / (left: Fraction, right: Fraction) -> Fraction {
    Fraction(left.numerator * right.denominator, left.denominator * right.numerator)
  }

  static func == (left: Fraction, right: Fraction) -> Bool {
    left.numerator * right.denominator == right.numerator * left.denominator
  }

  static func < (left: Fraction, right: Fraction) -> Bool {
    left.numerator * right.denominator < right.numerator * left.denominator
  }

  /// In millionths: of two equally near whole numbers the even one.
  var millionths: UInt64 {
    let scaled = numerator * 1_000_000
    let below = scaled / denominator
    let rest = 2 * (scaled - below * denominator)
    let roundsUp = rest > denominator || (rest == denominator && below % 2 == 1)
    return UInt64(roundsUp ? below + 1 : below)
  }

  var floor: Int { Int(numerator / denominator) }
}
