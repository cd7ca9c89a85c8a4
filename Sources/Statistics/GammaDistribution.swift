#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// How much ln Γ(x) is above Stirling's (x − ½) ln x − x + ½ ln 2π, for x > 0.
///
/// Densities made of this do not lose digits where ln Γ itself is huge. Source: the asymptotic
/// series of the *NIST Digital Library of Mathematical Functions*, 5.11.1; below 10 the recurrence
/// Γ(x + 1) = x Γ(x) leads up to where the series is exact to the last bit.
func stirlingError(_ x: Double) -> Double {
  var (x, sum) = (x, 0.0)
  while x < 10 {
    sum += (x + 0.5) * log1p(1 / x) - 1
    x += 1
  }
  // B(2k) / (2k (2k − 1)), from k = 1.
  let divisors = [12.0, -360, 1_260, -1_680, 1_188, -360_360 / 691.0, 156, -122_400 / 3_617.0]
  let inverseSquare = 1 / (x * x)
  var series = 0.0
  for divisor in divisors.reversed() { series = series * inverseSquare + 1 / divisor }
  return sum + series / x
}

/// ln(part / whole) where `part` = `whole` + `difference`, without losing digits near 0.
func logRatio(_ part: Double, _ whole: Double, difference: Double) -> Double {
  difference > -whole / 2 ? log1p(difference / whole) : log(part / whole)
}

/// The least number that divides safely, for continued fractions by Lentz's method.
let tinyDivisor = 1e-300

/// Q(a, x), the share of the gamma law with shape `a` > 0 that lies above `x` ≥ 0, to about 1e-13.
///
/// Source: *Numerical Recipes*, 3rd edition, section 6.2: the series below a + 1, Lentz's continued
/// fraction above.
package func gammaUpperTail(_ x: Double, shape a: Double) -> Double {
  if x <= 0 { return 1 }
  let exponent = a * logRatio(x, a, difference: x - a) - (x - a) - stirlingError(a)
  let factor = exp(exponent) * (a / (2 * Double.pi)).squareRoot()
  if x < a + 1 {
    var (term, sum, next) = (1 / a, 1 / a, a)
    while term > sum * Double.ulpOfOne {
      next += 1
      term *= x / next
      sum += term
    }
    return max(0, 1 - factor * sum)
  }
  var b = x + 1 - a
  var (c, d) = (1 / tinyDivisor, 1 / b)
  var fraction = d
  for step in 1...fractionSteps {
    let coefficient = -Double(step) * (Double(step) - a)
    b += 2
    d = 1 / divisor(coefficient * d + b)
    c = divisor(b + coefficient / c)
    fraction *= d * c
    if abs(d * c - 1) <= Double.ulpOfOne { break }
  }
  return min(1, factor * fraction)
}

/// More than any effective size that can be read needs: the fractions converge in about √n steps.
let fractionSteps = 200_000

func divisor(_ value: Double) -> Double { abs(value) < tinyDivisor ? tinyDivisor : value }

/// The point that a chi-square law exceeds with the probability `upperTail`, to 1e-9.
///
/// - Parameter upperTail: between 0 and 1, neither of them.
package func chiSquareQuantile(upperTail: Double, degreesOfFreedom: Double) -> Double {
  let shape = degreesOfFreedom / 2
  var end = max(1, shape)
  while gammaUpperTail(end, shape: shape) > upperTail { end *= 2 }
  return 2
    * root(in: 0...end, from: min(shape, end / 2)) { x in
      let exponent = shape * logRatio(x, shape, difference: x - shape) - (x - shape)
      let density =
        exp(exponent - stirlingError(shape)) * (shape / (2 * Double.pi)).squareRoot() / x
      return (upperTail - gammaUpperTail(x, shape: shape), density)
    }
}

/// Where a growing function is 0: Newton's steps where they stay inside of what is left, else
/// halving.
///
/// - Parameter function: the value and the slope at a point inside of `range`.
func root(
  in range: ClosedRange<Double>, from start: Double,
  of function: (Double) -> (value: Double, slope: Double)
) -> Double {
  var (low, high, x) = (range.lowerBound, range.upperBound, start)
  // Halving alone ends after fewer steps than this.
  for _ in 0..<1_100 {
    let (value, slope) = function(x)
    if value == 0 { return x }
    if value < 0 { low = x } else { high = x }
    var next = x - value / slope
    // Not so either for NaN, where the slope is 0 or infinite.
    if !(next > low && next < high) { next = low + (high - low) / 2 }
    let step = abs(next - x)
    x = next
    if step <= 1e-15 * x || high - low <= 1e-15 * high { break }
  }
  return x
}
