/// Random numbers that are the same in every run (SplitMix64), so that a failure can be repeated.
package struct SeededNumbers: RandomNumberGenerator {
  private var state: UInt64

  package init(seed: UInt64) { state = seed }

  package mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  /// True once in `times`.
  package mutating func once(in times: Int) -> Bool { number(below: times) == 0 }

  package mutating func number(below limit: Int) -> Int { Int(next() % UInt64(limit)) }

  /// Some of the items, each with one chance in `times`, in their order.
  package mutating func some<Item>(of items: [Item], onceIn times: Int) -> [Item] {
    items.filter { _ in once(in: times) }
  }

  /// One of the items, which must not be empty.
  package mutating func one<Item>(of items: [Item]) -> Item { items[number(below: items.count)] }
}
