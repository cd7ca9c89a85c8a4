import BigInt
import Statistics
import Testing

@Suite struct SumTests {
  private static let largestWeight: UInt64 = 1_000_000_000_000_000_000

  @Test func weightsAddUpBeyondSixtyFourBits() {
    var sum = WeightSum()
    for _ in 0..<100 { sum.add(SumTests.largestWeight) }
    #expect(sum.billionths == UInt128(SumTests.largestWeight) * 100)
    #expect(WeightSum.unweighted(3).billionths == 3_000_000_000)
  }

  @Test func squaresCarryBeyondOneHundredTwentyEightBits() {
    var sum = SquareSum()
    for _ in 0..<1_000 { sum.add(squareOf: SumTests.largestWeight) }
    let square = BigUInt(SumTests.largestWeight) * BigUInt(SumTests.largestWeight)
    #expect(sum.high > 0)
    #expect(value(sum) == square * 1_000)
  }

  @Test func mergedSquaresCarryToo() {
    var left = SquareSum(low: .max, high: 2)
    left.merge(SquareSum(low: .max, high: 3))
    #expect(left == SquareSum(low: .max - 1, high: 6))
  }

  @Test func mergingIsAddingInAnyOrder() {
    let weights: [UInt64] = [1, 0, SumTests.largestWeight, 333_333_333, .max, 7]
    var (whole, left, right) = (SquareSum(), SquareSum(), SquareSum())
    var (total, leftTotal, rightTotal) = (WeightSum(), WeightSum(), WeightSum())
    for (place, weight) in weights.enumerated() {
      whole.add(squareOf: weight)
      total.add(weight)
      if place % 2 == 0 {
        left.add(squareOf: weight)
        leftTotal.add(weight)
      } else {
        right.add(squareOf: weight)
        rightTotal.add(weight)
      }
    }
    right.merge(left)
    rightTotal.merge(leftTotal)
    #expect(right == whole)
    #expect(rightTotal == total)
    #expect(leftTotal + WeightSum() == leftTotal)
  }

  @Test func effectiveSizeUsesTheCarry() {
    var sample = Sample(unweighted: 0)
    for _ in 0..<1_000 {
      sample.count += 1
      sample.weight.add(SumTests.largestWeight)
      sample.squares.add(squareOf: SumTests.largestWeight)
    }
    #expect(sample.effectiveSize?.sixDecimals == "1000.000000")
  }

  private func value(_ sum: SquareSum) -> BigUInt {
    (BigUInt(sum.high) << 128) + BigUInt(sum.low)
  }
}
