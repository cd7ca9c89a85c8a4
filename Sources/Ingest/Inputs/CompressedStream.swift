import Dispatch
import Synchronization

/// Decompresses one member on a queue of its own, a few blocks ahead of whoever reads it.
///
/// Owns the queue, libarchive's state and the blocks in flight.
final class CompressedStream: Sendable {
  private static let blockBytes = 256 << 10
  private static let blocksAhead = 4

  private let queue = DispatchQueue(label: "stagecraft.decompress")
  // Raised from 0: libdispatch traps where a semaphore ends below the value it began with, and a
  // stream may be given up with blocks in flight.
  private let free = DispatchSemaphore(value: 0)
  private let ready = DispatchSemaphore(value: 0)
  private let state: Mutex<State>

  private struct State {
    var blocks: [[UInt8]] = []
    var failure: IngestError?
    var isAbandoned = false
  }

  /// libarchive's state moves to the queue and is touched there alone.
  private struct Moved: @unchecked Sendable {
    let reading: ArchiveReading
  }

  /// - Parameter reading: positioned at the member; not to be used by the caller any more.
  init(_ reading: ArchiveReading, limits: IngestLimits) {
    state = Mutex(State())
    for _ in 0..<CompressedStream.blocksAhead { free.signal() }
    let moved = Moved(reading: reading)
    queue.async { [self] in decompress(moved.reading, limits) }
  }

  /// Ends the decompression early.
  func abandon() {
    state.withLock { $0.isAbandoned = true }
    free.signal()
  }

  /// The next block; empty at the end, and ever after.
  ///
  /// - Throws: what decompression failed with, then and ever after: several threads take turns in
  ///   reading, and the next one may not know yet.
  func nextBlock() throws(IngestError) -> [UInt8] {
    ready.wait()
    let (block, failure) = state.withLock { state in
      (state.blocks.isEmpty ? nil : state.blocks.removeFirst(), state.failure)
    }
    if let block, !block.isEmpty {
      free.signal()
      return block
    }
    ready.signal()
    if let failure { throw failure }
    return []
  }

  private func decompress(_ reading: ArchiveReading, _ limits: IngestLimits) {
    var expanded: UInt64 = 0
    while true {
      free.wait()
      if state.withLock({ $0.isAbandoned }) { return }
      do throws(IngestError) {
        let block = try block(reading)
        expanded += UInt64(block.count)
        if limits.isExceeded(expanded: expanded, raw: reading.rawBytes) {
          throw .archive(path: reading.path, .expandsTooFar(limit: limits.expandedBytes))
        }
        state.withLock { $0.blocks.append(block) }
        ready.signal()
        if block.isEmpty { return }
      } catch {
        state.withLock { $0.failure = error }
        return _ = ready.signal()
      }
    }
  }

  private func block(_ reading: ArchiveReading) throws(IngestError) -> [UInt8] {
    var failure: ArchiveReading.Failure?
    let block = [UInt8](unsafeUninitializedCapacity: CompressedStream.blockBytes) {
      buffer, filled in
      do throws(ArchiveReading.Failure) {
        filled = try reading.read(into: UnsafeMutableRawBufferPointer(buffer))
      } catch {
        failure = error
      }
    }
    if let failure { throw IngestError(failure, path: reading.path) }
    return block
  }
}

extension IngestLimits {
  /// A text that shrinks two hundred times and is over a gigabyte was made to fill somebody's disk.
  package func isExceeded(expanded: UInt64, raw: UInt64) -> Bool {
    expanded > expandedBytes || (expanded > 1 << 30 && expanded / 200 > max(1, raw))
  }
}

extension IngestError {
  init(_ failure: ArchiveReading.Failure, path: String) {
    self =
      failure.systemCall.map { .cannotRead($0, byteOffset: 0) }
      ?? .archive(path: path, .cannotDecompress(reason: failure.reason))
  }
}
