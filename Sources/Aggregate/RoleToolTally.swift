import Score
import Statistics

/// How roles and tools go together: for each pair, who has both, one, or neither.
package struct RoleToolTally: Sendable {
  private let tools: Int
  private var counts: [UInt64]
  /// Weights of `both` and `role_only`, which the gap is made of; empty where nobody is weighted.
  private var weights: [WeightSum]

  package enum Pair: Int, Sendable { case both, roleOnly, toolOnly, neither }

  init(_ shape: TallyShape) {
    tools = shape.tools.count
    counts = Array(repeating: 0, count: shape.roles.count * tools * 4)
    weights =
      shape.hasWeights ? Array(repeating: WeightSum(), count: shape.roles.count * tools * 2) : []
  }

  mutating func add(_ pair: Pair, _ count: UInt64, role: Int, tool: Int) {
    counts[(role * tools + tool) * 4 + pair.rawValue] += count
  }

  /// - Parameter pair: one of those in which the role is there.
  mutating func add(_ pair: Pair, weight: WeightSum, role: Int, tool: Int) {
    weights[(role * tools + tool) * 2 + pair.rawValue].merge(weight)
  }

  mutating func merge(_ other: RoleToolTally) {
    for cell in counts.indices { counts[cell] += other.counts[cell] }
    for cell in weights.indices { weights[cell].merge(other.weights[cell]) }
  }

  /// Multiplies all weights, those of one too.
  mutating func scale(by factor: WeightFactor) {
    if weights.isEmpty {
      weights = (0..<counts.count / 2).map { .unweighted(counts[$0 / 2 * 4 + $0 % 2]) }
    }
    for cell in weights.indices { weights[cell].scale(by: factor) }
  }

  /// - Parameters: places among the model's roles and tools.
  package func count(_ pair: Pair, role: Int, tool: Int) -> UInt64 {
    counts[(role * tools + tool) * 4 + pair.rawValue]
  }

  /// Of those who have the role, the share without the tool; nil when nobody known has it.
  package func gap(role: Int, tool: Int) -> ExactRatio? {
    let both = weight(.both, role, tool)
    let roleOnly = weight(.roleOnly, role, tool)
    return ExactRatio(roleOnly, over: both + roleOnly)
  }

  private func weight(_ pair: Pair, _ role: Int, _ tool: Int) -> WeightSum {
    if weights.isEmpty { return .unweighted(count(pair, role: role, tool: tool)) }
    return weights[(role * tools + tool) * 2 + pair.rawValue]
  }
}
