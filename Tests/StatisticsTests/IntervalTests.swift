import StagecraftTestSupport
import Testing

@testable import Statistics

/// Quantiles and intervals against scipy's, and against the truth.
@Suite struct IntervalTests {
  /// Rows of Tests/Fixtures/statistics/intervals.csv: what, its arguments, its value or ends.
  private func rows(of name: String) throws -> [[Double]] {
    let text = try PackageFiles.text(
      PackageFiles.root + "/Tests/Fixtures/statistics/intervals.csv")
    let rows = text.split(separator: "\n").map { $0.split(separator: ",") }
    let found = rows.filter { $0[0] == name }.map { $0.dropFirst().compactMap { Double($0) } }
    try #require(!found.isEmpty)
    return found
  }

  private func isClose(_ value: Double, _ expected: Double) -> Bool {
    abs(value - expected) <= 1e-9 * max(1, abs(expected))
  }

  @Test func tailsAreThoseOfScipy() throws {
    for row in try rows(of: "beta_lower_tail") {
      #expect(isClose(BetaDistribution(row[1], row[2]).lowerTail(row[0]), row[3]), "\(row)")
    }
    for row in try rows(of: "gamma_upper_tail") {
      #expect(isClose(gammaUpperTail(row[0], shape: row[1]), row[2]), "\(row)")
    }
  }

  @Test func quantilesAreThoseOfScipy() throws {
    for row in try rows(of: "beta_quantile") {
      let law = BetaDistribution(row[1], row[2])
      #expect(isClose(law.quantile(lowerTail: row[0]), row[3]), "\(row)")
      #expect(isClose(law.quantile(upperTail: 1 - row[0]), row[3]), "\(row)")
    }
    for row in try rows(of: "chi_square_quantile") {
      let value = chiSquareQuantile(upperTail: row[0], degreesOfFreedom: row[1])
      #expect(isClose(value, row[2]), "\(row)")
    }
  }

  @Test(arguments: ["wilson", "jeffreys", "korn_graubard"])
  func intervalsAreThoseOfScipy(_ method: String) throws {
    for row in try rows(of: method) {
      let observed = ObservedShare(share: row[0], size: row[1])
      let interval =
        switch method {
        case "wilson": observed.wilson
        case "jeffreys": observed.jeffreys
        default: observed.kornGraubard
        }
      #expect(isClose(interval.low, row[2]) && isClose(interval.high, row[3]), "\(row)")
    }
  }

  @Test func simultaneousIntervalsAreGoodmans() throws {
    for row in try rows(of: "goodman") {
      let limit = ObservedShare.goodmanLimit(categories: Int(row[2]))
      let interval = ObservedShare(share: row[0], size: row[1]).goodman(limit: limit)
      #expect(isClose(interval.low, row[3]) && isClose(interval.high, row[4]), "\(row)")
    }
  }

  /// Published vectors, computed with another version of scipy.
  @Test func intervalsAreThoseOfTheVectors() {
    let vectors: [(part: Double, size: Double, jeffreys: [String], exact: [String])] = [
      (8, 20, ["0.210629", "0.616080"], ["0.191190", "0.639457"]),
      (0, 10, ["0.000000", "0.217196"], ["0.000000", "0.308497"]),
      (13, 412, ["0.017799", "0.051842"], ["0.016906", "0.053353"]),
    ]
    for vector in vectors {
      let observed = ObservedShare(share: vector.part / vector.size, size: vector.size)
      #expect(observed.jeffreys.printed == vector.jeffreys)
      #expect(observed.kornGraubard.printed == vector.exact)
    }
    let limit = ObservedShare.goodmanLimit(categories: 6)
    #expect(sixDecimals(limit) == "6.960401")
    let goodman = [0.05, 0.02].map { ObservedShare(share: $0, size: 100).goodman(limit: limit) }
    #expect(goodman.map(\.printed) == [["0.016446", "0.142121"], ["0.003790", "0.098682"]])
  }

  @Test func quantilesGoBackToTheirTails() {
    var numbers = SeededGenerator(seed: 41)
    for _ in 0..<100 {
      let sizes = [1.0, 3, 40, 1_000, 20_000]
      let law = BetaDistribution(
        numbers.pick(sizes) * Double.random(in: 0.3...2, using: &numbers),
        numbers.pick(sizes) * Double.random(in: 1...2, using: &numbers))
      let tail = Double.random(in: 0.001...0.999, using: &numbers)
      let found = law.lowerTail(law.quantile(lowerTail: tail))
      #expect(abs(found - tail) <= 1e-10, "\(law) \(tail)")
    }
  }

  /// Repeated samples of 200 from five stages with known shares, with weights that have nothing to
  /// do with the stage.
  @Test func intervalsCoverTheTruth() throws {
    var simulation = Simulation(seed: 20)
    for _ in 0..<800 { try simulation.addSample(size: 200) }
    let covered = simulation.coverage
    #expect(abs(covered.wilson - 0.95) <= 0.015, "\(covered)")
    #expect(abs(covered.jeffreys - 0.95) <= 0.015, "\(covered)")
    // Exact intervals promise at least 95 %, and those of all shares at once about as much.
    #expect(covered.exact >= 0.945 && covered.exact <= 0.98, "\(covered)")
    #expect(abs(covered.all - 0.95) <= 0.015, "\(covered)")
  }
}

extension ShareInterval {
  fileprivate var printed: [String] { [sixDecimals(low), sixDecimals(high)] }

  fileprivate func holds(_ share: Double) -> Bool { low <= share && share <= high }
}

/// Samples from a known population, and how often intervals hold its shares.
private struct Simulation {
  private var numbers: SeededGenerator
  private let shares = [0.3, 0.25, 0.2, 0.15, 0.1]
  private let weights: [UInt64] = [500_000_000, 1_000_000_000, 1_000_000_000, 2_000_000_000]
  private let limit = ObservedShare.goodmanLimit(categories: 5)
  private var samples = 0.0
  private var hits = (wilson: 0.0, jeffreys: 0.0, exact: 0.0, all: 0.0)

  init(seed: UInt64) { numbers = SeededGenerator(seed: seed) }

  var coverage: (wilson: Double, jeffreys: Double, exact: Double, all: Double) {
    let intervals = samples * Double(shares.count)
    return (
      hits.wilson / intervals, hits.jeffreys / intervals, hits.exact / intervals,
      hits.all / samples
    )
  }

  mutating func addSample(size: Int) throws {
    var base = Sample(unweighted: 0)
    var stages = Array(repeating: WeightSum(), count: shares.count)
    for _ in 0..<size {
      let weight = numbers.pick(weights)
      base.count += 1
      base.weight.add(weight)
      base.squares.add(squareOf: weight)
      stages[drawStage()].add(weight)
    }
    let effective = try #require(base.effectiveSize).approximation
    var areAllHeld = true
    for (truth, weight) in zip(shares, stages) {
      let share = try #require(ExactRatio(weight, over: base.weight)).approximation
      let observed = ObservedShare(share: share, size: effective)
      if observed.wilson.holds(truth) { hits.wilson += 1 }
      if observed.jeffreys.holds(truth) { hits.jeffreys += 1 }
      if observed.kornGraubard.holds(truth) { hits.exact += 1 }
      areAllHeld = areAllHeld && observed.goodman(limit: limit).holds(truth)
    }
    if areAllHeld { hits.all += 1 }
    samples += 1
  }

  private mutating func drawStage() -> Int {
    var rest = Double.random(in: 0..<1, using: &numbers)
    for (stage, share) in shares.enumerated() {
      if rest < share { return stage }
      rest -= share
    }
    return shares.count - 1
  }
}
