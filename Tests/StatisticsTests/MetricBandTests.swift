import Statistics
import Testing

@Suite struct MetricBandTests {
  @Test(arguments: [
    ("30", false), ("30.0", false), ("+30", false), ("30.1", true), ("30.00000000000001", true),
    ("29.99999999999999", false), ("30.0000000001", true), ("31 %", true), ("31%", true),
    ("31\t%", true), ("30 %", false), ("0030", false), ("-31", false), ("0", false),
    ("99999999999999999999999999", true), ("-99999999999999999999999999", false),
  ])
  func numberIsComparedWithThirty(_ text: String, _ isAbove: Bool) {
    let band = MetricBand(number: text.utf8)
    #expect(band?.isAbove(Billionths(count: 30 * Billionths.perUnit)) == isAbove)
  }

  @Test(arguments: [("-30", false), ("-30.00000000000001", false), ("-29.99999999999999", true)])
  func negativeNumberIsComparedWithMinusThirty(_ text: String, _ isAbove: Bool) {
    let band = MetricBand(number: text.utf8)
    #expect(band?.isAbove(Billionths(count: -30 * Billionths.perUnit)) == isAbove)
  }

  @Test(arguments: [
    "", "%", "-", "+", ".", ".5", "5.", "-.5", "1e3", "1,000", "1 000", "5%%", "5 % %", "%5",
    "ten", "nan", "inf", "10-20", "$5", "0x10", "1.2.3",
  ])
  func otherTextIsNoNumber(_ text: String) {
    #expect(MetricBand(number: text.utf8) == nil)
  }

  @Test(
    arguments: [
      (0, 9, false), (10, 20, true), (10, nil, true), (nil, 9, false), (9, 9, false),
      (9, 12, nil), (5, 15, nil), (nil, nil, nil), (nil, 20, nil), (0, nil, nil),
    ] as [(Int64?, Int64?, Bool?)])
  func bandDecidesOnlyWhenBothEndsAgree(_ low: Int64?, _ high: Int64?, _ isAbove: Bool?) {
    let band = MetricBand(
      low: low.map { Billionths(count: $0 * Billionths.perUnit) },
      high: high.map { Billionths(count: $0 * Billionths.perUnit) })
    #expect(band.isAbove(Billionths(count: 9 * Billionths.perUnit)) == isAbove)
  }
}
