import Fingerprint
import SystemCalls

/// Reads one input from its first byte to its last, in blocks of any size.
///
/// A regular file is read with `pread`, so that it can be read a second time; standard input and
/// pipes with `read`. Used by one thread at a time.
package final class InputReader {
  /// The path as the user gave it; `-` for standard input.
  package let path: String
  private let descriptor: Int32
  private let opened: SystemCalls.FileStatus
  private let isSeekable: Bool
  private let ownsDescriptor: Bool
  private var offset: UInt64 = 0
  /// Bytes that have been looked at and not yet read.
  private var peeked: [UInt8] = []
  private var fingerprint = ContentFingerprint()
  private var sha256: SHA256?

  /// What the bytes were, once all of them have been read.
  package struct Identity: Hashable, Sendable {
    package let bytes: UInt64
    package let fingerprint: String
    /// Only where it was asked for: it costs more than all the rest of a run.
    package let sha256: String?
  }

  /// - Throws: ``IngestError`` where nothing readable is at the path.
  package init(path: String, hashesWhole: Bool = false) throws(IngestError) {
    self.path = path
    sha256 = hashesWhole ? SHA256() : nil
    ownsDescriptor = path != "-"
    do {
      descriptor = path == "-" ? 0 : try SystemCalls.openForReading(path)
      opened = try SystemCalls.status(descriptor, path: path)
    } catch {
      throw .cannotOpen(error)
    }
    isSeekable = opened.kind == .regular
    if opened.kind == .directory { throw .isDirectory(path: path) }
    if opened.kind == .device && path != "-" { throw .isDevice(path: path) }
  }

  /// Reads a file that is already open, for its whole length; used for spooled standard input.
  package init(path: String, descriptor: Int32, hashesWhole: Bool) throws(IngestError) {
    self.path = path
    sha256 = hashesWhole ? SHA256() : nil
    self.descriptor = descriptor
    ownsDescriptor = false
    do {
      opened = try SystemCalls.status(descriptor, path: path)
    } catch {
      throw .cannotOpen(error)
    }
    isSeekable = opened.kind == .regular
  }

  deinit {
    if ownsDescriptor { try? SystemCalls.closeFile(descriptor, path: path) }
  }

  /// Bytes to expect, where the system knows.
  package var expectedBytes: UInt64? { isSeekable ? UInt64(max(0, opened.bytes)) : nil }
  package var bytesRead: UInt64 { offset - UInt64(peeked.count) }
  package var canBeReadAgain: Bool { isSeekable }

  /// Fills `buffer` as far as the input goes; fewer bytes than asked for means its end.
  package func read(into buffer: UnsafeMutableRawBufferPointer) throws(IngestError) -> Int {
    let count = min(peeked.count, buffer.count)
    buffer.copyBytes(from: peeked[..<count])
    peeked.removeFirst(count)
    return count + (try fill(UnsafeMutableRawBufferPointer(rebasing: buffer[count...])))
  }

  /// The first bytes, without taking them: the next read begins with them.
  ///
  /// - Returns: fewer than `count` only where the input has no more.
  package func peek(_ count: Int) throws(IngestError) -> [UInt8] {
    let wanted = count - peeked.count
    if wanted > 0 {
      var failure: IngestError?
      peeked += [UInt8](unsafeUninitializedCapacity: wanted) { buffer, filled in
        do throws(IngestError) {
          filled = try fill(UnsafeMutableRawBufferPointer(buffer))
        } catch {
          failure = error
        }
      }
      if let failure { throw failure }
    }
    return Array(peeked.prefix(count))
  }

  private func fill(_ buffer: UnsafeMutableRawBufferPointer) throws(IngestError) -> Int {
    var filled = 0
    while filled < buffer.count {
      let rest = UnsafeMutableRawBufferPointer(rebasing: buffer[filled...])
      let count = try readOnce(into: rest)
      if count == 0 { break }
      let block = UnsafeRawBufferPointer(rebasing: rest[..<count])
      fingerprint.update(block)
      sha256?.update(block)
      offset += UInt64(count)
      filled += count
    }
    return filled
  }

  private func readOnce(into buffer: UnsafeMutableRawBufferPointer) throws(IngestError) -> Int {
    do {
      return isSeekable
        ? try SystemCalls.read(descriptor, into: buffer, at: Int64(offset), path: path)
        : try SystemCalls.read(descriptor, into: buffer, path: path)
    } catch {
      throw .cannotRead(error, byteOffset: offset)
    }
  }

  /// Checks that the file is the one that was opened, and says what its bytes were.
  package func finish() throws(IngestError) -> Identity {
    if isSeekable {
      let now: SystemCalls.FileStatus
      do {
        now = try SystemCalls.status(descriptor, path: path)
      } catch {
        throw .cannotRead(error, byteOffset: offset)
      }
      if now != opened || offset != UInt64(now.bytes) { throw .changedWhileReading(path: path) }
    }
    return Identity(
      bytes: offset, fingerprint: fingerprint.hexadecimal(), sha256: sha256?.hexadecimal())
  }
}
