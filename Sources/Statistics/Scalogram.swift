/// Items that are had or not, in their designed order, the easiest first: how far the answers form
/// a cumulative scale in that order.
///
/// Sources: Guttman, "A basis for scaling qualitative data" (1944); Goodenough and Edwards' way of
/// counting errors (Edwards, *Techniques of Attitude Scale Construction*, 1957); Menzel, "A new
/// coefficient for scalogram analysis" (1953); Loevinger (1948); Kuder and Richardson (1937).
package struct Scalogram: Sendable {
  package let items: Int
  /// Ascending, so that sums do not depend on how the patterns were collected.
  private let patterns: [(bits: UInt128, weight: Double)]
  /// The weight of all responses.
  package let size: Double
  /// Per item, the weight of those who have it.
  private let had: [Double]

  /// - Parameter patterns: what the responses with each set of items weigh; bit i is item i.
  package init(items: Int, patterns: [UInt128: Double]) {
    self.items = items
    let ordered = patterns.sorted { $0.key < $1.key }.map { (bits: $0.key, weight: $0.value) }
    self.patterns = ordered
    size = ordered.reduce(0) { $0 + $1.weight }
    had = (0..<items).map { item in
      ordered.reduce(0) { $0 + ($1.bits >> UInt128(item) & 1 == 1 ? $1.weight : 0) }
    }
  }

  /// The same responses with some of the items alone.
  package func selecting(_ chosen: [Int]) -> Scalogram {
    var selected: [UInt128: Double] = [:]
    for (bits, weight) in patterns {
      let rest = chosen.enumerated().reduce(UInt128(0)) {
        $0 | (bits >> UInt128($1.element) & 1) << UInt128($1.offset)
      }
      selected[rest, default: 0] += weight
    }
    return Scalogram(items: chosen.count, patterns: selected)
  }

  /// How errors are counted.
  package enum Counting: Sendable {
    /// Every item that differs from the ideal response of the same total.
    case goodenoughEdwards
    /// The fewest items that must change to make the response an ideal one.
    case minimumChange
  }

  /// The ideal response that has the `total` easiest items.
  private static func ideal(_ total: Int) -> UInt128 { UInt128(1) << UInt128(total) - 1 }

  /// The errors of a response.
  package func errors(of bits: UInt128, _ counting: Counting) -> Int {
    switch counting {
    case .goodenoughEdwards:
      (bits ^ Scalogram.ideal(bits.nonzeroBitCount)).nonzeroBitCount
    case .minimumChange:
      (0...items).reduce(items) { min($0, (bits ^ Scalogram.ideal($1)).nonzeroBitCount) }
    }
  }

  /// CR = 1 − errors / (responses × items); nil without any.
  package func reproducibility(_ counting: Counting) -> Double? {
    if items == 0 || size <= 0 { return nil }
    let sum = patterns.reduce(0) { $0 + $1.weight * Double(errors(of: $1.bits, counting)) }
    return 1 - sum / (size * Double(items))
  }

  /// MMR: the mean share of each item's more frequent value.
  package var minimalMarginalReproducibility: Double? {
    if items == 0 || size <= 0 { return nil }
    return had.reduce(0) { $0 + max($1, size - $1) } / (size * Double(items))
  }

  /// CS = (CR − MMR) / (1 − MMR); nil where every item has but one value.
  package func scalability(_ counting: Counting) -> Double? {
    guard let reproducibility = reproducibility(counting),
      let marginal = minimalMarginalReproducibility, marginal < 1
    else { return nil }
    return (reproducibility - marginal) / (1 - marginal)
  }

  /// Loevinger's H in the designed order: 1 − errors of pairs / errors of pairs of independent
  /// items with the same shares; nil where none could be expected.
  package var homogeneity: Double? {
    var (found, expected) = (0.0, 0.0)
    for harder in 0..<items {
      for easier in 0..<harder {
        for (bits, weight) in patterns
        where bits >> UInt128(harder) & 1 == 1 && bits >> UInt128(easier) & 1 == 0 {
          found += weight
        }
        if size > 0 { expected += (size - had[easier]) * had[harder] / size }
      }
    }
    return expected > 0 ? 1 - found / expected : nil
  }

  /// KR-20, which is Cronbach's α of such items; nil for less than two, or where all responses have
  /// as many.
  package var kuderRichardson20: Double? {
    var byTotal = Array(repeating: 0.0, count: items + 1)
    for (bits, weight) in patterns { byTotal[bits.nonzeroBitCount] += weight }
    return Statistics.kuderRichardson20(had: had, byTotal: byTotal)
  }
}

/// KR-20 = k/(k − 1) × (1 − Σ p(1 − p) / σ²), both variances over all responses.
///
/// - Parameters:
///   - had: per item, the weight of those who have it.
///   - byTotal: the weight of those with each number of items.
/// - Returns: nil for less than two items, or where all responses have as many.
package func kuderRichardson20(had: [Double], byTotal: [Double]) -> Double? {
  let size = byTotal.reduce(0, +)
  guard had.count > 1, size > 0 else { return nil }
  let mean = byTotal.enumerated().reduce(0) { $0 + Double($1.offset) * $1.element } / size
  let variance =
    byTotal.enumerated().reduce(0) { sum, total in
      let distance = Double(total.offset) - mean
      return sum + total.element * distance * distance
    } / size
  // What is left of rounding where everybody has as many.
  guard byTotal.count(where: { $0 > 0 }) > 1, variance > 0 else { return nil }
  let items = had.reduce(0) { $0 + $1 / size * (1 - $1 / size) }
  let count = Double(had.count)
  return count / (count - 1) * (1 - items / variance)
}
