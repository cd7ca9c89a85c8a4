/// The slots of a question's columns, as bits.
struct SlotSet {
  /// The words that have a bit.
  let words: Range<Int>
  private let masks: [UInt64]
  private let slots: [Int]
  private let columns: [Int]

  init(_ slots: [Int]) {
    self.slots = slots
    let (least, most) = (slots.min() ?? 0, slots.max() ?? -1)
    words = least / 64..<(most + 64) / 64
    var masks = [UInt64](repeating: 0, count: words.count)
    var columns = [Int](repeating: 0, count: 64 * words.count)
    for (column, slot) in slots.enumerated() {
      masks[slot / 64 - least / 64] |= 1 << UInt64(slot % 64)
      columns[slot - 64 * (least / 64)] = column
    }
    (self.masks, self.columns) = (masks, columns)
  }

  @inline(__always)
  func mask(_ word: Int) -> UInt64 { masks[word &- words.lowerBound] }

  /// The column that a slot is of, counted within the question.
  @inline(__always)
  func column(of slot: Int) -> Int { columns[slot &- 64 &* words.lowerBound] }

  @inline(__always)
  func slot(of column: Int) -> Int { slots[column] }
}
