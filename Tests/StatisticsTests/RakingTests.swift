import BigInt
import StagecraftTestSupport
import Testing

@testable import Statistics

/// Raked weights against those of R's survey package.
@Suite struct RakingTests {
  /// Problems of Tests/Fixtures/statistics/raking.csv, made by make_raking.R.
  private struct Problem {
    var categories: [[Int]] = []
    var counts: [Double] = []
    var weights: [Double] = []
    var factors: [Double] = []
    var kish: [Double] = []

    init(_ name: String) throws {
      let text = try PackageFiles.text(
        PackageFiles.root + "/Tests/Fixtures/statistics/raking.csv")
      for line in text.split(separator: "\n") {
        let fields = line.split(separator: ",").map(String.init)
        guard fields[1] == name else { continue }
        if fields[0] == "kish" {
          kish = fields[2...].compactMap { Double($0) }
        } else {
          categories.append(fields[2].split(separator: "|").compactMap { Int($0) })
          counts.append(try #require(Double(fields[3])))
          weights.append(try #require(Double(fields[4])))
          factors.append(try #require(Double(fields[5])))
        }
      }
      try #require(!factors.isEmpty && kish.count == 2)
    }

    func raking(_ targets: [[Double]]) -> Raking {
      Raking(
        weights: zip(counts, weights).map(*),
        margins: targets.enumerated().map { margin, targets in
          Raking.Margin(categories: categories.map { $0[margin] }, targets: targets)
        })
    }
  }

  private static let three = [[0.4, 0.25, 0.2, 0.15], [0.3, 0.45, 0.25], [0.48, 0.52]]

  @Test(
    arguments: [
      ("two", [[0.5, 0.5], [0.6, 0.4]], 0 ... .infinity),
      ("three", three, 0 ... .infinity),
      ("weighted", three, 0 ... .infinity),
      ("trimmed", three, 0.45...2.2),
    ] as [(String, [[Double]], ClosedRange<Double>)])
  func factorsAreThoseOfR(
    _ name: String, _ targets: [[Double]], _ limits: ClosedRange<Double>
  ) throws {
    let problem = try Problem(name)
    let solution = problem.raking(targets).solve(
      Raking.Limits(tolerance: 1e-13, iterations: 100_000, factors: limits))
    #expect(solution.isConverged)
    #expect((solution.trims > 0) == limits.upperBound.isFinite)
    var sample = Sample(unweighted: 0)
    for (cell, expected) in problem.factors.enumerated() {
      #expect(abs(solution.factors[cell] - expected) < 1e-9, "\(name), cell \(cell)")
      let factor = try #require(WeightFactor(solution.factors[cell]))
      var part = Sample(unweighted: 0)
      for _ in 0..<Int(problem.counts[cell]) {
        let weight = UInt64((problem.weights[cell] * 1e9).rounded())
        part.count += 1
        part.weight.add(weight)
        part.squares.add(squareOf: weight)
      }
      part.weight.scale(by: factor)
      part.squares.scale(by: factor)
      sample.merge(part)
    }
    // On the grid of billionths.
    let size = try #require(sample.effectiveSize?.approximation)
    #expect(abs(size / problem.kish[0] - 1) < 2e-9)
    #expect(abs(try #require(sample.designEffect?.approximation) / problem.kish[1] - 1) < 2e-9)
  }

  /// The only ones in both are the ones that have to differ: a = 0 has b = 0 alone.
  @Test func contradictingMarginsDoNotConverge() {
    let raking = Raking(
      weights: [3, 5],
      margins: [
        Raking.Margin(categories: [0, 1], targets: [0.5, 0.5]),
        Raking.Margin(categories: [0, 1], targets: [0.6, 0.4]),
      ])
    let solution = raking.solve(Raking.Limits(tolerance: 1e-9, iterations: 50))
    #expect(!solution.isConverged)
    #expect(solution.iterations == 50)
    #expect(abs(solution.largestError - 0.1) < 1e-12)
  }

  @Test func limitsThatLeaveNoRoomDoNotConverge() throws {
    let raking = try Problem("three").raking(RakingTests.three)
    let solution = raking.solve(
      Raking.Limits(tolerance: 1e-9, iterations: 500, factors: 0.5...1.8))
    #expect(!solution.isConverged)
    #expect(solution.trims > 0)
  }

  @Test func weightsThatFitAreLeftAlone() {
    let raking = Raking(
      weights: [2, 2], margins: [Raking.Margin(categories: [0, 1], targets: [0.5, 0.5])])
    let solution = raking.solve(Raking.Limits(tolerance: 1e-9, iterations: 9))
    #expect(solution.factors == [1, 1])
    #expect(solution.iterations == 1)
  }

  @Test func scaledSumsAreExactWhereEverybodyWeighsOne() {
    let factor = WeightFactor(billionths: 1_456_440_423)
    var sum = WeightSum.unweighted(7)
    sum.scale(by: factor)
    #expect(sum.billionths == 7 * 1_456_440_423)
    var squares = Sample(unweighted: 7).squares
    squares.scale(by: factor)
    #expect(squares.low == 7 * 1_456_440_423 * 1_456_440_423 && squares.high == 0)
  }

  @Test func largeSumsAreScaledToo() {
    let factor = WeightFactor(billionths: 2_500_000_000)
    var sum = WeightSum(billionths: .max / 3)
    sum.scale(by: factor)
    let expected = BigUInt(UInt128.max / 3) * 5 / 2
    #expect(BigUInt(sum.billionths) == expected)
    var squares = SquareSum(low: 7, high: 1 << 50)
    squares.scale(by: factor)
    let whole = (BigUInt(1) << 178 + 7) * 25 / 4
    #expect(BigUInt(squares.high) << 128 + BigUInt(squares.low) == whole)
  }

  @Test func whatIsCutOffOfPartsIsNeverLessThanOfTheWhole() {
    let factor = WeightFactor(billionths: 333_333_333)
    var parts = [WeightSum(billionths: 1), WeightSum(billionths: 2), WeightSum(billionths: 5)]
    var whole = parts.reduce(WeightSum(), +)
    for index in parts.indices { parts[index].scale(by: factor) }
    whole.scale(by: factor)
    #expect(parts.reduce(WeightSum(), +) <= whole)
  }

  @Test func factorsOutOfRangeAreNone() {
    for value in [0, 1e-10, 2e9, .infinity, .nan] { #expect(WeightFactor(value) == nil) }
    #expect(WeightFactor(1e-9)?.billionths == 1)
  }
}
