import Foundation
import StagecraftTestSupport
import Statistics
import Testing

/// Scalograms and rank correlations against scipy and numpy (`Scripts/make-scale-fixture`).
@Suite struct ScaleTests {
  private struct Fixture: Decodable {
    let scales: [Scale]
    let ranks: [Ranks]
  }

  private struct Scale: Decodable {
    let rows: [String]
    let cr: Double
    let crLeast: Double
    let mmr: Double
    let cs: Double
    let csLeast: Double
    let h: Double
    let kr20: Double

    var scalogram: Scalogram {
      var patterns: [UInt128: Double] = [:]
      for row in rows {
        let bits = row.enumerated().reduce(UInt128(0)) {
          $0 | ($1.element == "1" ? 1 << UInt128($1.offset) : 0)
        }
        patterns[bits, default: 0] += 1
      }
      return Scalogram(items: rows.first?.count ?? 0, patterns: patterns)
    }
  }

  private struct Ranks: Decodable {
    let first: [Double]
    let second: [Double]
    let tauB: Double
    let spearman: Double
  }

  private static let fixture = Result {
    let bytes = try PackageFiles.bytes(PackageFiles.root + "/Tests/Fixtures/scales.json")
    return try JSONDecoder().decode(Fixture.self, from: Data(bytes))
  }

  private func expect(_ found: Double?, _ wanted: Double) {
    #expect(abs((found ?? .nan) - wanted) < 1e-9, "\(String(describing: found)), not \(wanted)")
  }

  @Test func scalogramsAreThoseOfNumpy() throws {
    for scale in try ScaleTests.fixture.get().scales {
      let found = scale.scalogram
      expect(found.reproducibility(.goodenoughEdwards), scale.cr)
      expect(found.reproducibility(.minimumChange), scale.crLeast)
      expect(found.minimalMarginalReproducibility, scale.mmr)
      expect(found.scalability(.goodenoughEdwards), scale.cs)
      expect(found.scalability(.minimumChange), scale.csLeast)
      expect(found.homogeneity, scale.h)
      expect(found.kuderRichardson20, scale.kr20)
    }
  }

  @Test func rankCorrelationsAreThoseOfScipy() throws {
    for ranks in try ScaleTests.fixture.get().ranks {
      expect(kendallTauB(ranks.first, ranks.second), ranks.tauB)
      let (first, second) = (averageRanks(ranks.first, by: <), averageRanks(ranks.second, by: <))
      expect(spearmanCorrelation(first, second), ranks.spearman)
      expect(kendallTauB(first, second), ranks.tauB)
    }
  }

  /// METHODS.md 3.8: eight responses to four items.
  @Test func errorsOfTheEightByFourMatrixAreSixAndThree() throws {
    let scale = try #require(try ScaleTests.fixture.get().scales.first).scalogram
    expect(scale.reproducibility(.goodenoughEdwards), 1 - 6.0 / 32)
    expect(scale.reproducibility(.minimumChange), 1 - 3.0 / 32)
    expect(scale.scalability(.goodenoughEdwards), 0.4)
    expect(scale.homogeneity, 1 - 3 / 5.625)
    expect(scale.kuderRichardson20, 7.0 / 12)
  }

  @Test func whatNobodyTellsHasNoNumber() {
    let nobody = Scalogram(items: 3, patterns: [:])
    #expect(nobody.reproducibility(.minimumChange) == nil)
    #expect(nobody.homogeneity == nil)
    #expect(nobody.kuderRichardson20 == nil)
    let alike = Scalogram(items: 3, patterns: [0b011: 10])
    #expect(alike.reproducibility(.goodenoughEdwards) == 1)
    #expect(alike.scalability(.goodenoughEdwards) == nil)
    #expect(alike.kuderRichardson20 == nil)
    #expect(kendallTauB([1, 1], [1, 2]) == nil)
    #expect(spearmanCorrelation([1.5, 1.5], [1, 2]) == nil)
  }

  @Test func selectedItemsAreAScalogramOfTheirOwn() {
    let scale = Scalogram(items: 3, patterns: [0b101: 2, 0b010: 1, 0b111: 4])
    let upper = scale.selecting([1, 2])
    #expect(upper.size == 7)
    expect(upper.reproducibility(.goodenoughEdwards), 1 - 4.0 / 14)
  }
}
