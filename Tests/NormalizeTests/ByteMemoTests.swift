import StagecraftTestSupport
import Testing

@testable import Normalize

@Suite struct ByteMemoTests {
  private func value(_ memo: ByteMemo, _ key: [UInt8]) -> Int32? {
    key.withUnsafeBufferPointer { memo.value(for: $0) }
  }

  @Test func everythingRememberedIsFoundAndNothingElse() {
    let memo = ByteMemo()
    var random = SeededGenerator(seed: 7)
    var known: [[UInt8]: Int32] = [:]
    for number in 0..<3_000 as Range<Int32> {
      // Short keys over few bytes: many differ in one place, many are prefixes of others.
      let length = Int.random(in: 0...20, using: &random)
      let key = (0..<length).map { _ in UInt8.random(in: 0...2, using: &random) }
      #expect(value(memo, key) == known[key])
      if known[key] != nil { continue }
      key.withUnsafeBufferPointer { memo.remember(number, for: $0) }
      known[key] = number
    }
    #expect(known.allSatisfy { value(memo, $0.key) == $0.value })
  }

  @Test func emptyKeyIsAKey() {
    let memo = ByteMemo()
    #expect(value(memo, []) == nil)
    UnsafeBufferPointer<UInt8>(start: nil, count: 0).withMemory { memo.remember(5, for: $0) }
    #expect(value(memo, []) == 5)
    #expect(value(memo, [0]) == nil)
  }

  @Test func fullMemoKeepsWhatItHasAndTakesNoMore() {
    let memo = ByteMemo()
    var remembered: [[UInt8]] = []
    for number in 0..<70_000 as Range<Int32> {
      let key = withUnsafeBytes(of: number) { Array($0) }
      key.withUnsafeBufferPointer { bytes in
        if memo.hasRoom(for: bytes) { remembered.append(key) }
        memo.remember(number, for: bytes)
      }
    }
    #expect(remembered.count == 65_536)
    #expect(value(memo, remembered[0]) == 0)
    #expect(value(memo, remembered[65_535]) == 65_535)
    #expect(value(memo, withUnsafeBytes(of: Int32(65_536)) { Array($0) }) == nil)
  }

  @Test func memoHoldsFourMebibytesOfKeys() {
    let memo = ByteMemo()
    let key = [UInt8](repeating: 1, count: (4 << 20) - 2)
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
