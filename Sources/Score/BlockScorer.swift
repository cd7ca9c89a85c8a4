/// Evaluates the rules for 64 responses at a time, as a circuit of and, or and adders over words.
///
/// ``Evaluation`` is the same for one response, to be read; tests hold the two against each other.
final class BlockScorer {
  let plan: ScoringPlan
  let stages: Int
  let circuit: ScoringCircuit
  /// Per merged option of the model, the responses that chose it.
  let chosen: UnsafeMutablePointer<UInt64>
  /// Per condition, the responses in which it is true and those in which it is false.
  let conditions: UnsafeMutablePointer<WordPair>

  // Scratch, per requirement of the circuit and per coverage: what holds with unknown read as no,
  // and as yes.
  private let requirementHolds: UnsafeMutablePointer<WordPair>
  private let coverageHolds: UnsafeMutablePointer<WordPair>
  let stageHolds: UnsafeMutablePointer<WordPair>
  let countPlanes: UnsafeMutablePointer<WordPair>
  private let coveragePlanes: UnsafeMutablePointer<WordPair>
  let sum: SlicedNumbers
  let least: SlicedNumbers
  let other: SlicedNumbers

  init(_ plan: ScoringPlan) {
    self.plan = plan
    stages = plan.stages.count
    circuit = ScoringCircuit(plan)
    chosen = .allocate(capacity: 64 * plan.mergedWords)
    chosen.initialize(repeating: 0, count: 64 * plan.mergedWords)
    conditions = .zeros(plan.conditions.count)
    requirementHolds = .zeros(circuit.requirements.count)
    coverageHolds = .zeros(circuit.coverages.count)
    stageHolds = .zeros(circuit.stages.count)
    countPlanes = .zeros(max(circuit.countWidth, circuit.enoughKnown.width))
    coveragePlanes = .zeros(circuit.coverageWidth)
    let width = circuit.compensatory.width
    sum = SlicedNumbers(planes: .zeros(width), width: width)
    least = SlicedNumbers(planes: .zeros(width), width: width)
    other = SlicedNumbers(planes: .zeros(width), width: width)
  }

  deinit {
    chosen.deallocate()
    for words in [
      conditions, requirementHolds, coverageHolds, stageHolds, countPlanes, coveragePlanes,
      sum.planes, least.planes, other.planes,
    ] { words.deallocate() }
  }

  /// True where the compensatory floors fit in 64 bits; else they are left to the caller.
  var makesCompensatoryFloors: Bool { circuit.compensatory.denominator > 0 }

  /// Fills the words of a block whose columns of evidence stand there already.
  ///
  /// - Parameter responses: the block's responses, as bits.
  func score(_ block: ScoredBlock, responses: UInt64) {
    for index in circuit.requirements.indices { evaluate(requirement: index, block) }
    for index in circuit.coverages.indices { evaluate(coverage: index, block) }
    for index in circuit.stages.indices { evaluate(stage: index, block) }
    let isDetermined = climb(block)
    findHighest(block)
    if makesCompensatoryFloors { findCompensatoryFloors(block) }
    let undetermined = responses & ~isDetermined
    block.scored[0] = undetermined == 0 ? responses : responses & (isDetermined | knowEnough(block))
    for mirror in circuit.mirrors { block.evidence[mirror.copy] = block.evidence[mirror.original] }
  }
}

extension BlockScorer {
  private func evaluate(requirement index: Int, _ block: ScoredBlock) {
    let requirement = circuit.requirements[index]
    let reached =
      requirement.width == 0
      ? anyMember(requirement, block) : enoughMembers(requirement, block)
    var holds = reached
    if !requirement.isObservable {
      holds = WordPair(requirement.isWaived ? ~0 : reached.x, ~0)
    }
    requirementHolds[index] = holds
    // Those in whom the condition is true, and false.
    let condition = requirement.condition.map { conditions[$0] } ?? WordPair(~0, 0)
    let blocking = ~holds.x & ~condition.y
    block.blocking[requirement.place] = blocking
    block.blockingUnknown[requirement.place] = blocking & (holds.y | ~condition.x)
  }

  /// Whether a criterion is there, with unknown read as no and, where it can be observed, as yes.
  @inline(__always)
  private func reading(_ member: MemberColumn, _ block: ScoredBlock) -> WordPair {
    let evidence = block.evidence[member.column]
    return WordPair(evidence.x, member.isObservable ? ~evidence.y : evidence.x)
  }

  private func anyMember(_ requirement: RequirementCircuit, _ block: ScoredBlock) -> WordPair {
    var any = WordPair(repeating: 0)
    for index in requirement.members { any |= reading(circuit.members[index], block) }
    for index in requirement.options {
      any |= WordPair(repeating: chosen[circuit.options[index].place])
    }
    return any
  }

  private func enoughMembers(_ requirement: RequirementCircuit, _ block: ScoredBlock) -> WordPair {
    let count = SlicedNumbers(planes: countPlanes, width: requirement.width)
    count.setToZero()
    for index in requirement.members {
      count.add(reading(circuit.members[index], block), shift: 0, width: count.width)
    }
    var oneMore = WordPair(repeating: 0)
    for index in requirement.options {
      let option = circuit.options[index]
      var present = WordPair(repeating: 0)
      for index in option.members { present |= reading(circuit.members[index], block) }
      oneMore |= WordPair(repeating: chosen[option.place]) & ~present
    }
    count.add(oneMore, shift: 0, width: count.width)
    return count.reach(WordPair(repeating: requirement.atLeast))
  }

  func planes(of coverage: CoverageCircuit) -> SlicedNumbers {
    SlicedNumbers(planes: coveragePlanes + coverage.firstPlane, width: coverage.width)
  }

  private func evaluate(coverage index: Int, _ block: ScoredBlock) {
    let coverage = circuit.coverages[index]
    let weights = planes(of: coverage)
    weights.setToZero()
    for step in coverage.steps {
      let step = circuit.steps[step]
      weights.add(block.evidence[step.column], shift: step.shift, width: step.width)
    }
    let reached = weights.reach(coverage.limits)
    coverageHolds[index] = WordPair(reached.x, ~reached.y)
  }

  /// The responses for which a way is possible.
  func responses(_ way: Way, among conditions: Int) -> UInt64 {
    var possible = ~UInt64(0)
    var rest = conditions
    while rest != 0 {
      let condition = rest.trailingZeroBitCount
      let (isTrue, isFalse) = (self.conditions[condition].x, self.conditions[condition].y)
      possible &= way.falseConditions >> condition & 1 == 1 ? ~isTrue : ~isFalse
      rest &= rest - 1
    }
    return possible
  }

  /// Unknown read as no must hold every way; read as yes, one way is enough.
  private func evaluate(stage index: Int, _ block: ScoredBlock) {
    let stage = circuit.stages[index]
    var (low, high, covered) = (~UInt64(0), UInt64(0), ~UInt64(0))
    for way in stage.ways {
      let way = circuit.ways[way]
      let possible = responses(way, among: stage.conditions)
      if possible == 0 { continue }
      let coverage = coverageHolds[way.coverage]
      var holds = coverage
      if stage.mayMissOne {
        holds &= allButOneHold(stage, way)
      } else {
        for requirement in stage.requirements where applies(requirement, way) {
          holds &= requirementHolds[requirement]
        }
      }
      low &= holds.x | ~possible
      high |= holds.y & possible
      covered &= coverage.x | ~possible
    }
    stageHolds[index] = WordPair(low, high)
    block.isCovered[stage.number] = covered
  }

  @inline(__always)
  private func applies(_ requirement: Int, _ way: Way) -> Bool {
    guard let condition = circuit.requirements[requirement].condition else { return true }
    return way.falseConditions >> condition & 1 == 0
  }

  private func allButOneHold(_ stage: StageCircuit, _ way: Way) -> WordPair {
    // Those in whom a requirement fails, and in whom a second one does.
    var (once, twice) = (WordPair.zero, WordPair.zero)
    for requirement in stage.requirements where applies(requirement, way) {
      twice |= once & ~requirementHolds[requirement]
      once |= ~requirementHolds[requirement]
    }
    return ~twice
  }
}

extension UnsafeMutablePointer where Pointee == WordPair {
  fileprivate static func zeros(_ count: Int) -> Self {
    let memory = Self.allocate(capacity: count)
    memory.initialize(repeating: WordPair(repeating: 0), count: count)
    return memory
  }
}
