import Score
import Statistics

/// How roles and tools go together: for each pair, who has both, one, or neither.
///
/// Unweighted, sixty-four responses are counted at a time: as one word per criterion, a pair costs
/// four ands and four population counts instead of a walk over its criteria for each response.
package struct RoleToolTally: Sendable {
  private let shape: TallyShape
  private let tools: Int
  /// Places of the tools that the questionnaire can deny; the others count nothing.
  private let observableTools: [Int]
  private var counts: [UInt64]
  /// Weights of `both` and `role_only`, which the gap is made of; empty where nobody is weighted.
  private var weights: [WeightSum]

  // Responses that wait to be counted.
  private var waiting = 0
  private var yes: BitMatrix
  private var no: BitMatrix

  package enum Pair: Int, Sendable { case both, roleOnly, toolOnly, neither }

  init(_ shape: TallyShape) {
    self.shape = shape
    tools = shape.tools.count
    observableTools = shape.tools.indices.filter {
      shape.observability.deniable[shape.tools[$0]]
    }
    counts = Array(repeating: 0, count: shape.roles.count * tools * 4)
    weights =
      shape.hasWeights ? Array(repeating: WeightSum(), count: shape.roles.count * tools * 2) : []
    yes = BitMatrix(columns: shape.criteria)
    no = yes
  }

  mutating func add(_ scores: ScoreBatch, _ response: Int, weight: UInt64, words: Int) {
    let start = response * words
    yes.setRow(waiting, from: scores.yes, at: start)
    no.setRow(waiting, from: scores.no, at: start)
    waiting += 1
    if waiting == 64 { countWaiting() }
    if !weights.isEmpty { addWeights(scores, start, weight) }
  }

  /// Counts the responses that still wait. Call before looking at the counts.
  mutating func countWaiting() {
    if waiting == 0 { return }
    let (has, lacks) = (yes.columns(), no.columns())
    for (role, criterion) in shape.roles.enumerated() {
      let (withRole, withoutRole) = (has[criterion], lacks[criterion])
      if withRole | withoutRole == 0 { continue }
      for tool in observableTools {
        let cell = (role * tools + tool) * 4
        let (withTool, withoutTool) = (has[shape.tools[tool]], lacks[shape.tools[tool]])
        counts[cell] += UInt64((withRole & withTool).nonzeroBitCount)
        counts[cell + 1] += UInt64((withRole & withoutTool).nonzeroBitCount)
        counts[cell + 2] += UInt64((withoutRole & withTool).nonzeroBitCount)
        counts[cell + 3] += UInt64((withoutRole & withoutTool).nonzeroBitCount)
      }
    }
    waiting = 0
    yes.clear()
    no.clear()
  }

  private mutating func addWeights(_ scores: ScoreBatch, _ start: Int, _ weight: UInt64) {
    for (role, roleCriterion) in shape.roles.enumerated()
    where evidence(scores, start, roleCriterion) == true {
      for tool in observableTools {
        guard let hasTool = evidence(scores, start, shape.tools[tool]) else { continue }
        weights[(role * tools + tool) * 2 + (hasTool ? 0 : 1)].add(weight)
      }
    }
  }

  private func evidence(_ scores: ScoreBatch, _ start: Int, _ criterion: Int) -> Bool? {
    let bit = UInt64(1) << UInt64(criterion % 64)
    if scores.yes[start + criterion / 64] & bit != 0 { return true }
    return scores.no[start + criterion / 64] & bit != 0 ? false : nil
  }

  /// - Precondition: no response of either waits.
  mutating func merge(_ other: RoleToolTally) {
    precondition(waiting == 0 && other.waiting == 0, "all responses are counted")
    for cell in counts.indices { counts[cell] += other.counts[cell] }
    for cell in weights.indices { weights[cell].merge(other.weights[cell]) }
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
