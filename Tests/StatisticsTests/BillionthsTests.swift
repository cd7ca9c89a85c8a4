import Statistics
import Testing

@Suite struct BillionthsTests {
  @Test(arguments: [
    ("1", 1_000_000_000), ("0", 0), ("-0", 0), ("+7", 7_000_000_000), (".5", 500_000_000),
    ("2.", 2_000_000_000), ("-1.25", -1_250_000_000), ("007", 7_000_000_000),
    ("1e3", 1_000_000_000_000), ("1E3", 1_000_000_000_000), ("1e+3", 1_000_000_000_000),
    ("-1e3", -1_000_000_000_000), ("12.5e-1", 1_250_000_000), ("1e-9", 1), ("1e-999", 0),
    ("0e999", 0), ("0.123456789", 123_456_789), ("9e9", 9_000_000_000_000_000_000),
    ("-9000000000", -9_000_000_000_000_000_000),
  ])
  func decimalIsReadInBillionths(_ text: String, _ count: Int64) {
    #expect(Billionths(decimal: text.utf8)?.count == count)
  }

  @Test(arguments: [
    ("0.0000000005", 0), ("0.0000000015", 2), ("0.0000000025", 2), ("-0.0000000015", -2),
    ("0.00000000050000000001", 1), ("0.00000000149999999999", 1), ("0.0000000006", 1),
    ("5e-10", 0), ("15e-10", 2), ("0.9999999995", 1_000_000_000), ("1.0000000005", 1_000_000_000),
    ("1.0000000015", 1_000_000_002), ("0.00000000005", 0), ("0.00000000099", 1),
  ])
  func ninthDigitIsRoundedHalfToEven(_ text: String, _ count: Int64) {
    #expect(Billionths(decimal: text.utf8)?.count == count)
  }

  @Test(arguments: [
    "", ".", "+", "-", "e", "e5", ".e1", "1e", "1e+", "1e5.5", "1e1000", "1e999", "nan", "NaN",
    "inf", "-inf", "infinity", "0x10", "1,5", "1_000", "1 000", " 1", "1 ", "1%", "--1", "+-1",
    "1.2.3", "1e2e3", "\u{661}", "1\u{0}", "9000000001", "9.1e9", "-9000000000.000000001", "1e10",
    "9223372036854775807", "9223372036.854775807", "9223372036.8547758079", "18446744073709551616",
    String(repeating: "9", count: 400), "1" + String(repeating: "0", count: 400),
  ])
  func otherTextIsRefused(_ text: String) {
    #expect(Billionths(decimal: text.utf8) == nil)
  }

  @Test func digitsWithoutEndDoNoHarm() {
    let zeros = String(repeating: "0", count: 400)
    #expect(Billionths(decimal: (zeros + "1.5").utf8)?.count == 1_500_000_000)
    #expect(Billionths(decimal: ("0." + zeros + "1").utf8) == .zero)
    #expect(
      Billionths(decimal: ("0." + String(repeating: "3", count: 400)).utf8)?.count == 333_333_333)
  }

  @Test(arguments: [
    (0, "0"), (1, "0.000000001"), (500_000_000, "0.5"), (2_000_000_000, "2"),
    (-1_250_000_000, "-1.25"), (Int64.min, "-9223372036.854775808"),
  ])
  func textIsThePlainDecimal(_ count: Int64, _ text: String) {
    #expect(Billionths(count: count).text == text)
  }

  @Test(arguments: [
    ("0.123456789", false), ("0.1234567891", true), ("0.1234567890000", false), ("1e-10", true),
    ("1234567890123", false), ("nan", false),
  ])
  func tenthDigitNeedsRounding(_ text: String, _ needs: Bool) {
    #expect(Billionths.needsRounding(decimal: text.utf8) == needs)
  }
}
