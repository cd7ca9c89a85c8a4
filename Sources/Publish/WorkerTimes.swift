import SystemCalls

/// Where one worker's time went, and how much it got done.
package struct WorkerTimes: Sendable {
  /// What a worker does with a chunk, in order.
  package enum Stage: Int, CaseIterable, Sendable {
    /// Bytes from the system, decompressed and transcoded, with their fingerprint.
    case read
    /// Finding records.
    case scan
    /// Waiting for the chunk before to say where this one begins.
    case wait
    /// Cutting records into fields.
    case cut
    case normalize
    case score
    case aggregate
    /// Formatting records of respondents.csv and rejects.csv.
    case format
    /// Handing results on in order; includes writing them, and waiting for other workers' turns.
    case deliver

    package var name: String { String(describing: self) }
  }

  package private(set) var nanoseconds = [UInt64](repeating: 0, count: Stage.allCases.count)
  package var chunks: UInt64 = 0
  /// Chunks that were not proved regular, and so went through libcsv.
  package var chunksByLibcsv: UInt64 = 0
  package var records: UInt64 = 0
  package var bytes: UInt64 = 0
  private var last: UInt64

  /// Starts the clock.
  package init() { last = SystemCalls.monotonicNanoseconds() }

  /// Counts everything since the last mark for a stage.
  package mutating func mark(_ stage: Stage) {
    let now = SystemCalls.monotonicNanoseconds()
    nanoseconds[stage.rawValue] += now - last
    last = now
  }

  /// Counts time that somebody else measured, which a later ``mark(_:)`` must not count again.
  package mutating func count(_ nanoseconds: UInt64, for stage: Stage) {
    self.nanoseconds[stage.rawValue] += nanoseconds
    last = min(last + nanoseconds, SystemCalls.monotonicNanoseconds())
  }

  /// Of all stages.
  package var total: UInt64 { nanoseconds.reduce(0, +) }
}
