/// Remembers a number for each distinct byte string, so that what a text means is worked out once.
///
/// Bounded: texts that people typed would make it grow without end, so it takes no more than
/// `entryLimit` strings and `byteLimit` bytes of them; what does not fit is worked out each time.
///
/// Open addressing with linear probing, at most half full. A string of up to 16 bytes lies in its
/// entry as two words, so that most look-ups touch one cache line. Expected O(length) per look-up;
/// the hash is seeded by the process, so no input can be made to collide on purpose. The numbers do
/// not depend on the seed. Belongs to one worker.
package final class ByteMemo {
  private static let entryLimit = 1 << 16
  private static let byteLimit = 4 << 20

  private struct Entry: BitwiseCopyable {
    var head: UInt64
    var tail: UInt64
    var hash: UInt32
    var value: Int32
    /// In `arena`, for strings of more than 16 bytes.
    var start: UInt32
    /// One more than the string's length; 0: the entry is free.
    var length: UInt32
  }

  /// Behind a pointer, which costs no look whether somebody else uses it at the same time.
  private struct Table {
    var entries: UnsafeMutablePointer<Entry>
    /// The number of entries is a power of two.
    var mask: Int
    var count = 0
    var bytes = 0
  }

  private let table: UnsafeMutablePointer<Table>
  private let seed = processSeed
  private var arena: UnsafeMutablePointer<UInt8>
  private var arenaCapacity = 0

  /// An empty memo.
  package init() {
    table = .allocate(capacity: 1)
    table.initialize(to: Table(entries: ByteMemo.freeEntries(16), mask: 15))
    arena = .allocate(capacity: 1)
  }

  deinit {
    table.pointee.entries.deallocate()
    table.deallocate()
    arena.deallocate()
  }

  private static func freeEntries(_ count: Int) -> UnsafeMutablePointer<Entry> {
    let entries = UnsafeMutablePointer<Entry>.allocate(capacity: count)
    entries.initialize(
      repeating: Entry(head: 0, tail: 0, hash: 0, value: 0, start: 0, length: 0), count: count)
    return entries
  }

  /// The number remembered for these bytes.
  @inline(__always)
  package func value(for key: UnsafeBufferPointer<UInt8>) -> Int32? {
    let key = Key(key, seed: seed)
    let (entries, mask) = (table.pointee.entries, table.pointee.mask)
    var place = Int(truncatingIfNeeded: key.hash) & mask
    while entries[place].length != 0 {
      if entries[place].length == key.length, entries[place].head == key.head,
        entries[place].tail == key.tail, key.isShort || matches(entries[place], key)
      {
        return entries[place].value
      }
      place = (place &+ 1) & mask
    }
    return nil
  }

  func hasRoom(for key: UnsafeBufferPointer<UInt8>) -> Bool {
    table.pointee.count < ByteMemo.entryLimit
      && table.pointee.bytes + key.count <= ByteMemo.byteLimit
  }

  /// Remembers `value` unless the memo is full.
  ///
  /// - Precondition: `key` is not in the memo.
  package func remember(_ value: Int32, for bytes: UnsafeBufferPointer<UInt8>) {
    guard hasRoom(for: bytes) else { return }
    if 2 * (table.pointee.count + 1) > table.pointee.mask + 1 { grow() }
    let key = Key(bytes, seed: seed)
    let start = table.pointee.bytes
    if !key.isShort { keep(bytes, at: start) }
    place(
      Entry(
        head: key.head, tail: key.tail, hash: UInt32(truncatingIfNeeded: key.hash), value: value,
        start: UInt32(start), length: key.length))
    table.pointee.count += 1
    table.pointee.bytes += bytes.count
  }

  private func matches(_ entry: Entry, _ key: Key) -> Bool {
    let known = arena + Int(entry.start)
    for offset in 0..<Int(key.length &- 1) where known[offset] != key.bytes[offset] {
      return false
    }
    return true
  }

  private func keep(_ bytes: UnsafeBufferPointer<UInt8>, at start: Int) {
    if start + bytes.count > arenaCapacity {
      let capacity = max(2 * arenaCapacity, start + bytes.count)
      let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity)
      larger.update(from: arena, count: min(start, arenaCapacity))
      arena.deallocate()
      (arena, arenaCapacity) = (larger, capacity)
    }
    for (offset, byte) in bytes.enumerated() { arena[start + offset] = byte }
  }

  private func grow() {
    let (old, size) = (table.pointee.entries, table.pointee.mask + 1)
    table.pointee.entries = ByteMemo.freeEntries(2 * size)
    table.pointee.mask = 2 * size - 1
    for number in 0..<size where old[number].length != 0 { place(old[number]) }
    old.deallocate()
  }

  private func place(_ entry: Entry) {
    let mask = table.pointee.mask
    var place = Int(entry.hash) & mask
    while table.pointee.entries[place].length != 0 { place = (place + 1) & mask }
    table.pointee.entries[place] = entry
  }
}

/// A byte string with what is needed to find it: its first and last eight bytes, which overlap in
/// short strings, and a hash of all of it.
private struct Key {
  let bytes: UnsafePointer<UInt8>
  let head: UInt64
  let tail: UInt64
  let length: UInt32
  let hash: UInt64

  @inline(__always)
  var isShort: Bool { length <= 17 }

  @inline(__always)
  init(_ key: UnsafeBufferPointer<UInt8>, seed: UInt64) {
    let count = key.count
    length = UInt32(truncatingIfNeeded: count &+ 1)
    guard let base = key.baseAddress, count > 0 else {
      bytes = UnsafePointer(emptyKey)
      (head, tail, hash) = (0, 0, mixed(seed, 0))
      return
    }
    bytes = base
    let raw = UnsafeRawPointer(base)
    if count >= 8 {
      head = raw.loadUnaligned(as: UInt64.self)
      tail = raw.loadUnaligned(fromByteOffset: count &- 8, as: UInt64.self)
    } else if count >= 4 {
      head = UInt64(raw.loadUnaligned(as: UInt32.self))
      tail = UInt64(raw.loadUnaligned(fromByteOffset: count &- 4, as: UInt32.self))
    } else {
      head = UInt64(base[0]) | UInt64(base[count / 2]) << 8 | UInt64(base[count &- 1]) << 16
      tail = 0
    }
    var hash = mixed(head ^ seed, tail ^ UInt64(truncatingIfNeeded: count))
    if count > 16 { hash = Key.middle(raw, count, hash) }
    self.hash = hash
  }

  /// Takes in what lies between the first and the last eight bytes.
  private static func middle(_ raw: UnsafeRawPointer, _ count: Int, _ start: UInt64) -> UInt64 {
    var hash = start
    var offset = 8
    while offset &+ 8 < count {
      hash = mixed(hash, raw.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
      offset &+= 8
    }
    return hash
  }
}

/// One random number per process: nobody who writes the input can know it.
private let processSeed = UInt64.random(in: .min ... .max)

/// What an empty key points to.
nonisolated(unsafe) private let emptyKey = UnsafeMutablePointer<UInt8>.allocate(capacity: 1)

/// Folded 128-bit multiplication, as wyhash does it.
@inline(__always)
private func mixed(_ first: UInt64, _ second: UInt64) -> UInt64 {
  let product = (first ^ 0x9E37_79B9_7F4A_7C15)
    .multipliedFullWidth(by: second ^ 0xE703_7ED1_A0B4_28DB)
  return product.high ^ product.low
}
