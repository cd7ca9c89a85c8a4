import Aggregate
import Ingest

/// The books of one input: every byte, record and reject that its chunks hand over, in input order.
///
/// At the end they must balance with what the reader found and with the fates that were counted,
/// each of which is counted elsewhere.
struct InputLedger {
  private(set) var irregularities = RecordChunk.Irregularities()
  private var start: UInt64?
  private var end: UInt64 = 0
  private var records: UInt64 = 0
  private var rejects: UInt64 = 0
  private var gap: Imbalance?

  /// Takes in what the next chunk handed over.
  mutating func add(_ entry: Entry) {
    if start == nil {
      start = entry.start
    } else if gap == nil, entry.start != end {
      gap = .gap(begin: entry.start, expected: end)
    }
    end = entry.start + entry.bytes
    records += entry.records
    rejects += entry.rejects
    irregularities.merge(entry.irregularities)
  }

  /// What a chunk hands over.
  struct Entry: Sendable {
    /// Where its first record begins, in raw bytes, and how many it stands for.
    var start: UInt64
    var bytes: UInt64
    /// With the rejects.
    var records: UInt64
    var rejects: UInt64
    var irregularities = RecordChunk.Irregularities()
  }

  /// What the reader says of the whole input.
  struct Found: Sendable {
    let identity: InputReader.Identity
    let headerBytes: UInt64
    let records: UInt64
  }

  /// - Parameter found: nil where the input's end was never reached.
  /// - Returns: what does not add up; nil where everything does.
  func imbalance(_ found: Found?, _ accounting: Accounting) -> Imbalance? {
    if let gap { return gap }
    guard let found else { return .unfinished }
    let begin = start ?? found.headerBytes
    if begin != found.headerBytes { return .gap(begin: begin, expected: found.headerBytes) }
    let end = start == nil ? begin : end
    if end != found.identity.bytes { return .bytes(accounted: end, of: found.identity.bytes) }
    if records != found.records { return .records(handedOver: records, found: found.records) }
    if accounting.read != records { return .records(handedOver: accounting.read, found: records) }
    if !accounting.isBalanced {
      return .fates(told: accounting.withFate, read: accounting.read)
    }
    if accounting.rejected != rejects {
      return .rejects(written: rejects, counted: accounting.rejected)
    }
    return nil
  }
}

/// What does not add up in the books of an input: a bug of ours, whatever the input is.
package enum Imbalance: Hashable, Sendable {
  /// A chunk does not begin where the one before it, or the header, ended.
  case gap(begin: UInt64, expected: UInt64)
  /// Header, records, blank lines and what was skipped are not all bytes of the input.
  case bytes(accounted: UInt64, of: UInt64)
  case records(handedOver: UInt64, found: UInt64)
  /// Some records have no fate, or several.
  case fates(told: UInt64, read: UInt64)
  case rejects(written: UInt64, counted: UInt64)
  /// The input's end was never reached.
  case unfinished
}
