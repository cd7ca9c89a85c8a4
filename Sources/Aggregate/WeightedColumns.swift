import Score
import Statistics

/// The weights of rows of evidence, per slot and criterion: Σ w over those who have it, and Σ w and
/// Σ w² over those in whom it is known.
///
/// What is known differs little between responses (which questions they answered, mostly), so rows
/// are first summed by slot and by what they know, one addition a row; only those sums are spread
/// over the criteria. What they have differs, but is little: one addition for each criterion.
final class WeightedColumns {
  /// Pairs of words in a row.
  private let words: Int
  private var slots: UnsafeMutableBufferPointer<Slot?>
  private let patterns: PatternTable

  private struct Slot {
    /// Per criterion: Σ w over those who have it, in two parts so that the low ones stay close
    /// together; carries are rare.
    let yes: UnsafeMutablePointer<UInt64>
    let carries: UnsafeMutablePointer<UInt64>
    /// Per criterion, and after them for everybody.
    let known: UnsafeMutablePointer<PatternTable.Sums>
  }

  /// - Parameter patterns: how many sets of what is known are told apart before they are spread.
  init(words: Int, patterns: Int) {
    self.words = words
    slots = .allocate(capacity: 0)
    self.patterns = PatternTable(words: words, capacity: patterns)
  }

  deinit {
    for case let slot? in slots {
      slot.yes.deallocate()
      slot.carries.deallocate()
      slot.known.deallocate()
    }
    slots.deallocate()
  }

  /// Makes slots from 0 up to `count` fit to be summed in.
  func makeRoom(slots count: Int) {
    if count <= slots.count { return }
    let larger = UnsafeMutableBufferPointer<Slot?>.allocate(capacity: max(count, 2 * slots.count))
    larger.initialize(repeating: nil)
    for index in slots.indices { larger[index] = slots[index] }
    slots.deallocate()
    slots = larger
  }

  func add(_ row: UnsafePointer<WordPair>, to index: Int, weight: UInt64) {
    let slot = slots[index] ?? makeSlot(index)
    for word in 0..<words {
      var rest = row[word].x
      while rest != 0 {
        let column = 64 &* word &+ rest.trailingZeroBitCount
        rest &= rest &- 1
        let (sum, carried) = slot.yes[column].addingReportingOverflow(weight)
        slot.yes[column] = sum
        if carried { slot.carries[column] &+= 1 }
      }
    }
    if !patterns.add(row, slot: index, weight: weight) {
      spreadPatterns()
      _ = patterns.add(row, slot: index, weight: weight)
    }
  }

  @inline(never)
  private func makeSlot(_ index: Int) -> Slot {
    let columns = 64 * words
    let slot = Slot(
      yes: .allocate(capacity: columns), carries: .allocate(capacity: columns),
      known: .allocate(capacity: columns + 1))
    slot.yes.initialize(repeating: 0, count: columns)
    slot.carries.initialize(repeating: 0, count: columns)
    slot.known.initialize(repeating: PatternTable.Sums(), count: columns + 1)
    slots[index] = slot
    return slot
  }

  private func spreadPatterns() {
    patterns.forEach { index, known, sums in
      guard let slot = slots[index] else { return }
      slot.known[64 * words].merge(sums)
      for word in 0..<words {
        var rest = known[word]
        while rest != 0 {
          slot.known[64 * word + rest.trailingZeroBitCount].merge(sums)
          rest &= rest &- 1
        }
      }
    }
    patterns.removeAll()
  }

  /// A slot's sums per column, and after them those of everybody; nil where it has seen no row.
  func sums(of index: Int) -> [WeightedColumn]? {
    spreadPatterns()
    guard index < slots.count, let slot = slots[index] else { return nil }
    return (0...64 * words).map { column in
      var sums = WeightedColumn()
      if column < 64 * words {
        sums.yes = WeightSum(
          billionths: UInt128(slot.carries[column]) << 64 | UInt128(slot.yes[column]))
      }
      sums.known = slot.known[column].weight
      sums.knownSquares = slot.known[column].squares
      return sums
    }
  }
}

/// The weight of those who have a criterion; the weight, and its squares, of those in whom it is
/// known.
struct WeightedColumn: Sendable {
  var yes = WeightSum()
  var known = WeightSum()
  var knownSquares = SquareSum()

  mutating func merge(_ other: WeightedColumn) {
    yes.merge(other.yes)
    known.merge(other.known)
    knownSquares.merge(other.knownSquares)
  }

  mutating func scale(by factor: WeightFactor) {
    yes.scale(by: factor)
    known.scale(by: factor)
    knownSquares.scale(by: factor)
  }
}
