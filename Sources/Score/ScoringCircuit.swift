import MaturityModel
import Statistics

/// The plan's rules as plain tables for 64 responses at a time: which columns each rule looks at,
/// and the whole numbers that it compares with. Belongs to one scorer.
///
/// The tables hold no references, so that walking through them counts none.
final class ScoringCircuit {
  /// The assessable stages, ascending.
  let stages: UnsafeBufferPointer<StageCircuit>
  let requirements: UnsafeBufferPointer<RequirementCircuit>
  let members: UnsafeBufferPointer<MemberColumn>
  let options: UnsafeBufferPointer<MergedOption>
  let coverages: UnsafeBufferPointer<CoverageCircuit>
  let steps: UnsafeBufferPointer<SumStep>
  let ways: UnsafeBufferPointer<Way>
  let mirrors: UnsafeBufferPointer<Mirror>
  let compensatory: CompensatoryCircuit
  /// Per stage number from 1 to the top: the least sum for that floor.
  let floorLimits: UnsafeBufferPointer<UInt64>
  /// How many observable requirements must be known to score an undetermined response, and the
  /// planes that counting them takes.
  let enoughKnown: (limit: UInt64, width: Int)
  /// Planes of the widest requirement count, and of all coverages together.
  let countWidth: Int
  let coverageWidth: Int

  init(_ plan: ScoringPlan) {
    var builder = CircuitBuilder(plan)
    for stage in plan.assessableStages { builder.add(stage) }
    let compensatory = CompensatoryCircuit(plan, wholes: builder.wholes)
    self.compensatory = compensatory
    floorLimits = .copy(of: (0..<compensatory.top).map { compensatory.limit(for: $0 + 1) })
    stages = .copy(of: builder.stages)
    requirements = .copy(of: builder.requirements)
    members = .copy(of: builder.members)
    options = .copy(of: builder.options)
    coverages = .copy(of: builder.coverages.map(compensatory.withFactor))
    steps = .copy(of: builder.steps)
    ways = .copy(of: builder.ways)
    mirrors = .copy(of: plan.mirrors.map { Mirror(copy: $0.copy, original: $0.original) })
    countWidth = builder.requirements.reduce(0) { max($0, $1.width) }
    coverageWidth = builder.coverages.reduce(0) { $0 + $1.width }
    let observable = UInt64(plan.observableRequirements)
    let limit = leastReaching(plan.minAnswered, of: observable)
    enoughKnown = (limit, (observable + 1).bitWidthUsed)
  }

  deinit {
    floorLimits.deallocate()
    stages.deallocate()
    requirements.deallocate()
    members.deallocate()
    options.deallocate()
    coverages.deallocate()
    steps.deallocate()
    ways.deallocate()
    mirrors.deallocate()
  }
}

/// A stage's parts, as ranges of the circuit's tables.
struct StageCircuit {
  let number: Int
  let requirements: Range<Int>
  /// One of them may fail.
  let mayMissOne: Bool
  let ways: Range<Int>
  /// One for each set of criteria that the conditions can leave.
  let coverages: Range<Int>
  /// The conditions on which anything of the stage depends, as bits.
  let conditions: Int
}

/// One requirement: so many of its columns.
struct RequirementCircuit {
  /// Where its words stand among those of all requirements of the model.
  let place: Int
  let members: Range<Int>
  let options: Range<Int>
  let atLeast: UInt64
  /// Planes of the count; 0 where any one of the members is enough.
  let width: Int
  let condition: Int?
  let isObservable: Bool
  let isWaived: Bool
}

/// A criterion of a requirement. Only an observable one can turn out to be there.
struct MemberColumn {
  let column: Int
  let isObservable: Bool
}

/// A merged option of a requirement: one more of its criteria, unless one of `members` is there.
struct MergedOption {
  let place: Int
  let members: Range<Int>
}

/// A stage's coverage over the criteria that some false conditions leave: the weights that are yes
/// and those that are no as two sums, in units of the weights' greatest common divisor.
struct CoverageCircuit {
  let steps: Range<Int>
  let width: Int
  /// Where its planes begin among those of all coverages.
  let firstPlane: Int
  /// Reached where the weight that is yes is at least the first; missed, even with unknown read as
  /// yes, where the weight that is no is at least the second.
  let limits: WordPair
  /// The weight of all; 0: over nothing, coverage is met.
  let whole: UInt64
  /// What a unit counts in the sum that the compensatory floor is taken from.
  var factor: UInt64 = 0
}

/// One way in which a stage's conditions can turn out.
struct Way {
  /// The conditions taken to be false, as bits.
  let falseConditions: Int
  let coverage: Int
}

/// A criterion that shows another one's evidence.
struct Mirror {
  let copy: Int
  let original: Int
}

/// The least whole number that is at least `threshold` × `whole`; never above `whole` + 1, which is
/// out of reach anyway.
func leastReaching(_ threshold: Billionths, of whole: UInt64) -> UInt64 {
  if threshold.count <= 0 { return 0 }
  let perUnit = UInt128(Billionths.perUnit)
  let least = (UInt128(whole) * UInt128(threshold.count) + perUnit - 1) / perUnit
  return UInt64(min(least, UInt128(whole) + 1))
}

extension UnsafeBufferPointer {
  /// A copy that its owner deallocates.
  fileprivate static func copy(of elements: [Element]) -> Self {
    let memory = UnsafeMutableBufferPointer<Element>.allocate(capacity: elements.count)
    _ = memory.initialize(from: elements)
    return Self(memory)
  }
}
