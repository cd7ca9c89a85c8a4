import Dispatch
import Ingest
import Synchronization

/// Runs workers over the chunks of all inputs and hands their results on in input order.
///
/// Every worker is one thread: it takes a chunk, reads it, works on it, and delivers the result.
/// Taking and delivering are serialized, each by the one type that owns the state; the rest runs at
/// the same time. A bounded number of chunks is in flight, so memory does not depend on the input.
struct OrderedChunks {
  let queue: ChunkQueue
  let jobs: Int

  /// - Parameters:
  ///   - makeWorker: makes one worker's function from chunk to result.
  ///   - deliver: called with the results one at a time, in input order.
  /// - Throws: the error of the earliest chunk that failed.
  func run<Result: Sendable>(
    makeWorker: @Sendable (_ worker: Int) -> (RecordChunk) throws(RunFailure) -> Result,
    deliver: @escaping @Sendable (Result) throws(RunFailure) -> Void
  ) throws(RunFailure) {
    let delivery = OrderedDelivery(window: 2 * jobs + 2, deliver: deliver)
    // Each iteration is one thread of its own, this one included.
    DispatchQueue.concurrentPerform(iterations: jobs) { worker in
      let work = makeWorker(worker)
      let chunk = RecordChunk()
      while delivery.waitForRoom() {
        switch queue.next() {
        case .chunk(let taken):
          delivery.put(taken.ordinal) { () throws(RunFailure) in
            try queue.read(taken, into: chunk)
            return try work(chunk)
          }
        case .end: return delivery.leave()
        case .failed(let failure, let ordinal): delivery.fail(failure, at: ordinal)
        }
      }
    }
    if let failure = delivery.failure { throw failure }
  }
}

/// Serializes the delivery of results, in the order of their chunks.
private final class OrderedDelivery<Result: Sendable>: Sendable {
  private let state: Mutex<State>
  private let room: DispatchSemaphore
  private let deliver: @Sendable (Result) throws(RunFailure) -> Void

  private struct State {
    var next = 0
    var waiting: [Int: Result] = [:]
    var failure: (ordinal: Int, reason: RunFailure)?
  }

  init(window: Int, deliver: @escaping @Sendable (Result) throws(RunFailure) -> Void) {
    state = Mutex(State())
    // Raised from 0: libdispatch traps where a semaphore ends below the value it began with, and
    // after a failure chunks stay undelivered.
    room = DispatchSemaphore(value: 0)
    for _ in 0..<window { room.signal() }
    self.deliver = deliver
  }

  var failure: RunFailure? { state.withLock { $0.failure?.reason } }

  /// Waits until one more chunk may be in flight; false once something has failed.
  func waitForRoom() -> Bool {
    room.wait()
    let isOver = state.withLock { $0.failure != nil }
    if isOver { room.signal() }
    return !isOver
  }

  /// The worker took no chunk.
  func leave() { room.signal() }

  func put(_ ordinal: Int, _ work: () throws(RunFailure) -> Result) {
    do throws(RunFailure) {
      let result = try work()
      hand(result, at: ordinal)
    } catch {
      fail(error, at: ordinal)
    }
  }

  /// Of several failures the earliest in the input is kept, so that the message does not depend on
  /// which thread was faster.
  func fail(_ reason: RunFailure, at ordinal: Int) {
    state.withLock { state in
      if let earlier = state.failure, earlier.ordinal <= ordinal { return }
      state.failure = (ordinal, reason)
    }
    room.signal()
  }

  private func hand(_ result: Result, at ordinal: Int) {
    state.withLock { state in
      state.waiting[ordinal] = result
      while state.failure == nil, let ready = state.waiting.removeValue(forKey: state.next) {
        do throws(RunFailure) {
          try deliver(ready)
          state.next += 1
          room.signal()
        } catch {
          state.failure = (state.next, error)
          room.signal()
        }
      }
    }
  }
}
