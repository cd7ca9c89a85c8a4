import Aggregate
import Ingest
import Publish
import Synchronization

/// How far a run is.
package struct RunProgress: Hashable, Sendable {
  package let bytes: UInt64
  /// Nil where the system does not know beforehand, as with standard input.
  package let expectedBytes: UInt64?
  package let records: UInt64
}

/// Serializes what is learned of the inputs while they are read.
final class ReadInputs: Sendable {
  private let inputs: InputList
  private let queue: ChunkQueue
  private let expectedBytes: UInt64?
  private let progress: @Sendable (RunProgress) -> Void
  private let state: Mutex<State>

  private struct State {
    var bytes: UInt64 = 0
    var records: UInt64 = 0
    var ledgers: [InputLedger]
  }

  init(
    inputs: InputList, queue: ChunkQueue, progress: @escaping @Sendable (RunProgress) -> Void
  ) {
    self.inputs = inputs
    self.queue = queue
    self.progress = progress
    expectedBytes = inputs.expectedBytes
    state = Mutex(State(ledgers: Array(repeating: InputLedger(), count: inputs.items.count)))
  }

  func add(_ result: ChunkResult) {
    let now = state.withLock { state in
      state.bytes += result.entry.bytes
      state.records += result.entry.records
      state.ledgers[result.input].add(result.entry)
      return RunProgress(
        bytes: state.bytes, expectedBytes: expectedBytes, records: state.records)
    }
    progress(now)
  }

  /// Checks the books of every input. Call when all inputs have been read.
  ///
  /// - Throws: ``RunFailure`` where they do not balance.
  func verify(_ tally: Tally) throws(RunFailure) {
    let ledgers = state.withLock { $0.ledgers }
    let found = queue.finished
    for (input, ledger) in ledgers.enumerated() {
      if let imbalance = ledger.imbalance(found[input], tally.accounting[input]) {
        throw .unbalanced(source: inputs.sources[input], imbalance)
      }
    }
  }

  /// Call when all inputs have been read.
  func reports(tally: Tally) -> [RunReport.Input] {
    let ledgers = state.withLock { $0.ledgers }
    let (headers, detections, found) = (queue.headers, queue.detections, queue.finished)
    return ledgers.indices.compactMap { index in
      guard let finished = found[index]?.identity else { return nil }
      return RunReport.Input(
        path: inputs.items[index].path, source: inputs.sources[index], bytes: finished.bytes,
        fingerprint: finished.fingerprint, sha256: finished.sha256,
        dialect: detections[index].dialect,
        detection: detections[index].rule,
        columns: headers[index].width, accounting: tally.accounting[index],
        irregularities: ledgers[index].irregularities)
    }
  }
}
