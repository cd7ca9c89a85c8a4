/// A decimal number held exactly as a whole number of billionths.
///
/// Respondents' weights, criteria's weights and thresholds are such numbers: nine digits after the
/// point are enough for all of them, and sums of whole numbers do not depend on their order.
package struct Billionths: Hashable, Comparable, Sendable {
  package let count: Int64

  /// How many billionths make one.
  package static let perUnit: Int64 = 1_000_000_000
  /// The largest size that a text may have, well inside what an `Int64` holds.
  static let largest = 9_000_000_000 * perUnit
  package static let zero = Billionths(count: 0)
  package static let one = Billionths(count: perUnit)

  package init(count: Int64) { self.count = count }

  package static func < (left: Billionths, right: Billionths) -> Bool { left.count < right.count }

  /// The value as `Double`, for messages and formulas that are not exact anyway.
  package var approximation: Double { Double(count) / Double(Billionths.perUnit) }

  /// The plain decimal text, without trailing zeros: `0.5`, `2`, `-1.25`.
  package var text: String {
    let magnitude = count.magnitude
    let whole = magnitude / UInt64(Billionths.perUnit)
    var fraction = String(magnitude % UInt64(Billionths.perUnit))
    fraction = String(repeating: "0", count: 9 - fraction.count) + fraction
    while fraction.last == "0" { fraction.removeLast() }
    return (count < 0 ? "-" : "") + String(whole) + (fraction.isEmpty ? "" : "." + fraction)
  }
}

extension Billionths {
  /// Reads a decimal with an optional exponent (`1`, `.5`, `2.`, `-1e3`), rounded half to even at
  /// the ninth digit after the point.
  ///
  /// - Returns: nil for any other text (`nan`, `inf`, `0x10`, `1,5`, the empty text) and for values
  ///   whose size is above 9,000,000,000.
  /// - Complexity: O(length of the text).
  package init?(decimal text: some Sequence<UInt8>) {
    guard let parts = DecimalParts(text, allowsExponent: true),
      let rounded = parts.roundedToBillionths()
    else { return nil }
    self.init(count: rounded)
  }

  /// True when `text` is a decimal that needs more than nine digits after the point.
  package static func needsRounding(decimal text: some Sequence<UInt8>) -> Bool {
    guard let parts = DecimalParts(text, allowsExponent: true) else { return false }
    return parts.digitsAfterPoint > 9
  }
}

/// The digits of a decimal text, before any rounding.
struct DecimalParts {
  private(set) var isNegative = false
  /// Significant digits, most significant first, without leading and trailing zeros.
  private(set) var digits: [UInt8] = []
  /// Where the point stands: value = 0.d1d2d3… × 10^pointPosition.
  private(set) var pointPosition = 0

  var digitsAfterPoint: Int { max(0, digits.count - pointPosition) }

  init?(_ text: some Sequence<UInt8>, allowsExponent: Bool) {
    var rest = Array(text)[...]
    if let sign = rest.first, sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") {
      isNegative = sign == UInt8(ascii: "-")
      rest.removeFirst()
    }
    var exponent = 0
    if let mark = rest.firstIndex(where: { $0 | 0x20 == UInt8(ascii: "e") }) {
      guard allowsExponent, let value = DecimalParts.exponent(rest[(mark + 1)...]) else {
        return nil
      }
      exponent = value
      rest = rest[..<mark]
    }
    guard let whole = readDigits(&rest) else { return nil }
    pointPosition = whole + exponent
    dropZeros()
  }

  /// Reads `123.45` into `digits`; returns how many stood before the point.
  private mutating func readDigits(_ rest: inout ArraySlice<UInt8>) -> Int? {
    var beforePoint: Int?
    for byte in rest {
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): digits.append(byte - UInt8(ascii: "0"))
      case UInt8(ascii: ".") where beforePoint == nil: beforePoint = digits.count
      default: return nil
      }
    }
    return digits.isEmpty ? nil : beforePoint ?? digits.count
  }

  private mutating func dropZeros() {
    let leading = digits.prefix { $0 == 0 }.count
    digits.removeFirst(leading)
    pointPosition -= leading
    while digits.last == 0 { digits.removeLast() }
    if digits.isEmpty { pointPosition = 0 }
  }

  /// At most three digits: 1e999 is refused as too large anyway, 1e9999 is not worth an overflow.
  private static func exponent(_ text: ArraySlice<UInt8>) -> Int? {
    var rest = text
    var sign = 1
    if let first = rest.first, first == UInt8(ascii: "-") || first == UInt8(ascii: "+") {
      sign = first == UInt8(ascii: "-") ? -1 : 1
      rest.removeFirst()
    }
    guard (1...3).contains(rest.count) else { return nil }
    var value = 0
    for byte in rest {
      guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
      value = value * 10 + Int(byte - UInt8(ascii: "0"))
    }
    return sign * value
  }

  /// The number × 10⁹ rounded half to even, or nil above 9 × 10¹⁸.
  func roundedToBillionths() -> Int64? {
    let kept = pointPosition + 9
    if kept > 19 { return nil }
    var value: Int64 = 0
    for place in 0..<max(0, kept) {
      let digit = place < digits.count ? Int64(digits[place]) : 0
      let (product, overflow) = value.multipliedReportingOverflow(by: 10)
      let (sum, overflowToo) = product.addingReportingOverflow(digit)
      if overflow || overflowToo { return nil }
      value = sum
    }
    if value > Billionths.largest { return nil }
    if roundsUp(keeping: kept, last: value) { value += 1 }
    return value > Billionths.largest ? nil : isNegative ? -value : value
  }

  private func roundsUp(keeping kept: Int, last value: Int64) -> Bool {
    guard kept >= 0, kept < digits.count else { return false }
    if digits[kept] != 5 { return digits[kept] > 5 }
    return digits.count > kept + 1 || value % 2 == 1
  }
}
