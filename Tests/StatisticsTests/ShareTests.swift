import BigInt
import Statistics
import Testing

@Suite struct ShareTests {
  @Test(arguments: [
    (1, 128, "0.007812"), (127, 128, "0.992188"), (3, 128, "0.023438"), (5, 128, "0.039062"),
    (3_000_005, 10_000_000, "0.300000"), (3_000_015, 10_000_000, "0.300002"),
    (3_000_006, 10_000_000, "0.300001"), (0, 7, "0.000000"), (7, 7, "1.000000"),
    (1, 3, "0.333333"), (2, 3, "0.666667"), (22, 7, "3.142857"), (1, 2_000_000, "0.000000"),
    (3, 2_000_000, "0.000002"), (9_999_999, 10_000_000, "1.000000"),
  ])
  func ratioIsPrintedHalfToEven(_ part: UInt, _ base: UInt, _ text: String) {
    #expect(ExactRatio(BigUInt(part), over: BigUInt(base))?.sixDecimals == text)
  }

  @Test func shareOfNothingIsNoNumber() {
    #expect(ExactRatio(0, over: 0) == nil)
    #expect(ExactRatio(WeightSum.unweighted(1), over: WeightSum()) == nil)
    #expect(ShareEstimate(WeightSum(), of: Sample(unweighted: 0)) == nil)
    #expect(Sample(unweighted: 0).effectiveSize == nil)
    #expect(ExactRatio(WeightSum.unweighted(1)).divided(by: ExactRatio(WeightSum())) == nil)
  }

  @Test func ratiosAreAddedAndDividedExactly() throws {
    let third = try #require(ExactRatio(1, over: 3))
    let sixth = third.divided(by: 2 as UInt64)
    #expect((third + sixth).sixDecimals == "0.500000")
    #expect(third.divided(by: sixth)?.sixDecimals == "2.000000")
    #expect((third + third + third).millionths == 1_000_000)
  }

  @Test func hugeRatiosKeepTheirApproximation() throws {
    let huge = BigUInt(1) << 5_000
    let ratio = try #require(ExactRatio(huge, over: huge << 2))
    #expect(ratio.approximation == 0.25)
  }

  /// METHODS.md 3.8, computed with scipy 1.17.
  @Test(arguments: [
    (8, 20, "0.218807", "0.613418"), (0, 10, "0.000000", "0.277533"),
    (13, 412, "0.018531", "0.053231"), (10, 10, "0.722467", "1.000000"),
  ])
  func wilsonIntervalIsThatOfTheVectors(
    _ part: UInt64, _ base: UInt64, _ low: String, _ high: String
  ) throws {
    let estimate = try #require(
      ShareEstimate(.unweighted(part), of: Sample(unweighted: base)))
    #expect(sixDecimals(estimate.low) == low)
    #expect(sixDecimals(estimate.high) == high)
  }

  /// METHODS.md 3.8: weights 1, 1, 2, .5, 3.
  @Test func effectiveSizeIsKishs() {
    var sample = Sample(unweighted: 0)
    for weight: UInt64 in [1_000_000_000, 1_000_000_000, 2_000_000_000, 500_000_000, 3_000_000_000]
    {
      sample.count += 1
      sample.weight.add(weight)
      sample.squares.add(squareOf: weight)
    }
    #expect(sample.effectiveSize?.sixDecimals == "3.688525")
  }

  @Test func equalWeightsChangeNothing() {
    var sample = Sample(unweighted: 0)
    for _ in 0..<7 {
      sample.weight.add(333_333_333)
      sample.squares.add(squareOf: 333_333_333)
    }
    #expect(sample.effectiveSize?.sixDecimals == "7.000000")
    #expect(Sample(unweighted: 7).effectiveSize?.sixDecimals == "7.000000")
  }
}
