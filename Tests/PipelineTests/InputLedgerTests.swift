import Aggregate
import Testing

@testable import Ingest
@testable import Pipeline

/// The books of an input, with one fault in them at a time: each is found, and named.
@Suite struct InputLedgerTests {
  /// Three chunks of an input with a header of 10 bytes; what is said of each may be spoilt.
  private func books(_ spoil: (inout [InputLedger.Entry]) -> Void = { _ in }) -> InputLedger {
    var entries = [
      InputLedger.Entry(start: 10, bytes: 30, records: 3, rejects: 1),
      InputLedger.Entry(start: 40, bytes: 0, records: 0, rejects: 0),
      InputLedger.Entry(start: 40, bytes: 60, records: 5, rejects: 0),
    ]
    spoil(&entries)
    var ledger = InputLedger()
    for entry in entries { ledger.add(entry) }
    return ledger
  }

  private func found(
    bytes: UInt64 = 100, header: UInt64 = 10, records: UInt64 = 8
  ) -> InputLedger.Found {
    InputLedger.Found(
      identity: .init(bytes: bytes, fingerprint: "", sha256: nil), headerBytes: header,
      records: records)
  }

  private var accounting: Accounting {
    Accounting(read: 8, scored: 4, unscored: 1, filtered: [1], duplicate: 1, rejected: 1)
  }

  @Test func soundBooksBalance() {
    #expect(books().imbalance(found(), accounting) == nil)
  }

  @Test func anInputOfAHeaderAloneBalances() {
    let nothing = Accounting(keepRules: 0)
    #expect(InputLedger().imbalance(found(bytes: 10, records: 0), nothing) == nil)
    #expect(
      InputLedger().imbalance(found(bytes: 11, records: 0), nothing)
        == .bytes(accounted: 10, of: 11))
  }

  @Test func aChunkThatBeginsBehindTheEndOfTheOneBeforeIsAGap() {
    #expect(
      books { $0[2].start = 41 }.imbalance(found(), accounting) == .gap(begin: 41, expected: 40))
  }

  @Test func aChunkThatIsHandedOverTwiceIsAGap() {
    #expect(
      books { $0.append($0[2]) }.imbalance(found(), accounting) == .gap(begin: 40, expected: 100))
  }

  @Test func aChunkThatIsLostIsAGap() {
    #expect(
      books { $0.removeFirst() }.imbalance(found(), accounting) == .gap(begin: 40, expected: 10))
  }

  @Test func aLastChunkThatIsLostLacksBytes() {
    #expect(
      books { $0.removeLast() }.imbalance(found(), accounting) == .bytes(accounted: 40, of: 100))
  }

  @Test func aRecordThatIsNotHandedOverIsMissed() {
    #expect(
      books { $0[0].records = 2 }.imbalance(found(), accounting)
        == .records(handedOver: 7, found: 8))
  }

  @Test func aRecordThatIsNotCountedIsMissed() {
    let seven = Accounting(
      read: 7, scored: 3, unscored: 1, filtered: [1], duplicate: 1, rejected: 1)
    #expect(books().imbalance(found(), seven) == .records(handedOver: 7, found: 8))
  }

  @Test(arguments: [0, 2] as [UInt64])
  func aRecordWithoutAFateOrWithTwoIsNoticed(_ unscored: UInt64) {
    let accounting = Accounting(
      read: 8, scored: 4, unscored: unscored, filtered: [1], duplicate: 1, rejected: 1)
    #expect(books().imbalance(found(), accounting) == .fates(told: 7 + unscored, read: 8))
  }

  @Test func aRejectThatIsNotWrittenIsMissed() {
    #expect(
      books { $0[0].rejects = 0 }.imbalance(found(), accounting)
        == .rejects(written: 0, counted: 1))
  }

  @Test func anInputWhoseEndWasNotReachedIsUnfinished() {
    #expect(books().imbalance(nil, accounting) == .unfinished)
  }
}
