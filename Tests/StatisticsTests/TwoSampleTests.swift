import StagecraftTestSupport
import Testing

@testable import Statistics

/// Tests of two samples and of pairs, against base R's values.
@Suite struct TwoSampleTests {
  private struct Row {
    let first: [Double]
    let second: [Double]
    let values: [Double]
  }

  /// Rows of Tests/Fixtures/statistics/comparisons.csv: what, two lists of arguments, its values.
  private func rows(of name: String) throws -> [Row] {
    let text = try PackageFiles.text(
      PackageFiles.root + "/Tests/Fixtures/statistics/comparisons.csv")
    let found = text.split(separator: "\n").map { $0.split(separator: ",") }
      .filter { $0[0] == name }
      .map { fields in fields.dropFirst().map { $0.split(separator: " ").compactMap { Double($0) } }
      }
      .map { Row(first: $0[0], second: $0[1], values: $0[2]) }
    try #require(!found.isEmpty)
    return found
  }

  private func expect(_ values: [Double], _ expected: [Double]) {
    #expect(values.count == expected.count)
    for (value, wanted) in zip(values, expected) {
      #expect(abs(value - wanted) <= 1e-9 * max(1, abs(wanted)), "\(values) \(expected)")
    }
  }

  @Test func chiSquareIsThatOfR() throws {
    for row in try rows(of: "chi_square") {
      let test = try #require(HomogeneityTest(row.first, row.second))
      expect(
        [test.statistic, Double(test.degreesOfFreedom), test.pValue, test.cramersV], row.values)
    }
  }

  @Test func theOrderedTestIsThatOfR() throws {
    for row in try rows(of: "mann_whitney") {
      let test = try #require(OrderedTest(row.first, row.second))
      expect([test.u, test.pValue, test.cliffsDelta], row.values)
    }
  }

  @Test(arguments: ["bowker", "stuart_maxwell"])
  func testsOfChangeAreThoseOfR(_ name: String) throws {
    for row in try rows(of: name) {
      let size = Int(row.first[0])
      let table = TransitionTable(
        (0..<size).map { line in (0..<size).map { UInt64(row.second[line * size + $0]) } })
      let test = try #require(name == "bowker" ? table.symmetry : table.marginalHomogeneity)
      expect([test.statistic, Double(test.degreesOfFreedom), test.pValue], row.values)
    }
  }

  @Test func mcNemarIsThatOfR() throws {
    for row in try rows(of: "mcnemar_exact") {
      let test = try #require(McNemarTest(up: UInt64(row.first[0]), down: UInt64(row.second[0])))
      #expect(test.isExact)
      expect([test.pValue], row.values)
    }
    for row in try rows(of: "mcnemar") {
      let test = try #require(McNemarTest(up: UInt64(row.first[0]), down: UInt64(row.second[0])))
      expect([try #require(test.statistic), test.pValue], row.values)
    }
  }

  @Test func adjustedProbabilitiesAreThoseOfR() throws {
    for row in try rows(of: "benjamini_hochberg") {
      expect(benjaminiHochberg(row.first), row.values)
    }
  }

  @Test func differencesAreNewcombes() throws {
    for row in try rows(of: "newcombe") {
      let one = ObservedShare(share: row.first[0] / row.first[1], size: row.first[1])
      let other = ObservedShare(share: row.second[0] / row.second[1], size: row.second[1])
      let difference = ShareDifference(from: one, to: other)
      expect(
        [
          difference.value, difference.interval.low, difference.interval.high,
          cohensH(from: one.share, to: other.share),
        ], row.values)
    }
  }

  @Test func aWilsonIntervalTellsItsSize() throws {
    for (share, size) in [(0.0, 12.5), (0.03, 400.25), (0.5, 31), (1, 77)] {
      let wilson = ObservedShare(share: share, size: size).wilson
      let found = try #require(ObservedShare(share: share, wilson: wilson))
      #expect(abs(found.size - size) < 1e-6 * size)
    }
  }

  @Test func categoriesWithFewExpectedArePutTogether() {
    #expect(HomogeneityTest.merged([2, 1, 40, 3], [1, 2, 50, 1]) == [0..<4])
    #expect(HomogeneityTest.merged([20, 1, 40, 3], [10, 2, 50, 1]) == [0..<1, 1..<4])
    #expect(HomogeneityTest([5, 0], [7, 0]) == nil)
    #expect(OrderedTest([5, 0], [7, 0]) == nil)
  }

  @Test func categoriesBetweenWhichNobodyMovesAreToldApart() throws {
    let table = TransitionTable([[5, 3, 0, 0], [1, 5, 0, 0], [0, 0, 5, 2], [0, 0, 6, 5]])
    let test = try #require(table.marginalHomogeneity)
    #expect(test.degreesOfFreedom == 2)
    // Two tests of two categories: (3 - 1)² / 4 + (2 - 6)² / 8.
    #expect(abs(test.statistic - 3) < 1e-12)
    #expect(TransitionTable([[4, 0], [0, 2]]).symmetry == nil)
  }
}
