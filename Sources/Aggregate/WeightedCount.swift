import Statistics

/// How many responses, and their weight. Adding and merging are exact, so the order never matters.
package struct WeightedCount: Hashable, Sendable {
  package private(set) var count: UInt64 = 0
  package private(set) var weight = WeightSum()

  package init() {}

  mutating func add(weight billionths: UInt64) {
    count += 1
    weight.add(billionths)
  }

  mutating func merge(_ other: WeightedCount) {
    count += other.count
    weight.merge(other.weight)
  }
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
    set { cells[row * columns + column] = newValue }
  }

  mutating func merge(_ other: Grid, _ combine: (inout Cell, Cell) -> Void) {
    for index in cells.indices { combine(&cells[index], other.cells[index]) }
  }
}
