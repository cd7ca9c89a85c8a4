import Dispatch
import Synchronization

/// Where reading stands in one input: what each chunk hands to the next.
struct ReadingPlace: Hashable, Sendable {
  /// Position in the text, and of the raw byte it stands for.
  var offset: UInt64
  var rawOffset: UInt64
  /// 1-based physical line.
  var line: UInt64 = 1
  /// Records before this place, without header records.
  var records: UInt64 = 0
  /// A refused record's line end has not been found yet: everything up to it is skipped.
  var isSkippingLine = false

  init(offset: UInt64, rawOffset: UInt64) {
    self.offset = offset
    self.rawOffset = rawOffset
  }
}

/// Hands the place where reading stands from each chunk to the next, in order.
///
/// Whoever works on a chunk waits here for the one before; since chunks are taken in order and
/// scanned before anything else, that is never long.
final class ReadingRelay: Sendable {
  private let state: Mutex<State>

  private struct State {
    var turn = 0
    var place: ReadingPlace
    var isBroken = false
    var waiting: [Int: DispatchSemaphore] = [:]
  }

  init(start: ReadingPlace) { state = Mutex(State(place: start)) }

  /// The place, where it is this chunk's turn already.
  func place(ifTurn turn: Int) -> ReadingPlace? {
    state.withLock { $0.turn == turn && !$0.isBroken ? $0.place : nil }
  }

  /// Waits for a chunk's turn.
  ///
  /// - Returns: nil when reading has failed in an earlier chunk.
  func place(at turn: Int) -> ReadingPlace? {
    let semaphore: DispatchSemaphore? = state.withLock { state in
      if state.turn == turn || state.isBroken { return nil }
      let semaphore = DispatchSemaphore(value: 0)
      state.waiting[turn] = semaphore
      return semaphore
    }
    semaphore?.wait()
    return state.withLock { $0.isBroken ? nil : $0.place }
  }

  /// Ends a chunk's turn.
  func pass(_ place: ReadingPlace) {
    let next = state.withLock { state in
      state.place = place
      state.turn += 1
      return state.waiting.removeValue(forKey: state.turn)
    }
    next?.signal()
  }

  /// Ends everybody's turn: reading has failed.
  func fail() {
    let waiting = state.withLock { state in
      state.isBroken = true
      defer { state.waiting = [:] }
      return state.waiting
    }
    for semaphore in waiting.values { semaphore.signal() }
  }

  /// Where reading stands now.
  var place: ReadingPlace { state.withLock { $0.place } }

  /// Sets the first chunk's place. Call before any chunk is taken.
  func start(at place: ReadingPlace) { state.withLock { $0.place = place } }
}
