import CLibxxhash
import Ingest
import SurveyMapping
import SystemCalls

/// Which records lose to another record of the same respondent: one bit per record.
package struct DuplicateIndex: Sendable {
  /// Per input the ordinal before its first record, then the last one of all. Ordinals count the
  /// records of all inputs, as far as somebody may lose in them.
  fileprivate var ends: [UInt64] = [0]
  private var losers: [UInt64] = []

  /// - Parameter record: 1-based, as in ``RecordPosition``.
  package func isLoser(input: Int, record: UInt64) -> Bool {
    guard input + 1 < ends.count else { return false }
    let ordinal = ends[input] + record
    let word = Int(ordinal / 64)
    return ordinal <= ends[input + 1] && word < losers.count
      && losers[word] >> (ordinal % 64) & 1 == 1
  }

  fileprivate mutating func mark(_ ordinal: UInt64) {
    let word = Int(ordinal / 64)
    while losers.count <= word { losers.append(0) }
    losers[word] |= 1 << (ordinal % 64)
  }
}

/// A respondent's id as a keyed 128-bit hash.
///
/// The key is the process's own, so no input can be written to collide; what is found to be a
/// duplicate does not depend on it.
struct IdentityHash: Hashable, Sendable {
  let high: UInt64
  let low: UInt64

  init(high: UInt64, low: UInt64) { (self.high, self.low) = (high, low) }

  init(id: UnsafeBufferPointer<UInt8>) {
    let value = identityKey.withUnsafeBytes { key in
      XXH3_128bits_withSecret(id.baseAddress, id.count, key.baseAddress, key.count)
    }
    self.init(high: value.high64, low: value.low64)
  }
}

/// As many random bytes as the hash takes: far more than the 64 bits of a seed.
private let identityKey = (0..<192).map { _ in UInt8.random(in: .min ... .max) }

/// A respondent's id, and the record it stands in.
package struct RespondentIdentity: Sendable {
  let hash: IdentityHash
  package let record: UInt64
}

/// Reads the identities of a chunk's records: those that are kept and have a good weight, as the
/// order of the tests has it. Belongs to one worker.
package final class IdentityReader {
  private let gate: RecordGate

  package init(plan: GatePlan) { gate = RecordGate(plan: plan) }

  /// - Parameter records: cut as the plan says.
  package func identities(_ records: RecordBatch) -> [RespondentIdentity] {
    var identities: [RespondentIdentity] = []
    identities.reserveCapacity(records.count)
    for record in 0..<records.count {
      guard case .admitted = gate.verdict(records, record), let id = gate.id(records, record)
      else { continue }
      identities.append(
        RespondentIdentity(hash: IdentityHash(id: id), record: records.number(of: record)))
    }
    return identities
  }

  /// The record's id, trimmed, whatever becomes of the record; nil when there is none.
  package func id(_ records: RecordBatch, _ record: Int) -> UnsafeBufferPointer<UInt8>? {
    gate.id(records, record)
  }
}

/// Collects the identities of all records, in input order, and finds the winners.
///
/// Takes at most 24 bytes per distinct id, and a bit per record.
package final class DuplicateFinder {
  private let keepsLast: Bool
  private let table: IdentityTable
  /// Who lost among those taken in so far.
  package private(set) var index = DuplicateIndex()

  /// So many look-ups ahead the memory is asked for: what it takes to arrive.
  private static let ahead = 12

  package init(policy: Respondent.Duplicates) throws(SystemCallError) {
    keepsLast = policy == .last
    table = try IdentityTable()
  }

  /// Takes in one chunk's identities; chunks come in input order.
  ///
  /// - Throws: where there is no memory for more ids.
  package func add(
    _ identities: [RespondentIdentity], input: Int
  ) throws(SystemCallError) {
    while index.ends.count <= input + 1 { index.ends.append(index.ends[index.ends.count - 1]) }
    guard let last = identities.last else { return }
    let before = index.ends[input]
    index.ends[input + 1] = before + last.record
    for identity in identities.prefix(DuplicateFinder.ahead) { table.prepare(identity.hash) }
    for place in identities.indices {
      let next = place + DuplicateFinder.ahead
      if next < identities.count { table.prepare(identities[next].hash) }
      let identity = identities[place]
      let ordinal = before + identity.record
      if let known = try table.put(identity.hash, ordinal: ordinal, replaces: keepsLast) {
        index.mark(keepsLast ? known : ordinal)
      }
    }
  }
}
