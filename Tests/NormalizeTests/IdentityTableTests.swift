import StagecraftTestSupport
import Testing

@testable import Normalize

@Suite struct IdentityTableTests {
  /// Grown often enough that what is held is a matter of how it grows.
  @Test func anIDTakesAtMost24Bytes() throws {
    let table = try IdentityTable()
    let begun = table.size.bytes
    var random = SeededGenerator(seed: 3)
    var most = 0.0
    for number in 1...400_000 {
      let hash = IdentityHash(high: random.next(), low: random.next())
      #expect(try table.put(hash, ordinal: UInt64(number), replaces: true) == nil)
      if number > 200_000, number % 1000 == 0 {
        most = max(most, Double(table.size.bytes - begun) / Double(number))
      }
    }
    #expect(table.size.count == 400_000)
    #expect(most <= 24)
  }

  @Test func anIDIsFoundAgainHoweverTheTableHasGrown() throws {
    let table = try IdentityTable()
    var random = SeededGenerator(seed: 5)
    let hashes = (0..<20_000).map { _ in IdentityHash(high: random.next(), low: random.next()) }
    for (number, hash) in hashes.enumerated() {
      #expect(try table.put(hash, ordinal: UInt64(number + 1), replaces: false) == nil)
    }
    for (number, hash) in hashes.enumerated() {
      #expect(try table.put(hash, ordinal: 1 << 40, replaces: false) == UInt64(number + 1))
    }
  }

  @Test func thePlaceOfAnIDIsReplacedOnlyWhereAsked() throws {
    let table = try IdentityTable()
    let hash = IdentityHash(high: 7, low: .max)
    #expect(try table.put(hash, ordinal: 1, replaces: true) == nil)
    #expect(try table.put(hash, ordinal: 1 << 48 - 1, replaces: true) == 1)
    #expect(try table.put(hash, ordinal: 9, replaces: false) == 1 << 48 - 1)
    #expect(try table.put(hash, ordinal: 10, replaces: false) == 1 << 48 - 1)
  }

  /// All of one shard want its last entry, and go on at its first.
  @Test func idsThatWantTheSamePlaceAreKeptApart() throws {
    let table = try IdentityTable()
    let hashes = (0..<1000).map { IdentityHash(high: .max, low: UInt64($0)) }
    for (number, hash) in hashes.enumerated() {
      #expect(try table.put(hash, ordinal: UInt64(number + 1), replaces: false) == nil)
    }
    for (number, hash) in hashes.enumerated() {
      #expect(try table.put(hash, ordinal: 5000, replaces: false) == UInt64(number + 1))
    }
  }

  /// 88 bits of the hash: all but those a record's number stands in, and eight above them.
  @Test(arguments: [0, 8, 15, 56, 63])
  func idsThatDifferInOneBitAreTold(_ bit: Int) throws {
    let table = try IdentityTable()
    _ = try table.put(IdentityHash(high: 1, low: 0), ordinal: 1, replaces: false)
    let other = IdentityHash(high: 1, low: 1 << UInt64(bit))
    #expect(try table.put(other, ordinal: 2, replaces: false) == nil)
    let third = IdentityHash(high: 1 ^ 1 << UInt64(bit), low: 0)
    #expect(try table.put(third, ordinal: 3, replaces: false) == nil)
  }
}
