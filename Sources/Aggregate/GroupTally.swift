import Normalize
import Score
import Statistics

/// The responses of one group (everybody, or one segment value): per stage how many, and per stage
/// and criterion how many have it, lack it, or need not have it.
package struct GroupTally: Sendable {
  private let stages: Int
  private let criteria: Int
  private var counts: [WeightedCount]
  private var squares: [SquareSum]
  /// Per stage and criterion.
  private var cells: [Cell]
  /// The same for weights; empty where nobody is weighted.
  private var weighted: [WeightedColumn]
  /// Per stage with unknown read as no and as yes, those in whom the two differ.
  private var undetermined: [WeightedCount]

  private struct Cell: Sendable {
    var yes: UInt64 = 0
    var no: UInt64 = 0
    var notApplicable: UInt64 = 0

    mutating func merge(_ other: Cell) {
      yes += other.yes
      no += other.no
      notApplicable += other.notApplicable
    }

    var isKnown: Bool { yes + no > 0 }

    /// What the cell weighs where nobody is weighted.
    var weighingOne: WeightedColumn {
      var column = WeightedColumn()
      column.yes = .unweighted(yes)
      column.known = .unweighted(yes + no)
      column.knownSquares = Sample(unweighted: yes + no).squares
      return column
    }
  }

  init(_ shape: TallyShape) {
    stages = shape.stages
    criteria = shape.criteria
    counts = Array(repeating: WeightedCount(), count: stages)
    squares = Array(repeating: SquareSum(), count: stages)
    cells = Array(repeating: Cell(), count: stages * criteria)
    weighted =
      shape.hasWeights ? Array(repeating: WeightedColumn(), count: stages * criteria) : []
    undetermined = Array(repeating: WeightedCount(), count: stages * stages)
  }

  mutating func setUndetermined(_ counts: ArraySlice<WeightedCount>) {
    undetermined = Array(counts)
  }

  /// Adds responses at one stage in whom the same criteria are not applicable.
  ///
  /// A mirror takes its counts from its original.
  mutating func add(
    _ added: ColumnCounts, _ weights: [WeightedColumn]?, at stage: Int, notApplicable: [UInt64],
    of shape: TallyShape
  ) {
    let everybody = weights?.last
    counts[stage].add(
      count: added.rows, weight: everybody?.known ?? .unweighted(added.rows))
    squares[stage].merge(everybody?.knownSquares ?? Sample(unweighted: added.rows).squares)
    for (criterion, original) in shape.originals.enumerated() {
      let isAbsent = notApplicable[original / 64] >> UInt64(original % 64) & 1 == 1
      let column = added.columns[original]
      cells[stage * criteria + criterion].merge(
        Cell(yes: column.x, no: column.y, notApplicable: isAbsent ? added.rows : 0))
      if let weights { weighted[stage * criteria + criterion].merge(weights[original]) }
    }
  }

  package mutating func merge(_ other: GroupTally) {
    for stage in counts.indices {
      counts[stage].merge(other.counts[stage])
      squares[stage].merge(other.squares[stage])
    }
    for cell in cells.indices { cells[cell].merge(other.cells[cell]) }
    for cell in weighted.indices { weighted[cell].merge(other.weighted[cell]) }
    for cell in undetermined.indices { undetermined[cell].merge(other.undetermined[cell]) }
  }

  /// Multiplies all weights, those of one too.
  mutating func scale(by factor: WeightFactor) {
    if weighted.isEmpty { weighted = cells.map(\.weighingOne) }
    for stage in counts.indices {
      counts[stage].scale(by: factor)
      squares[stage].scale(by: factor)
    }
    for cell in weighted.indices where cells[cell].isKnown { weighted[cell].scale(by: factor) }
    for cell in undetermined.indices { undetermined[cell].scale(by: factor) }
  }
}

extension GroupTally {
  /// Responses at a stage, or at any of several.
  package func count(at stages: some Sequence<Int>) -> WeightedCount {
    stages.reduce(into: WeightedCount()) { $0.merge(counts[$1]) }
  }

  /// Responses whose missing answers decide whether they are at a stage or above.
  package func undecided(from stage: Int) -> WeightedCount {
    var sum = WeightedCount()
    for low in 0..<stage {
      for high in stage..<stages { sum.merge(undetermined[low * stages + high]) }
    }
    return sum
  }

  /// Responses whose stage their missing answers could change.
  package var undeterminedCount: WeightedCount {
    undetermined.reduce(into: WeightedCount()) { $0.merge($1) }
  }

  /// Everybody in the group, as the base of shares.
  package var base: Sample {
    let total = count(at: 0..<stages)
    let sum = squares.reduce(into: SquareSum()) { $0.merge($1) }
    return Sample(count: total.count, weight: total.weight, squares: sum)
  }

  /// One criterion's evidence among the responses at some stages.
  package struct Evidence: Sendable {
    package fileprivate(set) var responses: UInt64 = 0
    package fileprivate(set) var yes: UInt64 = 0
    package fileprivate(set) var lacking: UInt64 = 0
    package fileprivate(set) var notApplicable: UInt64 = 0
    package fileprivate(set) var responsesWeight = WeightSum()
    package fileprivate(set) var yesWeight = WeightSum()
    package fileprivate(set) var lackingWeight = WeightSum()
    fileprivate var knownSquares = SquareSum()

    package var unknown: UInt64 { responses - yes - lacking - notApplicable }

    /// The responses whose evidence is yes or no, as the base of `share_lacking`.
    package var known: Sample {
      Sample(count: yes + lacking, weight: yesWeight + lackingWeight, squares: knownSquares)
    }
  }

  package func evidence(of criterion: Int, at stages: some Collection<Int>) -> Evidence {
    var evidence = Evidence()
    for stage in stages {
      let cell = stage * criteria + criterion
      evidence.responses += counts[stage].count
      evidence.responsesWeight.merge(counts[stage].weight)
      evidence.yes += cells[cell].yes
      evidence.lacking += cells[cell].no
      evidence.notApplicable += cells[cell].notApplicable
      if !weighted.isEmpty {
        evidence.yesWeight.merge(weighted[cell].yes)
        evidence.lackingWeight.merge(weighted[cell].known - weighted[cell].yes)
        evidence.knownSquares.merge(weighted[cell].knownSquares)
      }
    }
    if weighted.isEmpty { evidence.weighEverybodyOne() }
    return evidence
  }
}

extension GroupTally.Evidence {
  fileprivate mutating func weighEverybodyOne() {
    yesWeight = .unweighted(yes)
    lackingWeight = .unweighted(lacking)
    knownSquares = Sample(unweighted: yes + lacking).squares
  }
}
