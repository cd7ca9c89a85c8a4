import Score

/// Counts how often each bit is set in rows of words, per slot: a slot is whatever the rows are
/// grouped by.
///
/// Eight rows of a slot wait until they can be added at once, by carry-save adders into bit planes:
/// bit c of plane p is bit p of the count of column c. Planes are emptied into whole numbers before
/// they can overflow. That is 6 operations a row and pair of words, without any branch on the data
/// (positional population count: Klarqvist, Muła, Lemire, *Efficient Computation of Positional
/// Population Counts Using SIMD Instructions*, 2021; Harley and Seal's adders in Warren, *Hacker's
/// Delight*, section 5-1). A slot takes memory when it sees its first row.
final class ColumnCounter {
  /// The rows that wait in a slot, then eight planes for each pair of words, then the counts of each
  /// pair's columns; before all of them the header.
  private typealias Slot = UnsafeMutablePointer<WordPair>

  private struct Header {
    /// Eights of rows in the planes.
    var eights = 0
    /// Rows that do not wait any more.
    var rows: UInt64 = 0
  }

  /// Pairs of words in a row.
  let pairs: Int
  private var slots: UnsafeMutableBufferPointer<Slot?>
  /// Per slot how many rows wait: apart from the slots, so that all of it stays in the fastest cache.
  private var waiting: UnsafeMutablePointer<UInt8>
  private var planesBegin: Int { 8 &* pairs }
  private var countsBegin: Int { 16 &* pairs }
  private var slotSize: Int { 80 &* pairs }
  private static let headerBytes = 16
  /// Eights of rows that the planes hold: 248 rows, below 2⁸.
  private static let eightsPerFlush = 31

  init(pairs: Int) {
    self.pairs = pairs
    slots = .allocate(capacity: 0)
    waiting = .allocate(capacity: 0)
  }

  deinit {
    for case let slot? in slots {
      (UnsafeMutableRawPointer(slot) - ColumnCounter.headerBytes).deallocate()
    }
    slots.deallocate()
    waiting.deallocate()
  }

  /// Makes slots from 0 up to `count` fit to be counted in.
  func makeRoom(slots count: Int) {
    if count <= slots.count { return }
    let larger = UnsafeMutableBufferPointer<Slot?>.allocate(capacity: max(count, 2 * slots.count))
    let largerWaiting = UnsafeMutablePointer<UInt8>.allocate(capacity: larger.count)
    larger.initialize(repeating: nil)
    largerWaiting.initialize(repeating: 0, count: larger.count)
    for index in slots.indices {
      (larger[index], largerWaiting[index]) = (slots[index], waiting[index])
    }
    slots.deallocate()
    waiting.deallocate()
    (slots, waiting) = (larger, largerWaiting)
  }

  /// Counts a row of `pairs` pairs.
  @inline(__always)
  func add(_ row: UnsafePointer<WordPair>, to index: Int) {
    let slot = slots[index] ?? makeSlot(index)
    let place = Int(waiting[index])
    copy(row, to: slot + place &* pairs)
    waiting[index] = UInt8(truncatingIfNeeded: (place &+ 1) & 7)
    if place == 7 { addEight(slot) }
  }

  /// Counts some of the 64 rows of a block.
  ///
  /// - Parameter responses: the rows that count, as bits.
  @inline(__always)
  func add(_ responses: UInt64, of rows: UnsafePointer<WordPair>, to index: Int) {
    addRows(responses, to: index) { response, place in
      copy(rows + response &* pairs, to: place)
    }
  }

  /// Counts some of 64 rows of words, of which the last pair may lack one.
  @inline(__always)
  func add(
    _ responses: UInt64, of rows: UnsafePointer<UInt64>, words: Int, to index: Int
  ) {
    addRows(responses, to: index) { response, place in
      let row = rows + response &* words
      for pair in 0..<words / 2 { place[pair] = WordPair(row[2 &* pair], row[2 &* pair &+ 1]) }
      if words % 2 == 1 { place[words / 2] = WordPair(row[words &- 1], 0) }
    }
  }

  @inline(__always)
  private func addRows(_ responses: UInt64, to index: Int, _ copy: (_ response: Int, Slot) -> Void)
  {
    if responses == 0 { return }
    let slot = slots[index] ?? makeSlot(index)
    var place = Int(waiting[index])
    var rest = responses
    while rest != 0 {
      copy(rest.trailingZeroBitCount, slot + place &* pairs)
      rest &= rest &- 1
      place &+= 1
      if place == 8 {
        addEight(slot)
        place = 0
      }
    }
    waiting[index] = UInt8(truncatingIfNeeded: place)
  }

  @inline(__always)
  private func copy(_ row: UnsafePointer<WordPair>, to place: Slot) {
    place[0] = row[0]
    if pairs == 1 { return }
    for pair in 1..<pairs { place[pair] = row[pair] }
  }

  @inline(__always)
  private static func header(of slot: Slot) -> UnsafeMutablePointer<Header> {
    (UnsafeMutableRawPointer(slot) - headerBytes).assumingMemoryBound(to: Header.self)
  }

  @inline(never)
  private func makeSlot(_ index: Int) -> Slot {
    let bytes = ColumnCounter.headerBytes + slotSize * MemoryLayout<WordPair>.stride
    let memory = UnsafeMutableRawPointer.allocate(
      byteCount: bytes, alignment: MemoryLayout<WordPair>.alignment)
    memory.initializeMemory(as: Header.self, to: Header())
    let slot = (memory + ColumnCounter.headerBytes).initializeMemory(
      as: WordPair.self, repeating: .zero, count: slotSize)
    slots[index] = slot
    return slot
  }
}

extension ColumnCounter {
  /// The sum and the carries of three bits.
  @inline(__always)
  private static func addThree(
    _ a: inout WordPair, _ b: WordPair, _ c: WordPair
  ) -> WordPair {
    let either = a ^ b
    let carry = (a & b) | (either & c)
    a = either ^ c
    return carry
  }

  @inline(never)
  private func addEight(_ slot: Slot) {
    let planes = slot + planesBegin
    for pair in 0..<pairs { addEight(slot + pair, to: planes + 8 * pair) }
    let header = ColumnCounter.header(of: slot)
    header.pointee.rows &+= 8
    header.pointee.eights &+= 1
    if header.pointee.eights == ColumnCounter.eightsPerFlush { flush(slot) }
  }

  @inline(__always)
  private func addEight(_ row: UnsafePointer<WordPair>, to planes: UnsafeMutablePointer<WordPair>) {
    var (ones, twos, fours) = (planes[0], planes[1], planes[2])
    let a = ColumnCounter.addThree(&ones, row[0], row[pairs])
    let b = ColumnCounter.addThree(&ones, row[2 * pairs], row[3 * pairs])
    let c = ColumnCounter.addThree(&ones, row[4 * pairs], row[5 * pairs])
    let d = ColumnCounter.addThree(&ones, row[6 * pairs], row[7 * pairs])
    let e = ColumnCounter.addThree(&twos, a, b)
    let f = ColumnCounter.addThree(&twos, c, d)
    var carry = ColumnCounter.addThree(&fours, e, f)
    (planes[0], planes[1], planes[2]) = (ones, twos, fours)
    for place in 3..<8 {
      let plane = planes[place]
      planes[place] = plane ^ carry
      carry &= plane
    }
  }

  /// Empties the planes into the counts: of eight columns at a time, the eight planes' bytes are a
  /// square whose transpose holds the counts.
  private func flush(_ slot: Slot) {
    for pair in 0..<pairs {
      let planes = slot + (planesBegin + 8 * pair)
      let counts = slot + (countsBegin + 64 * pair)
      for byte in 0..<8 {
        var square = WordPair.zero
        for place in 0..<8 {
          let bits = (planes[place] &>> UInt64(8 * byte)) & 0xFF
          square |= bits &<< UInt64(8 * place)
        }
        square = ColumnCounter.transposed(square)
        for column in 0..<8 {
          counts[8 * byte + column] &+= (square &>> UInt64(8 * column)) & 0xFF
        }
      }
      planes.update(repeating: .zero, count: 8)
    }
    ColumnCounter.header(of: slot).pointee.eights = 0
  }

  /// A square of 8 × 8 bits, transposed (Warren, *Hacker's Delight*, section 7-3).
  @inline(__always)
  private static func transposed(_ square: WordPair) -> WordPair {
    var bits = square
    var swapped = (bits ^ (bits &>> 7)) & WordPair(repeating: 0x00AA_00AA_00AA_00AA)
    bits ^= swapped ^ (swapped &<< 7)
    swapped = (bits ^ (bits &>> 14)) & WordPair(repeating: 0x0000_CCCC_0000_CCCC)
    bits ^= swapped ^ (swapped &<< 14)
    swapped = (bits ^ (bits &>> 28)) & WordPair(repeating: 0x0000_0000_F0F0_F0F0)
    bits ^= swapped ^ (swapped &<< 28)
    return bits
  }

  /// A slot's counts; nil where it has seen no row.
  func counts(of index: Int) -> ColumnCounts? {
    guard index < slots.count, let slot = slots[index] else { return nil }
    let header = ColumnCounter.header(of: slot)
    let rows = Int(waiting[index])
    if rows > 0 {
      (slot + rows * pairs).update(repeating: .zero, count: (8 - rows) * pairs)
      addEight(slot)
      header.pointee.rows -= UInt64(8 - rows)
      waiting[index] = 0
    }
    flush(slot)
    let counts = UnsafeBufferPointer(start: slot + countsBegin, count: 64 * pairs)
    return ColumnCounts(rows: header.pointee.rows, columns: Array(counts))
  }
}

/// What was counted in a slot: its rows, and per column of the pairs' first words and of their
/// second words how often it was set.
struct ColumnCounts: Sendable {
  let rows: UInt64
  let columns: [WordPair]
}
