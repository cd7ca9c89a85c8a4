extension SeededGenerator {
  /// A number from 0, below the limit.
  package mutating func number(below limit: Int) -> Int {
    Int.random(in: 0..<limit, using: &self)
  }

  /// Some of the items, each with one chance in `times`, in their order.
  package mutating func some<Item>(of items: [Item], onceIn times: Int) -> [Item] {
    items.filter { _ in oneIn(times) }
  }
}
