import BigInt
import Statistics
import Testing

/// Ratios of 128 bits against ratios of numbers of any size.
@Suite struct ExactRatioTests {
  /// Numbers of every length, many of them next to a power of two or of ten.
  private struct Numbers {
    var generator = SplitMix(state: 20_261_123)

    mutating func next() -> UInt128 {
      switch UInt8.random(in: 0...5, using: &generator) {
      case 0: .max - UInt128(UInt8.random(in: 0...3, using: &generator))
      case 1: UInt128(UInt8.random(in: 0...9, using: &generator))
      case 2: near((UInt128(1) << UInt128.random(in: 0...127, using: &generator)))
      case 3: near(powerOfTen())
      default:
        UInt128.random(in: 0...(.max), using: &generator)
          >> UInt128.random(in: 0...127, using: &generator)
      }
    }

    private mutating func near(_ number: UInt128) -> UInt128 {
      number &+ UInt128(UInt8.random(in: 0...2, using: &generator)) &- 1
    }

    private mutating func powerOfTen() -> UInt128 {
      (0..<Int.random(in: 0...38, using: &generator)).reduce(1) { power, _ in power * 10 }
    }
  }

  private func pair(_ a: UInt128, _ b: UInt128) -> (narrow: ExactRatio, wide: ExactRatio)? {
    guard let narrow = ExactRatio(narrow: a, over: b),
      let wide = ExactRatio(BigUInt(a), over: BigUInt(b))
    else { return nil }
    return (narrow, wide)
  }

  private func expectSame(_ narrow: ExactRatio, _ wide: ExactRatio) {
    #expect(narrow.millionths == wide.millionths)
    #expect(narrow.sixDecimals == wide.sixDecimals)
    #expect(narrow.numerator * wide.denominator == wide.numerator * narrow.denominator)
  }

  @Test func narrowRatiosPrintWhatWideOnesPrint() {
    var numbers = Numbers()
    for _ in 0..<20_000 {
      guard let (narrow, wide) = pair(numbers.next(), numbers.next()) else { continue }
      expectSame(narrow, wide)
      #expect(narrow.approximation == wide.approximation)
    }
  }

  @Test func narrowRatiosCalculateWhatWideOnesCalculate() {
    var numbers = Numbers()
    for _ in 0..<5_000 {
      guard let one = pair(numbers.next(), numbers.next()),
        let other = pair(numbers.next(), numbers.next())
      else { continue }
      expectSame(one.narrow + other.narrow, one.wide + other.wide)
      let count = UInt64(truncatingIfNeeded: numbers.next()) | 1
      expectSame(one.narrow.divided(by: count), one.wide.divided(by: count))
      let quotients = (one.narrow.divided(by: other.narrow), one.wide.divided(by: other.wide))
      #expect((quotients.0 == nil) == (quotients.1 == nil))
      if let narrow = quotients.0, let wide = quotients.1 { expectSame(narrow, wide) }
    }
  }

  @Test(arguments: [
    (UInt128(1), UInt128(2_000_000), "0.000000"), (3, 2_000_000, "0.000002"),
    (5, 2_000_000, "0.000002"), (1, 3, "0.333333"), (2, 3, "0.666667"), (0, 1, "0.000000"),
    (.max, 1, "340282366920938463463374607431768211455.000000"), (.max, .max, "1.000000"),
    (.max - 1, .max, "1.000000"), (1, .max, "0.000000"),
  ])
  func halvesGoToTheEvenNeighbour(_ part: UInt128, _ base: UInt128, _ text: String) {
    #expect(ExactRatio(narrow: part, over: base)?.sixDecimals == text)
    #expect(ExactRatio(BigUInt(part), over: BigUInt(base))?.sixDecimals == text)
  }

  @Test func aRatioOverNothingIsNoNumber() {
    #expect(ExactRatio(narrow: 1, over: 0) == nil)
  }

  @Test(arguments: [
    (0, "0.000000"), (1, "0.000001"), (999_999, "0.999999"), (1_000_000, "1.000000"),
    (9_999_999, "9.999999"), (10_000_000, "10.000000"), (12_345_678, "12.345678"),
    (9_999_999_999_999_999_999, "9999999999999.999999"),
    (10_000_000_000_000_000_000, "10000000000000.000000"),
    (UInt64.max, "18446744073709.551615"),
  ])
  func millionthsArePrintedWithSixDecimals(_ value: UInt64, _ text: String) {
    #expect(sixDecimalText(value) == text)
    #expect(sixDecimalText(String(value)) == text)
  }
}

/// The same numbers in every run (Steele, Lea, Flood 2014).
private struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var word = state
    word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
    word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
    return word ^ (word >> 31)
  }
}
