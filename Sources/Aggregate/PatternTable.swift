import Score
import Statistics

/// Sums of weights by slot and by the criteria that are known: a hash table of fixed size with
/// linear probing. Its owner empties it when it is full.
final class PatternTable {
  /// Σ w and Σ w², the squares' carries apart: as numbers, because adding is all that is done to
  /// them for every response.
  struct Sums {
    private var billionths: UInt128 = 0
    private var squareLow: UInt128 = 0
    private var squareHigh: UInt64 = 0

    var weight: WeightSum { WeightSum(billionths: billionths) }
    var squares: SquareSum { SquareSum(low: squareLow, high: squareHigh) }

    @inline(__always)
    mutating func add(_ weight: UInt64) {
      let square = weight.multipliedFullWidth(by: weight)
      billionths &+= UInt128(weight)
      addSquares(UInt128(square.high) << 64 | UInt128(square.low))
    }

    mutating func merge(_ other: Sums) {
      billionths &+= other.billionths
      addSquares(other.squareLow)
      squareHigh &+= other.squareHigh
    }

    @inline(__always)
    private mutating func addSquares(_ squares: UInt128) {
      let (sum, carried) = squareLow.addingReportingOverflow(squares)
      squareLow = sum
      squareHigh &+= carried ? 1 : 0
    }
  }

  /// A power of two.
  private let capacity: Int
  private let words: Int
  private var count = 0
  /// Per place: the slot, or -1; the known criteria; the sums.
  private let slots: UnsafeMutablePointer<Int>
  private let known: UnsafeMutablePointer<UInt64>
  private let sums: UnsafeMutablePointer<Sums>

  init(words: Int, capacity: Int) {
    self.words = words
    self.capacity = capacity
    slots = .allocate(capacity: capacity)
    slots.initialize(repeating: -1, count: capacity)
    known = .allocate(capacity: capacity * words)
    known.initialize(repeating: 0, count: capacity * words)
    sums = .allocate(capacity: capacity)
    sums.initialize(repeating: Sums(), count: capacity)
  }

  deinit {
    slots.deallocate()
    known.deallocate()
    sums.deallocate()
  }

  /// - Returns: false where the pattern is new and the table is full.
  /// - Complexity: O(words) on average.
  func add(_ row: UnsafePointer<WordPair>, slot: Int, weight: UInt64) -> Bool {
    var place = place(of: row, slot: slot)
    while slots[place] != slot || !isKnown(row, at: place) {
      if slots[place] < 0 {
        if 4 * count >= 3 * capacity { return false }
        insert(row, slot: slot, at: place)
        break
      }
      place = (place &+ 1) & (capacity &- 1)
    }
    sums[place].add(weight)
    return true
  }

  /// Multiplies and takes the high bits (Knuth, *The Art of Computer Programming*, section 6.4).
  @inline(__always)
  private func place(of row: UnsafePointer<WordPair>, slot: Int) -> Int {
    var hash = UInt64(truncatingIfNeeded: slot)
    for word in 0..<words {
      hash = (hash ^ (row[word].x | row[word].y)) &* 0x9E37_79B9_7F4A_7C15
      hash ^= hash >> 32
    }
    return Int(truncatingIfNeeded: hash) & (capacity &- 1)
  }

  @inline(__always)
  private func isKnown(_ row: UnsafePointer<WordPair>, at place: Int) -> Bool {
    let start = place &* words
    for word in 0..<words where known[start &+ word] != row[word].x | row[word].y { return false }
    return true
  }

  private func insert(_ row: UnsafePointer<WordPair>, slot: Int, at place: Int) {
    slots[place] = slot
    for word in 0..<words { known[place * words + word] = row[word].x | row[word].y }
    sums[place] = Sums()
    count += 1
  }

  func forEach(_ body: (_ slot: Int, _ known: UnsafePointer<UInt64>, Sums) -> Void) {
    if count == 0 { return }
    for place in 0..<capacity where slots[place] >= 0 {
      body(slots[place], known + place * words, sums[place])
    }
  }

  func removeAll() {
    slots.update(repeating: -1, count: capacity)
    count = 0
  }
}
