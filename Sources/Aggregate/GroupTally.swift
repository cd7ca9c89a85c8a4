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
  /// Three counts per stage and criterion: yes, no, not applicable.
  private var cells: [UInt64]
  /// The same for weights; empty where nobody is weighted.
  private var weighted: [WeightedCell]

  private struct WeightedCell: Sendable {
    var yes = WeightSum()
    var no = WeightSum()
    var knownSquares = SquareSum()
  }

  init(_ shape: TallyShape) {
    stages = shape.stages
    criteria = shape.criteria
    counts = Array(repeating: WeightedCount(), count: stages)
    squares = Array(repeating: SquareSum(), count: stages)
    cells = Array(repeating: 0, count: stages * criteria * 3)
    weighted =
      shape.hasWeights ? Array(repeating: WeightedCell(), count: stages * criteria) : []
  }

  mutating func add(_ scores: ScoreBatch, _ response: Int, weight: UInt64, words: Int) {
    let stage = Int(scores.low[response])
    counts[stage].add(weight: weight)
    squares[stage].add(squareOf: weight)
    let first = stage * criteria
    let start = response * words
    for word in 0..<words {
      let base = first + word * 64
      addCells(scores.yes[start + word], base, kind: 0)
      addCells(scores.no[start + word], base, kind: 1)
      addCells(scores.notApplicable[start + word], base, kind: 2)
      if !weighted.isEmpty {
        addWeights(yes: scores.yes[start + word], no: scores.no[start + word], base, weight)
      }
    }
  }

  @inline(__always)
  private mutating func addCells(_ bits: UInt64, _ base: Int, kind: Int) {
    var rest = bits
    while rest != 0 {
      cells[(base &+ rest.trailingZeroBitCount) &* 3 &+ kind] &+= 1
      rest &= rest &- 1
    }
  }

  private mutating func addWeights(yes: UInt64, no: UInt64, _ base: Int, _ weight: UInt64) {
    var rest = yes | no
    while rest != 0 {
      let bit = rest.trailingZeroBitCount
      if yes >> UInt64(bit) & 1 == 1 {
        weighted[base + bit].yes.add(weight)
      } else {
        weighted[base + bit].no.add(weight)
      }
      weighted[base + bit].knownSquares.add(squareOf: weight)
      rest &= rest &- 1
    }
  }

  package mutating func merge(_ other: GroupTally) {
    for stage in counts.indices {
      counts[stage].merge(other.counts[stage])
      squares[stage].merge(other.squares[stage])
    }
    for cell in cells.indices { cells[cell] += other.cells[cell] }
    for cell in weighted.indices {
      weighted[cell].yes.merge(other.weighted[cell].yes)
      weighted[cell].no.merge(other.weighted[cell].no)
      weighted[cell].knownSquares.merge(other.weighted[cell].knownSquares)
    }
  }
}

extension GroupTally {
  /// Responses at a stage, or at any of several.
  package func count(at stages: some Sequence<Int>) -> WeightedCount {
    stages.reduce(into: WeightedCount()) { $0.merge(counts[$1]) }
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
      evidence.yes += cells[cell * 3]
      evidence.lacking += cells[cell * 3 + 1]
      evidence.notApplicable += cells[cell * 3 + 2]
      if !weighted.isEmpty {
        evidence.yesWeight.merge(weighted[cell].yes)
        evidence.lackingWeight.merge(weighted[cell].no)
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
