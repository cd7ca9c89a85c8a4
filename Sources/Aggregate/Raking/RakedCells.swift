import Normalize
import Score
import Statistics
import SurveyMapping

/// One worker's counts by the joint cells of the raking margins: what a cell's responses weigh is
/// known only when all have been read, so each cell that occurs has a counter of its own.
final class RakedCells {
  private let shape: TallyShape
  private let vocabulary: Vocabulary
  private var places: CellPlaces
  /// Per cell; nil until it occurs.
  private var cells: [Cell?]
  /// Per margin and number of the vocabulary, scored responses with a value that it does not name.
  private var unnamed: [[Int32: UInt64]]

  private struct Cell {
    let counter: ResponseCounter
    var base = CellBase()
  }

  init(_ rake: Rake, _ shape: TallyShape, vocabulary: Vocabulary) {
    self.shape = shape
    self.vocabulary = vocabulary
    places = CellPlaces(rake)
    cells = Array(repeating: nil, count: rake.cells)
    unnamed = Array(repeating: [:], count: rake.margins.count)
  }

  /// A batch's scored responses by cell, each with the cell's counter. Those that belong to none are
  /// noted and left out: a run with such a response publishes nothing.
  func portions(of rows: CountedRows, _ scores: ScoreBatch) -> [BatchPortion] {
    guard let segments = rows.segments else { return [] }
    places.learn(vocabulary)
    var masks: [Int: [UInt64]] = [:]
    let width = shape.survey.segments.count
    for block in 0..<scores.blocks {
      var rest = scores.block(block).scored[0]
      while rest != 0 {
        let response = 64 * block + rest.trailingZeroBitCount
        let bit = rest & (~rest &+ 1)
        rest &= rest &- 1
        let row = segments + response * width
        guard let cell = places.cell(of: row) else {
          noteUnnamed(row)
          continue
        }
        masks[cell, default: Array(repeating: 0, count: scores.blocks)][block] |= bit
        addToBase(of: cell, weight: rows.weights?[response])
      }
    }
    return masks.compactMap { cell, masks in
      cells[cell].map { BatchPortion(counter: $0.counter, masks: masks) }
    }
  }

  private func addToBase(of cell: Int, weight: UInt64?) {
    if cells[cell] == nil {
      cells[cell] = Cell(counter: ResponseCounter(shape, vocabulary: vocabulary))
    }
    cells[cell]?.base.add(weight ?? UInt64(Billionths.perUnit))
  }

  private func noteUnnamed(_ row: UnsafePointer<Int32>) {
    for margin in unnamed.indices {
      if let number = places.unnamedValue(of: row, margin: margin) {
        unnamed[margin][number, default: 0] += 1
      }
    }
  }

  /// What a cell's responses weigh by themselves; nil where it has none.
  func base(of cell: Int) -> CellBase? { cells[cell]?.base }

  /// A cell's tally, but for what is not weighted; nil where it has no responses.
  func finish(_ cell: Int) -> Tally? { cells[cell]?.counter.finish() }

  /// A margin's values that it does not name, with the scored responses that have them.
  func unnamedValues(of margin: Int) -> [(value: ExactText, responses: UInt64)] {
    let texts = vocabulary.segmentValues[places.segment(of: margin)].texts
    return unnamed[margin].map { (ExactText(texts[Int($0.key)]), $0.value) }
  }
}

/// The weights of a cell's responses before raking.
struct CellBase {
  private(set) var sample = Sample(count: 0, weight: WeightSum(), squares: SquareSum())
  private(set) var least = UInt64.max
  private(set) var most = UInt64.min

  mutating func add(_ weight: UInt64) {
    sample.count += 1
    sample.weight.add(weight)
    sample.squares.add(squareOf: weight)
    least = min(least, weight)
    most = max(most, weight)
  }

  mutating func merge(_ other: CellBase) {
    sample.merge(other.sample)
    least = min(least, other.least)
    most = max(most, other.most)
  }
}

/// Which joint cell a response belongs to, by the numbers of its segment values.
struct CellPlaces {
  private let margins: [Rake.Margin]
  /// Per margin and number of the vocabulary the category; -1 where the margin does not name it.
  private var categories: [[Int]]

  init(_ rake: Rake) {
    margins = rake.margins
    categories = Array(repeating: [], count: margins.count)
  }

  func segment(of margin: Int) -> Int { margins[margin].segment }

  /// Takes note of texts that the vocabulary has met since.
  mutating func learn(_ vocabulary: Vocabulary) {
    for (index, margin) in margins.enumerated() {
      let texts = vocabulary.segmentValues[margin.segment].texts
      for text in texts[categories[index].count...] {
        categories[index].append(margin.category(of: text) ?? -1)
      }
    }
  }

  /// - Parameter row: the numbers of the response's segment values.
  func cell(of row: UnsafePointer<Int32>) -> Int? {
    var cell = 0
    for index in margins.indices {
      let category = categories[index][Int(row[margins[index].segment])]
      if category < 0 { return nil }
      cell = cell * margins[index].categories.count + category
    }
    return cell
  }

  /// The number of a response's value where the margin does not name it.
  func unnamedValue(of row: UnsafePointer<Int32>, margin: Int) -> Int32? {
    let number = row[margins[margin].segment]
    return categories[margin][Int(number)] < 0 ? number : nil
  }

  /// A cell's category in each margin.
  static func categories(of cell: Int, _ rake: Rake) -> [Int] {
    var rest = cell
    return rake.margins.reversed().map { margin in
      defer { rest /= margin.categories.count }
      return rest % margin.categories.count
    }.reversed()
  }
}
