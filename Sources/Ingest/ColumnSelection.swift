/// Which of an input's columns are read.
package struct ColumnSelection: Hashable, Sendable {
  /// Fields of a whole record.
  package let width: Int
  /// Ascending; a column's place here is its slot.
  package let wanted: [Int]
  /// -1 where nobody wants the column. Never empty, so that it has an address.
  let slotOfColumn: [Int32]
  /// How a header record that comes again is told; nil where none can be.
  let headerEcho: HeaderEcho?

  /// - Parameter headers: the header records; a record that repeats one of them is refused.
  /// - Precondition: `wanted` is ascending and below `width`.
  package init(width: Int, wanted: [Int], headers: [[String]] = []) {
    self.width = width
    self.wanted = wanted
    headerEcho = HeaderEcho(headers, width: width, wanted: wanted)
    var slots = [Int32](repeating: -1, count: max(1, width))
    for (slot, column) in wanted.enumerated() { slots[column] = Int32(slot) }
    slotOfColumn = slots
  }

  /// - Returns: the slot of a column, or nil when nobody wanted it.
  package func slot(of column: Int) -> Int? {
    let slot = slotOfColumn[column]
    return slot < 0 ? nil : Int(slot)
  }
}
