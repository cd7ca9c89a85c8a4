import CSeparators

/// The memory a chunk works in: its text, and where the separators in it stand. Used by one thread
/// at a time, and again for every chunk.
///
/// Behind the text there is as much room again: fields that are not simply part of the text, because
/// quotes in them are doubled or libcsv copied them, are put there, so that every field is a range
/// of one memory. What is never touched costs nothing.
final class ChunkMemory {
  /// Vector loads look past the end of what they need.
  static let padding = RecordFields.padding

  private(set) var text: UnsafeMutablePointer<UInt8>
  private(set) var count = 0
  private var capacity: Int
  /// One bit a byte of the text: whether it is a separator.
  private(set) var separators: UnsafeMutablePointer<UInt64>
  /// Positions: of the separators that end records, and, of a regular chunk's records, of the first
  /// bytes.
  private(set) var recordEnds: UnsafeMutablePointer<UInt32>
  private(set) var recordStarts: UnsafeMutablePointer<UInt32>
  /// Where the next copied field goes.
  private(set) var copied = 0

  init() {
    capacity = 0
    text = ChunkMemory.allocateText(ChunkMemory.padding)
    separators = .allocate(capacity: 1)
    recordEnds = .allocate(capacity: 1)
    recordStarts = .allocate(capacity: 1)
  }

  deinit { deallocate() }

  /// At a multiple of 64: the kernel copies file pages four times as slowly to other addresses.
  private static func allocateText(_ bytes: Int) -> UnsafeMutablePointer<UInt8> {
    UnsafeMutableRawPointer.allocate(byteCount: bytes, alignment: 64)
      .bindMemory(to: UInt8.self, capacity: bytes)
  }

  private func deallocate() {
    // As it was allocated: with an alignment of its own.
    UnsafeMutableRawPointer(text).deallocate()
    separators.deallocate()
    recordEnds.deallocate()
    recordStarts.deallocate()
  }

  var bytes: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(start: text, count: count) }

  func clear() { count = 0 }

  /// Room for `more` bytes behind the text, to be filled and then taken with ``take(_:)``.
  func room(for more: Int) -> UnsafeMutableRawBufferPointer {
    if count + more > capacity { grow(to: max(count + more, 2 * capacity)) }
    return UnsafeMutableRawBufferPointer(start: text + count, count: more)
  }

  func take(_ more: Int) { count += more }

  private func grow(to wanted: Int) {
    let larger = ChunkMemory.allocateText(2 * wanted + ChunkMemory.padding)
    larger.update(from: text, count: count)
    let found = UnsafeMutablePointer<UInt64>.allocate(capacity: wanted / 64 + 2)
    if capacity > 0 { found.update(from: separators, count: capacity / 64 + 2) }
    let ends = UnsafeMutablePointer<UInt32>.allocate(capacity: wanted + 16)
    if capacity > 0 { ends.update(from: recordEnds, count: capacity + 16) }
    deallocate()
    (text, separators, recordEnds) = (larger, found, ends)
    recordStarts = .allocate(capacity: wanted + 16)
    capacity = wanted
  }

  /// Ends the text's last field, which nothing follows.
  func addSeparator(at position: Int) {
    let (word, bit) = (position / 64, UInt64(1) << UInt64(position % 64))
    separators[word] = position % 64 == 0 ? bit : separators[word] | bit
  }

  /// Behind the last separator before a position, or `start` where there is none behind that.
  func fieldStart(before position: Int, from start: Int) -> Int {
    var place = position
    while place > start, separators[(place - 1) / 64] >> UInt64((place - 1) % 64) & 1 == 0 {
      place -= 1
    }
    return place
  }

  /// Forgets the copied fields.
  func clearCopies() { copied = count }

  /// Forgets the copied fields from a place on.
  func dropCopies(from place: Int) { copied = place }

  /// Room for copying a field; fields of one chunk together are never longer than its text.
  func roomForCopy(of bytes: Int) -> UnsafeMutablePointer<UInt8> {
    precondition(copied + bytes <= 2 * capacity, "the fields of a chunk are part of its text")
    return text + copied
  }

  func takeCopy(_ bytes: Int) { copied += bytes }
}
