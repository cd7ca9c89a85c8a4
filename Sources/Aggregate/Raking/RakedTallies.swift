import Normalize
import Statistics
import SurveyMapping

extension Tally {
  /// All workers' responses in one tally, with raked weights where the survey asks for them.
  ///
  /// - Returns: the failure as well where they cannot be raked; then the tally says nothing but what
  ///   became of the records.
  package static func merged(
    _ workers: [WorkerTally], _ shape: TallyShape
  ) -> (tally: Tally, failure: RakingFailure?) {
    var tally = Tally(shape)
    for worker in workers { tally.merge(worker.finish()) }
    guard let rake = shape.survey.rake else { return (tally, nil) }
    // With room for weights, as the cells' tallies have it once they are scaled.
    tally.scale(by: WeightFactor(billionths: UInt64(Billionths.perUnit)))
    let raked = RakedTallies(rake, shape, workers.compactMap(\.rakedCells))
    do throws(RakingFailure) {
      try raked.merge(into: &tally)
      return (tally, nil)
    } catch {
      return (tally, error)
    }
  }
}

/// All workers' raking cells together: what factor each one's weights get.
struct RakedTallies {
  private let rake: Rake
  private let shape: TallyShape
  private let workers: [RakedCells]
  /// Cells that occur, ascending.
  private let cells: [Cell]

  private struct Cell {
    let number: Int
    let base: CellBase
    /// Its category in each margin.
    let categories: [Int]
  }

  init(_ rake: Rake, _ shape: TallyShape, _ workers: [RakedCells]) {
    (self.rake, self.shape, self.workers) = (rake, shape, workers)
    cells = (0..<rake.cells).compactMap { number in
      var base = CellBase()
      for worker in workers { if let part = worker.base(of: number) { base.merge(part) } }
      if base.sample.count == 0 { return nil }
      return Cell(
        number: number, base: base, categories: CellPlaces.categories(of: number, rake))
    }
  }

  /// Adds every cell's tally with its factor.
  func merge(into tally: inout Tally) throws(RakingFailure) {
    try checkValues()
    try checkCategories()
    let solution = try solve()
    let factors = try factors(solution)
    for (cell, factor) in zip(cells, factors) {
      var sum = Tally(shape)
      for part in workers.compactMap({ $0.finish(cell.number) }) { sum.merge(part) }
      sum.scale(by: factor)
      tally.merge(sum)
    }
    tally.setRaking(report(solution, factors))
  }

  private func segmentName(_ margin: Rake.Margin) -> String {
    shape.survey.segments[margin.segment].id
  }

  private func checkValues() throws(RakingFailure) {
    let unnamed = rake.margins.indices.compactMap(unnamedValues)
    if !unnamed.isEmpty { throw .unnamedValues(unnamed) }
  }

  private func unnamedValues(of margin: Int) -> RakingFailure.UnnamedValues? {
    var responses: [ExactText: UInt64] = [:]
    for worker in workers {
      for (value, count) in worker.unnamedValues(of: margin) {
        responses[value, default: 0] += count
      }
    }
    let missing = responses.removeValue(forKey: ExactText(Rake.missing)) ?? 0
    let total = responses.values.reduce(0, +)
    if total + missing == 0 { return nil }
    return RakingFailure.UnnamedValues(
      segment: segmentName(rake.margins[margin]), values: responses.count, responses: total,
      missing: missing)
  }

  private func base(margin: Int, category: Int) -> Sample {
    cells.reduce(into: Sample(unweighted: 0)) { sum, cell in
      if cell.categories[margin] == category { sum.merge(cell.base.sample) }
    }
  }

  private func checkCategories() throws(RakingFailure) {
    let empty = rake.margins.enumerated().flatMap { index, margin in
      margin.categories.indices.filter {
        base(margin: index, category: $0).weight == WeightSum()
      }.map { name(margin, $0) }
    }
    if !empty.isEmpty { throw .emptyCategories(empty) }
  }

  private func name(_ margin: Rake.Margin, _ category: Int) -> RakingFailure.Name {
    RakingFailure.Name(
      segment: segmentName(margin), category: margin.categories[category].name)
  }
}

extension RakedTallies {
  private var limits: Raking.Limits {
    let low = rake.trim.low?.approximation ?? 0
    let high = rake.trim.high?.approximation ?? .infinity
    return Raking.Limits(
      tolerance: rake.tolerance.approximation, iterations: rake.iterations, factors: low...high)
  }

  private func target(_ margin: Rake.Margin, _ category: Int) -> ExactRatio {
    let zero = ExactRatio(WeightSum())
    return ExactRatio(
      narrow: UInt128(margin.categories[category].target.count.magnitude),
      over: UInt128(margin.total.count.magnitude)) ?? zero
  }

  private func solve() throws(RakingFailure) -> Raking.Solution {
    let raking = Raking(
      weights: cells.map { ExactRatio($0.base.sample.weight).approximation },
      margins: rake.margins.enumerated().map { index, margin in
        Raking.Margin(
          categories: cells.map { $0.categories[index] },
          targets: margin.categories.indices.map { target(margin, $0).approximation })
      })
    let solution = raking.solve(limits)
    if !solution.isConverged { throw failure(of: solution) }
    return solution
  }

  private func failure(of solution: Raking.Solution) -> RakingFailure {
    var (worst, error) = (RakingFailure.Name(segment: "", category: ""), -1.0)
    for (margin, errors) in zip(rake.margins, solution.errors) {
      for (category, found) in errors.enumerated() where abs(found) > error {
        (worst, error) = (name(margin, category), abs(found))
      }
    }
    return .notConverged(
      iterations: solution.iterations, largestError: error, at: worst,
      isTrimmed: solution.trims > 0)
  }

  private func factors(_ solution: Raking.Solution) throws(RakingFailure) -> [WeightFactor] {
    let factors = solution.factors.compactMap { WeightFactor($0) }
    if factors.count < cells.count { throw .factorOutOfRange }
    return factors
  }
}

extension RakedTallies {
  private func report(_ solution: Raking.Solution, _ factors: [WeightFactor]) -> RakingReport {
    let weights = zip(cells, factors).map { scaled($0.base.sample.weight, $1) }
    let limits = limits.factors
    let trimmed = zip(cells, solution.factors).filter {
      $1 <= limits.lowerBound || $1 >= limits.upperBound
    }
    return RakingReport(
      categories: rake.margins.indices.map { categories(of: $0, weights) }, cells: cells.count,
      iterations: solution.iterations, trims: solution.trims,
      trimmed: trimmed.reduce(0) { $0 + $1.0.base.sample.count },
      base: cells.reduce(into: Sample(unweighted: 0)) { $0.merge($1.base.sample) },
      least: zip(cells, factors).map { weight($0.base.least, $1) }.min() ?? WeightSum(),
      most: zip(cells, factors).map { weight($0.base.most, $1) }.max() ?? WeightSum())
  }

  private func weight(_ weight: UInt64, _ factor: WeightFactor) -> WeightSum {
    scaled(WeightSum(billionths: UInt128(weight)), factor)
  }

  private func scaled(_ sum: WeightSum, _ factor: WeightFactor) -> WeightSum {
    var scaled = sum
    scaled.scale(by: factor)
    return scaled
  }

  /// - Parameter weights: per cell.
  private func categories(of index: Int, _ weights: [WeightSum]) -> [RakingReport.Category] {
    let margin = rake.margins[index]
    let all = weights.reduce(WeightSum(), +)
    let base = cells.reduce(WeightSum()) { $0 + $1.base.sample.weight }
    let zero = ExactRatio(WeightSum())
    return margin.categories.indices.map { category in
      let sample = self.base(margin: index, category: category)
      let weight = zip(cells, weights).reduce(WeightSum()) { sum, cell in
        cell.0.categories[index] == category ? sum + cell.1 : sum
      }
      return RakingReport.Category(
        name: margin.categories[category].name, base: sample, weight: weight,
        baseShare: ExactRatio(sample.weight, over: base) ?? zero,
        share: ExactRatio(weight, over: all) ?? zero, target: target(margin, category))
    }
  }
}
