/// The rank of each value, from 1; equal ones share the mean of theirs.
///
/// - Complexity: O(n²).
package func averageRanks<Value>(
  _ values: [Value], by precedes: (Value, Value) -> Bool
) -> [Double] {
  values.map { value in
    let before = values.count { precedes($0, value) }
    let after = values.count { precedes(value, $0) }
    return (Double(before) + Double(values.count - after) + 1) / 2
  }
}

/// Kendall's τ-b, corrected for ties; nil where one side is all the same.
///
/// Source: Kendall, "The treatment of ties in ranking problems", Biometrika 33 (1945).
/// - Complexity: O(n²).
package func kendallTauB(_ first: [Double], _ second: [Double]) -> Double? {
  var (difference, untiedFirst, untiedSecond) = (0, 0, 0)
  for index in first.indices {
    for earlier in 0..<index {
      let one = sign(first[index] - first[earlier])
      let other = sign(second[index] - second[earlier])
      difference += one * other
      untiedFirst += one * one
      untiedSecond += other * other
    }
  }
  if untiedFirst == 0 || untiedSecond == 0 { return nil }
  return Double(difference) / (Double(untiedFirst).squareRoot() * Double(untiedSecond).squareRoot())
}

/// Spearman's ρ: the correlation of ranks; nil where one side is all the same.
///
/// - Parameters: ranks from ``averageRanks(_:by:)``.
package func spearmanCorrelation(_ first: [Double], _ second: [Double]) -> Double? {
  let mean = Double(first.count + 1) / 2
  var (product, firstSquares, secondSquares) = (0.0, 0.0, 0.0)
  for (one, other) in zip(first, second) {
    product += (one - mean) * (other - mean)
    firstSquares += (one - mean) * (one - mean)
    secondSquares += (other - mean) * (other - mean)
  }
  if firstSquares <= 0 || secondSquares <= 0 { return nil }
  return product / (firstSquares * secondSquares).squareRoot()
}

private func sign(_ value: Double) -> Int { value > 0 ? 1 : value < 0 ? -1 : 0 }
