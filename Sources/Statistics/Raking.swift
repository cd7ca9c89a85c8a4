/// Weights of joint cells that are to have given shares in each of several margins.
///
/// Iterative proportional fitting: margin after margin, the cells of each category are multiplied
/// by what brings the category to its target, until none is away from it by more than a tolerance.
///
/// Sources: Deming & Stephan, "On a least squares adjustment of a sampled frequency table when the
/// expected marginal totals are known", Annals of Mathematical Statistics 11 (1940). Trimming within
/// raking: Izrael, Battaglia & Frankel, "Extreme survey weight adjustment as a component of sample
/// balancing", SAS Global Forum 2009, paper 247. Cutting off at bounds is, like each step of the
/// fitting, a projection in relative entropy, so their alternation ends in weights that keep both
/// the bounds and the margins wherever there are such (Bregman, 1967).
package struct Raking: Sendable {
  /// What each cell weighs before.
  private let weights: [Double]
  private let margins: [Margin]
  private let total: Double

  package struct Margin: Sendable {
    /// Per cell its category.
    package let categories: [Int]
    /// Per category its share, adding up to one.
    package let targets: [Double]

    package init(categories: [Int], targets: [Double]) {
      (self.categories, self.targets) = (categories, targets)
    }
  }

  /// When to stop.
  package struct Limits: Sendable {
    /// The largest distance of a share from its target.
    package let tolerance: Double
    /// How many times all margins are gone through.
    package let iterations: Int
    /// What a cell's weight is multiplied by, at least and at most.
    package let factors: ClosedRange<Double>

    package init(
      tolerance: Double, iterations: Int, factors: ClosedRange<Double> = 0 ... .infinity
    ) {
      (self.tolerance, self.iterations, self.factors) = (tolerance, iterations, factors)
    }
  }

  package struct Solution: Sendable {
    /// Per cell. The weights keep their sum.
    package fileprivate(set) var factors: [Double]
    package fileprivate(set) var iterations = 0
    /// How often some factor had to be cut off.
    package fileprivate(set) var trims = 0
    /// Per margin and category, its share less its target.
    package fileprivate(set) var errors: [[Double]] = []
    package fileprivate(set) var isConverged = false

    package var largestError: Double { errors.joined().map(abs).max() ?? 0 }
  }

  package init(weights: [Double], margins: [Margin]) {
    (self.weights, self.margins) = (weights, margins)
    total = weights.reduce(0, +)
  }

  /// Fits the weights to the margins.
  ///
  /// The margins are fitted until they are right; then factors outside of the limits are cut off,
  /// and the margins fitted again. All sums run in the order of the cells, so the same cells give the
  /// same bits.
  package func solve(_ limits: Limits) -> Solution {
    var solution = Solution(factors: Array(repeating: 1, count: weights.count))
    while solution.iterations < limits.iterations, !solution.isConverged {
      fitOnce(&solution.factors)
      solution.iterations += 1
      solution.errors = errors(solution.factors)
      if solution.largestError > limits.tolerance { continue }
      if trim(&solution.factors, to: limits.factors) {
        solution.trims += 1
        solution.errors = errors(solution.factors)
      }
      solution.isConverged = solution.largestError <= limits.tolerance
    }
    return solution
  }

  private func fitOnce(_ factors: inout [Double]) {
    for margin in margins {
      let sums = sums(margin, factors)
      let ratios = zip(margin.targets, sums).map { target, sum in
        sum > 0 ? target * total / sum : 1
      }
      for cell in factors.indices { factors[cell] *= ratios[margin.categories[cell]] }
    }
  }

  private func sums(_ margin: Margin, _ factors: [Double]) -> [Double] {
    var sums = Array(repeating: 0.0, count: margin.targets.count)
    for cell in factors.indices { sums[margin.categories[cell]] += weights[cell] * factors[cell] }
    return sums
  }

  private func errors(_ factors: [Double]) -> [[Double]] {
    margins.map { margin in
      zip(sums(margin, factors), margin.targets).map { sum, target in
        total > 0 ? sum / total - target : -target
      }
    }
  }

  /// - Returns: whether anything was cut off.
  private func trim(_ factors: inout [Double], to range: ClosedRange<Double>) -> Bool {
    var wasTrimmed = false
    for cell in factors.indices where !range.contains(factors[cell]) {
      factors[cell] = min(max(factors[cell], range.lowerBound), range.upperBound)
      wasTrimmed = true
    }
    return wasTrimmed
  }
}
