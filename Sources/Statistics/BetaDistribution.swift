#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// A beta law, of which intervals for shares are made.
package struct BetaDistribution: Sendable {
  /// Both above 0.
  package let a: Double
  package let b: Double

  package init(_ a: Double, _ b: Double) { (self.a, self.b) = (a, b) }

  private var mirrored: BetaDistribution { BetaDistribution(b, a) }

  /// The regularised incomplete beta function I_x(a, b), to about 1e-13, for x in 0…1.
  ///
  /// Source: *Numerical Recipes*, 3rd edition, section 6.4 (Lentz's continued fraction, on the side
  /// of the mean where it converges fast).
  package func lowerTail(_ x: Double) -> Double {
    if x <= 0 { return 0 }
    if x >= 1 { return 1 }
    if x < (a + 1) / (a + b + 2) { return min(1, kernel(x) * fraction(x) / a) }
    return max(0, 1 - kernel(x) * mirrored.fraction(1 - x) / b)
  }

  /// x^a (1 − x)^b / B(a, b), made of deviations from the mean so that large parameters cost no
  /// digits (Loader, *Fast and Accurate Computation of Binomial Probabilities*, 2000).
  private func kernel(_ x: Double) -> Double {
    let size = a + b
    let above = x * size - a
    let exponent =
      a * logRatio(x * size, a, difference: above)
      + b * logRatio((1 - x) * size, b, difference: -above)
    let correction = stirlingError(size) - stirlingError(a) - stirlingError(b)
    return exp(exponent + correction) * (a / size * (b / (2 * Double.pi))).squareRoot()
  }

  private func fraction(_ x: Double) -> Double {
    var c = 1.0
    var d = 1 / divisor(1 - (a + b) * x / (a + 1))
    var fraction = d
    for step in 1...fractionSteps {
      let m = Double(step)
      let even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
      d = 1 / divisor(1 + even * d)
      c = divisor(1 + even / c)
      fraction *= d * c
      let odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
      d = 1 / divisor(1 + odd * d)
      c = divisor(1 + odd / c)
      fraction *= d * c
      if abs(d * c - 1) <= Double.ulpOfOne { break }
    }
    return fraction
  }

  /// The point below which the law has the probability `lowerTail`, to 1e-9.
  ///
  /// - Parameter lowerTail: between 0 and 1, neither of them.
  package func quantile(lowerTail: Double) -> Double {
    // About where a logistic law of the same mean and deviation has it.
    let mean = a / (a + b)
    let deviation = (mean * (1 - mean) / (a + b + 1)).squareRoot()
    let guess = mean + deviation * log(lowerTail / (1 - lowerTail)) / 1.8
    let start = min(max(guess, mean / 8), 1 - (1 - mean) / 8)
    return root(in: 0...1, from: start) { x in
      (self.lowerTail(x) - lowerTail, kernel(x) / (x * (1 - x)))
    }
  }

  /// The point above which the law has the probability `upperTail`, to 1e-9.
  package func quantile(upperTail: Double) -> Double {
    1 - mirrored.quantile(lowerTail: upperTail)
  }
}
