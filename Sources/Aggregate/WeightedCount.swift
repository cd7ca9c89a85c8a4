import Statistics

/// How many responses, and their weight. Adding and merging are exact, so the order never matters.
package struct WeightedCount: Hashable, Sendable {
  package private(set) var count: UInt64 = 0
  package private(set) var weight = WeightSum()

  package init() {}

  init(count: UInt64, weight: WeightSum) { (self.count, self.weight) = (count, weight) }

  mutating func add(count: UInt64, weight: WeightSum) {
    self.count &+= count
    self.weight.merge(weight)
  }

  mutating func merge(_ other: WeightedCount) { add(count: other.count, weight: other.weight) }

  mutating func scale(by factor: WeightFactor) { weight.scale(by: factor) }
}

/// A rectangular table of numbers that can be merged cell by cell.
struct Grid<Cell: Sendable>: Sendable {
  let columns: Int
  private(set) var cells: [Cell]

  init(rows: Int, columns: Int, _ zero: Cell) {
    self.columns = columns
    cells = Array(repeating: zero, count: rows * columns)
  }

  subscript(row: Int, column: Int) -> Cell {
    get { cells[row * columns + column] }
    _modify { yield &cells[row * columns + column] }
  }

  /// All cells at once, row by row, for who adds to many of them.
  mutating func withCells(_ body: (UnsafeMutableBufferPointer<Cell>) -> Void) {
    cells.withUnsafeMutableBufferPointer { body($0) }
  }

  mutating func forEach(_ change: (inout Cell) -> Void) {
    for index in cells.indices { change(&cells[index]) }
  }

  mutating func merge(_ other: Grid, _ combine: (inout Cell, Cell) -> Void) {
    for index in cells.indices { combine(&cells[index], other.cells[index]) }
  }
}
