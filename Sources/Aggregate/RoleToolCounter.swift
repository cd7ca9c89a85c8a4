import Score
import Statistics

/// One worker's counts of roles and tools: whole rows of evidence by role.
///
/// A respondent has few roles and lacks many, so the rows of those who have a role are counted; of
/// those who lack it, the rows of everybody less those who have it, or in whom it is unknown.
/// Respondents who are not known to lack any role ("open") are left out of that subtraction.
final class RoleToolCounter {
  private let shape: TallyShape
  private let counter: ColumnCounter
  private let weighted: WeightedColumns?
  /// The criteria of the roles, mirrors by their originals.
  private let roles: UnsafeMutableBufferPointer<Role>

  private struct Role {
    let criterion: Int
    let isDeniable: Bool
  }

  /// What a slot of a role counts.
  private enum Kind: Int, CaseIterable {
    case has, hasOpen, unknown
  }

  init(_ shape: TallyShape) {
    self.shape = shape
    roles = .allocate(capacity: shape.roles.count)
    _ = roles.initialize(
      from: shape.roles.map {
        Role(criterion: shape.originals[$0], isDeniable: shape.observability.deniable[$0])
      })
    let slots = shape.roles.count * Kind.allCases.count + 1
    counter = ColumnCounter(pairs: shape.criterionWords)
    counter.makeRoom(slots: slots)
    weighted =
      shape.hasWeights
      ? WeightedColumns(words: shape.criterionWords, patterns: shape.weightPatterns) : nil
    weighted?.makeRoom(slots: slots)
  }

  deinit { roles.deallocate() }

  private static func slot(_ role: Int, _ kind: Kind) -> Int {
    role * Kind.allCases.count + kind.rawValue
  }

  /// The rows of everybody who is open.
  private var openSlot: Int { roles.count * Kind.allCases.count }

  /// Counts a block's scored responses.
  func add(_ block: CountedBlock) {
    let (scored, rows) = (block.words.scored[0], block.rows)
    var lacking: UInt64 = 0
    for role in roles where role.isDeniable { lacking |= block.words.evidence[role.criterion].y }
    let open = scored & ~lacking
    counter.add(open, of: rows, to: openSlot)
    for (index, role) in roles.enumerated() {
      let evidence = block.words.evidence[role.criterion]
      let has = scored & evidence.x
      counter.add(has & ~open, of: rows, to: RoleToolCounter.slot(index, .has))
      counter.add(has & open, of: rows, to: RoleToolCounter.slot(index, .hasOpen))
      if role.isDeniable {
        let unknown = scored & ~open & ~(evidence.x | evidence.y)
        counter.add(unknown, of: rows, to: RoleToolCounter.slot(index, .unknown))
      }
      if let weights = block.weights.weights {
        addWeights(has, rows, weights, to: RoleToolCounter.slot(index, .has))
      }
    }
  }

  private func addWeights(
    _ responses: UInt64, _ rows: UnsafePointer<WordPair>, _ weights: UnsafePointer<UInt64>,
    to slot: Int
  ) {
    var rest = responses
    while rest != 0 {
      let response = rest.trailingZeroBitCount
      weighted?.add(rows + response * counter.pairs, to: slot, weight: weights[response])
      rest &= rest &- 1
    }
  }

  /// The counts by role and tool; none of tools that the questionnaire cannot deny.
  ///
  /// - Parameter everybody: all the responses that were counted here.
  func finish(everybody: GroupTally) -> RoleToolTally {
    var tally = RoleToolTally(shape)
    let open = columns(openSlot)
    for (role, traits) in roles.enumerated() {
      let has = columns(RoleToolCounter.slot(role, .has))
      let hasOpen = columns(RoleToolCounter.slot(role, .hasOpen))
      let unknown = columns(RoleToolCounter.slot(role, .unknown))
      for (tool, criterion) in shape.tools.enumerated()
      where shape.observability.deniable[criterion] {
        let column = shape.originals[criterion]
        let all = everybody.evidence(of: criterion, at: 0..<shape.stages)
        let having = has[column] &+ hasOpen[column]
        tally.add(.both, having.x, role: role, tool: tool)
        tally.add(.roleOnly, having.y, role: role, tool: tool)
        if traits.isDeniable {
          let lacking =
            WordPair(all.yes, all.lacking) &- open[column] &- has[column] &- unknown[column]
          tally.add(.toolOnly, lacking.x, role: role, tool: tool)
          tally.add(.neither, lacking.y, role: role, tool: tool)
        }
      }
      addWeights(to: &tally, role)
    }
    return tally
  }

  private func columns(_ slot: Int) -> [WordPair] {
    counter.counts(of: slot)?.columns
      ?? Array(repeating: .zero, count: 64 * counter.pairs)
  }

  private func addWeights(to tally: inout RoleToolTally, _ role: Int) {
    guard let sums = weighted?.sums(of: RoleToolCounter.slot(role, .has)) else { return }
    for (tool, criterion) in shape.tools.enumerated()
    where shape.observability.deniable[criterion] {
      let sum = sums[shape.originals[criterion]]
      tally.add(.both, weight: sum.yes, role: role, tool: tool)
      tally.add(.roleOnly, weight: sum.known - sum.yes, role: role, tool: tool)
    }
  }
}
