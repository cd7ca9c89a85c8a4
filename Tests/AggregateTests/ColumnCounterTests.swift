import BigInt
import Score
import StagecraftTestSupport
import Statistics
import Testing

@testable import Aggregate

/// The counters of rows against loops over their bits.
@Suite struct ColumnCounterTests {
  /// Enough rows to fill the planes, and some that wait.
  @Test(arguments: [(1, 1), (1, 8), (2, 247), (2, 248), (3, 249), (1, 255), (2, 1_003)])
  func rowsAreCountedByColumnAndSlot(_ pairs: Int, _ rows: Int) {
    var numbers = SeededGenerator(seed: UInt64(rows))
    let counter = ColumnCounter(pairs: pairs)
    counter.makeRoom(slots: 3)
    var expected = Array(repeating: [WordPair](repeating: .zero, count: 64 * pairs), count: 3)
    var slots = [0, 0, 0]
    for _ in 0..<rows {
      let slot = numbers.oneIn(4) ? 2 : 0
      let row = (0..<pairs).map { _ in WordPair(numbers.next(), numbers.next()) }
      counter.add(row, to: slot)
      slots[slot] += 1
      for column in 0..<64 * pairs {
        expected[slot][column] &+= row[column / 64] &>> UInt64(column % 64) & 1
      }
    }
    for slot in 0..<3 {
      let counts = counter.counts(of: slot)
      #expect(Int(counts?.rows ?? 0) == slots[slot])
      #expect(counts?.columns ?? expected[1] == expected[slot])
    }
    #expect(counter.counts(of: 1) == nil)
  }

  @Test func lookingAtTheCountsChangesNothing() {
    let counter = ColumnCounter(pairs: 1)
    counter.makeRoom(slots: 1)
    for count in 1...300 as ClosedRange<UInt64> {
      counter.add([WordPair(1, 2)], to: 0)
      if count % 7 == 0 || count == 300 {
        let counts = counter.counts(of: 0)
        #expect(counts?.rows == count)
        #expect(counts?.columns[0] == WordPair(count, 0))
        #expect(counts?.columns[1] == WordPair(0, count))
      }
    }
  }

  @Test(arguments: [1, 2, 3, 5])
  func rowsWithALastWordAloneAreCountedToo(_ words: Int) {
    var numbers = SeededGenerator(seed: 3)
    let counter = ColumnCounter(pairs: (words + 1) / 2)
    counter.makeRoom(slots: 1)
    let rows = (0..<64 * words).map { _ in numbers.next() }
    let responses = numbers.next()
    counter.add(responses, of: rows, words: words, to: 0)
    let columns = counter.counts(of: 0)?.columns ?? []
    for column in 0..<64 * words {
      let (word, bit) = (column / 64, UInt64(column % 64))
      let expected = (0..<64).count { row in
        responses >> UInt64(row) & 1 == 1 && rows[row * words + word] >> bit & 1 == 1
      }
      let pair = columns[word / 2 * 64 + column % 64]
      #expect(Int(word % 2 == 0 ? pair.x : pair.y) == expected)
    }
  }

  /// More patterns of what is known than the table holds, and weights that carry.
  @Test func weightsAreSummedExactlyWhateverIsKnown() {
    var numbers = SeededGenerator(seed: 9)
    let weighted = WeightedColumns(words: 1, patterns: 4096)
    weighted.makeRoom(slots: 2)
    var yes = [BigUInt](repeating: 0, count: 65)
    var known = yes
    var squares = yes
    for _ in 0..<4_000 {
      let bits = numbers.next()
      let row = WordPair(bits & numbers.next(), ~bits & numbers.next())
      let weight = numbers.pick([0, 1, 333_333_333, 1_000_000_000_000_000_000] as [UInt64])
      weighted.add([row], to: 1, weight: weight)
      for column in 0...64 {
        let isKnown = column == 64 || (row.x | row.y) >> UInt64(column) & 1 == 1
        if column < 64, row.x >> UInt64(column) & 1 == 1 { yes[column] += BigUInt(weight) }
        if isKnown { known[column] += BigUInt(weight) }
        if isKnown { squares[column] += BigUInt(weight) * BigUInt(weight) }
      }
    }
    let sums = weighted.sums(of: 1) ?? []
    #expect(sums.map { BigUInt($0.yes.billionths) } == yes)
    #expect(sums.map { BigUInt($0.known.billionths) } == known)
    let found = sums.map { BigUInt($0.knownSquares.high) << 128 + BigUInt($0.knownSquares.low) }
    #expect(found == squares)
    #expect(weighted.sums(of: 0) == nil)
  }
}
