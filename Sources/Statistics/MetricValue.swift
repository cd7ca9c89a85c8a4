/// A respondent's number, or a closed band of numbers, kept just exactly enough to be compared
/// with a threshold: is it above, at or below?
package struct MetricBand: Hashable, Sendable, BitwiseCopyable {
  /// Ends in half billionths; a missing end is open.
  package let low: Int64?
  package let high: Int64?

  package init(low: Int64?, high: Int64?) {
    self.low = low
    self.high = high
  }

  package init(low: Billionths?, high: Billionths?) {
    self.init(low: low.map { $0.count * 2 }, high: high.map { $0.count * 2 })
  }

  /// Reads a plain number, `%` allowed: `30`, `30.1`, `-4`, `31 %`. Anything else is nil.
  ///
  /// Digits after the ninth are kept as "a little more", which is all a comparison needs. Numbers
  /// above four thousand million are taken as that much.
  /// - Complexity: O(length of the text).
  package init?(number text: some Sequence<UInt8>) {
    var bytes = Array(text)
    if bytes.last == UInt8(ascii: "%") {
      bytes.removeLast()
      while let last = bytes.last, last == UInt8(ascii: " ") || last == 9 { bytes.removeLast() }
    }
    // `.5` and `5.` are not plain numbers: a digit stands on both sides of a point.
    let unsigned = bytes.drop { $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "+") }
    guard unsigned.first != UInt8(ascii: "."), unsigned.last != UInt8(ascii: "."),
      let parts = DecimalParts(bytes, allowsExponent: false)
    else { return nil }
    let value = parts.halfBillionths()
    self.init(low: value, high: value)
  }

  /// Whether the value lies strictly above `threshold`: nil when the band straddles it.
  package func isAbove(_ threshold: Billionths) -> Bool? {
    let limit = threshold.count * 2
    if let low, low > limit { return true }
    if let high, high <= limit { return false }
    return nil
  }
}

extension DecimalParts {
  /// Twice the number × 10⁹, cut off; odd when something was cut, so that it compares as "more".
  fileprivate func halfBillionths() -> Int64 {
    let limit: Int64 = 4_000_000_000 * Billionths.perUnit
    let kept = pointPosition + 9
    var value: Int64 = 0
    for place in 0..<max(0, min(kept, 20)) {
      let digit = place < digits.count ? Int64(digits[place]) : 0
      if value > limit / 10 { return isNegative ? -2 * limit : 2 * limit }
      value = value * 10 + digit
    }
    value = min(value, limit)
    let doubled = 2 * value + (digits.count > max(0, kept) ? 1 : 0)
    return isNegative ? -doubled : doubled
  }
}
