import StagecraftTestSupport
import Testing

@testable import Normalize

@Suite struct ByteMemoTests {
  private func value(_ memo: ByteMemo<Int32>, _ key: [UInt8]) -> Int32? {
    key.withUnsafeBufferPointer { memo.value(for: $0) }
  }

  @Test func everythingRememberedIsFoundAndNothingElse() {
    let memo = ByteMemo<Int32>()
    var random = SeededGenerator(seed: 7)
    var known: [[UInt8]: Int32] = [:]
    for number in 0..<6_000 as Range<Int32> {
      // Short keys over few bytes: many differ in one place, many are prefixes of others.
      let length = Int.random(in: 0...45, using: &random)
      let key = (0..<length).map { _ in UInt8.random(in: 0...2, using: &random) }
      #expect(value(memo, key) == known[key])
      if known[key] != nil { continue }
      key.withUnsafeBufferPointer { memo.remember(number, for: $0) }
      known[key] = number
    }
    #expect(known.allSatisfy { value(memo, $0.key) == $0.value })
  }

  /// Fields are looked up without a look at their length, in memory that goes on behind them.
  @Test func fieldsAreFoundWhateverStandsBehindThem() {
    let memo = ByteMemo<Int32>()
    var random = SeededGenerator(seed: 8)
    let text = (0..<4_096).map { _ in UInt8.random(in: 0...255, using: &random) }
    text.withUnsafeBufferPointer { text in
      for length in 0...90 {
        let (start, other) = (17 * length, 2_000 + 11 * length)
        let key = UnsafeBufferPointer(rebasing: text[start..<start + length])
        #expect(memo.value(forField: key) == nil)
        memo.remember(Int32(length), for: key)
        #expect(memo.value(forField: key) == Int32(length))
        #expect(memo.value(for: key) == Int32(length))
        if length > 3 {
          let stranger = UnsafeBufferPointer(rebasing: text[other..<other + length])
          #expect(memo.value(forField: stranger) == nil)
        }
      }
    }
  }

  @Test func emptyKeyIsAKey() {
    let memo = ByteMemo<Int32>()
    #expect(value(memo, []) == nil)
    UnsafeBufferPointer<UInt8>(start: nil, count: 0).withMemory { memo.remember(5, for: $0) }
    #expect(value(memo, []) == 5)
    #expect(value(memo, [0]) == nil)
  }

  @Test func fullMemoKeepsWhatItHasAndTakesNoMore() {
    let memo = ByteMemo<Int32>()
    var remembered: [[UInt8]] = []
    for number in 0..<20_000 as Range<Int32> {
      let key = withUnsafeBytes(of: number) { Array($0) }
      key.withUnsafeBufferPointer { bytes in
        if memo.hasRoom(for: bytes) { remembered.append(key) }
        memo.remember(number, for: bytes)
      }
    }
    #expect(remembered.count == 16_384)
    #expect(value(memo, remembered[0]) == 0)
    #expect(value(memo, remembered[16_383]) == 16_383)
    #expect(value(memo, withUnsafeBytes(of: Int32(16_384)) { Array($0) }) == nil)
  }

  @Test func memoHoldsAMebibyteOfKeys() {
    let memo = ByteMemo<Int32>()
    let key = [UInt8](repeating: 1, count: (1 << 20) - 2)
    key.withUnsafeBufferPointer { memo.remember(1, for: $0) }
    for (number, short) in [[2, 2, 2], [3, 3], [4]].enumerated() as EnumeratedSequence<[[UInt8]]> {
      short.withUnsafeBufferPointer { memo.remember(Int32(number), for: $0) }
    }
    #expect(value(memo, [2, 2, 2]) == nil)
    #expect(value(memo, [3, 3]) == 1)
    #expect(value(memo, [4]) == nil)
  }
}

extension UnsafeBufferPointer {
  fileprivate func withMemory(_ body: (UnsafeBufferPointer) -> Void) { body(self) }
}
