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
    var irregularities: [RecordChunk.Irregularities]
  }

  init(
    inputs: InputList, queue: ChunkQueue, progress: @escaping @Sendable (RunProgress) -> Void
  ) {
    self.inputs = inputs
    self.queue = queue
    self.progress = progress
    expectedBytes = inputs.expectedBytes
    state = Mutex(
      State(irregularities: Array(repeating: .init(), count: inputs.items.count)))
  }

  func add(_ result: ChunkResult) {
    let now = state.withLock { state in
      state.bytes += result.rawBytes
      state.records += result.records
      state.irregularities[result.input].merge(result.irregularities)
      return RunProgress(
        bytes: state.bytes, expectedBytes: expectedBytes, records: state.records)
    }
    progress(now)
  }

  /// Call when all inputs have been read.
  func reports(tally: Tally) -> [RunReport.Input] {
    let irregularities = state.withLock { $0.irregularities }
    let (headers, detections) = (queue.headers, queue.detections)
    return queue.finished.enumerated().map { index, finished in
      RunReport.Input(
        path: inputs.items[index].path, source: inputs.sources[index], bytes: finished.bytes,
        fingerprint: finished.fingerprint, sha256: finished.sha256,
        dialect: detections[index].dialect,
        detection: detections[index].rule,
        columns: headers[index].width, accounting: tally.accounting[index],
        irregularities: irregularities[index])
    }
  }
}
