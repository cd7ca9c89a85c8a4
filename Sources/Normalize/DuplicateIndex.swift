import CLibxxhash
import Ingest
import SurveyMapping

/// Which records lose to another record of the same respondent: one bit per record.
package struct DuplicateIndex: Sendable {
  /// Per input, bit `record - 1`.
  fileprivate var losers: [[UInt64]] = []

  /// - Parameter record: 1-based, as in ``RecordPosition``.
  package func isLoser(input: Int, record: UInt64) -> Bool {
    guard losers.indices.contains(input) else { return false }
    let word = Int((record - 1) / 64)
    return word < losers[input].count && losers[input][word] >> ((record - 1) % 64) & 1 == 1
  }

  fileprivate mutating func mark(input: Int, record: UInt64) {
    while losers.count <= input { losers.append([]) }
    let word = Int((record - 1) / 64)
    while losers[input].count <= word { losers[input].append(0) }
    losers[input][word] |= 1 << ((record - 1) % 64)
  }
}

/// A respondent's id, as a keyed 128-bit hash, and the record it stands in.
///
/// Two ids in a billion billion responses share a hash with a probability below one in a hundred;
/// the key is the process's own, so no input can be written to collide.
package struct RespondentIdentity: Sendable {
  fileprivate let hash: UInt128
  package let record: UInt64

  fileprivate init(id: UnsafeBufferPointer<UInt8>, record: UInt64) {
    let value = XXH3_128bits_withSeed(id.baseAddress, id.count, identitySeed)
    hash = UInt128(value.high64) << 64 | UInt128(value.low64)
    self.record = record
  }
}

private let identitySeed = UInt64.random(in: .min ... .max)

/// Reads the identities of a chunk's records: those that are kept and have a good weight, as the
/// order of the tests has it. Belongs to one worker.
package final class IdentityReader {
  private let gate: RecordGate

  package init(plan: NormalizationPlan) { gate = RecordGate(plan: plan) }

  package func identities(_ records: RecordBatch) -> [RespondentIdentity] {
    (0..<records.count).compactMap { record in
      guard case .admitted = gate.verdict(records, record), let id = gate.id(records, record)
      else { return nil }
      return RespondentIdentity(id: id, record: records.number(of: record))
    }
  }

  /// The record's id, trimmed, whatever becomes of the record; nil when there is none.
  package func id(_ records: RecordBatch, _ record: Int) -> UnsafeBufferPointer<UInt8>? {
    gate.id(records, record)
  }
}

/// Collects the identities of all records, in input order, and finds the winners.
///
/// Keeps one entry per distinct id: a 16-byte hash and where its winner stands.
package struct DuplicateFinder {
  private let keepsLast: Bool
  private var winners: [UInt128: Place] = [:]
  private var index = DuplicateIndex()

  private struct Place {
    let input: Int32
    let record: UInt64
  }

  package init(policy: Respondent.Duplicates) { keepsLast = policy == .last }

  /// Takes in one chunk's identities; chunks come in input order.
  package mutating func add(_ identities: [RespondentIdentity], input: Int) {
    for identity in identities {
      let place = Place(input: Int32(input), record: identity.record)
      guard let winner = winners[identity.hash] else {
        winners[identity.hash] = place
        continue
      }
      if keepsLast {
        index.mark(input: Int(winner.input), record: winner.record)
        winners[identity.hash] = place
      } else {
        index.mark(input: input, record: identity.record)
      }
    }
  }

  package consuming func finish() -> DuplicateIndex { index }
}
