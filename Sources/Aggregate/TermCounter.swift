import Score
import Statistics

/// One worker's counts of the terms that scored responses chose, by stage.
final class TermCounter {
  private let stages: Int
  private let terms: Int
  private let words: Int
  private let counter: ColumnCounter
  /// In billionths per stage and term; empty where nobody is weighted.
  private let weights: UnsafeMutableBufferPointer<UInt128>

  init(_ shape: TallyShape) {
    stages = shape.stages
    terms = shape.model.terms.count
    words = shape.termWords
    counter = ColumnCounter(pairs: (words + 1) / 2)
    counter.makeRoom(slots: stages)
    weights = .allocate(capacity: shape.hasWeights ? stages * words * 64 : 0)
    weights.initialize(repeating: 0)
  }

  deinit { weights.deallocate() }

  /// Counts a block's scored responses.
  ///
  /// - Parameter rows: the block's rows of terms.
  func add(_ block: CountedBlock, rows: UnsafePointer<UInt64>) {
    let scored = block.words.scored[0]
    for stage in 0..<stages {
      let responses = scored & block.words.low[stage]
      counter.add(responses, of: rows, words: words, to: stage)
      guard let weights = block.weights.weights else { continue }
      var rest = responses
      while rest != 0 {
        let response = rest.trailingZeroBitCount
        addWeight(weights[response], rows + response * words, stage)
        rest &= rest &- 1
      }
    }
  }

  private func addWeight(_ weight: UInt64, _ row: UnsafePointer<UInt64>, _ stage: Int) {
    for word in 0..<words {
      var rest = row[word]
      while rest != 0 {
        weights[64 * (stage * words + word) + rest.trailingZeroBitCount] &+= UInt128(weight)
        rest &= rest &- 1
      }
    }
  }

  /// By stage and term.
  func finish() -> Grid<WeightedCount> {
    var grid = Grid(rows: stages, columns: terms, WeightedCount())
    for stage in 0..<stages {
      guard let counts = counter.counts(of: stage) else { continue }
      for term in 0..<terms {
        let column = counts.columns[term / 128 * 64 + term % 64]
        let count = term / 64 % 2 == 0 ? column.x : column.y
        let weight =
          weights.isEmpty
          ? .unweighted(count) : WeightSum(billionths: weights[stage * words * 64 + term])
        grid[stage, term].add(count: count, weight: weight)
      }
    }
    return grid
  }
}
