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
  package func value(for key: UnsafeBufferPointer<UInt8>) -> Int32? {
    value(of: Key(key, seed: seed))
  }

  /// The same for a field of a batch, behind which ``RecordFields/padding`` bytes can be read.
  @inline(__always)
  func value(forField key: UnsafeBufferPointer<UInt8>) -> Int32? {
    value(of: Key(field: key, seed: seed))
  }

  @inline(__always)
  private func value(of key: Key) -> Int32? {
    let (entries, mask) = (table.pointee.entries, table.pointee.mask)
    var place = Int(truncatingIfNeeded: key.hash) & mask
    while entries[place].length != 0 {
      if entries[place].head == key.head, entries[place].tail == key.tail,
        entries[place].length == key.length, key.isShort || matches(entries[place], key)
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

  /// Compares what does not lie in the entry.
  private func matches(_ entry: Entry, _ key: Key) -> Bool {
    let known = arena + Int(entry.start)
    for offset in 16..<Int(key.length &- 1) where known[offset] != key.bytes[offset] {
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

/// A byte string with what is needed to find it: its first sixteen bytes as two words, filled up
/// with zeros, and a hash of all of it.
private struct Key {
  let bytes: UnsafePointer<UInt8>
  let head: UInt64
  let tail: UInt64
  let length: UInt32
  let hash: UInt64

  @inline(__always)
  var isShort: Bool { length <= 17 }

  init(_ key: UnsafeBufferPointer<UInt8>, seed: UInt64) {
    var (head, tail): (UInt64, UInt64) = (0, 0)
    for (place, byte) in key.prefix(16).enumerated() {
      let bits = UInt64(byte) << UInt64(8 * (place % 8))
      if place < 8 { head |= bits } else { tail |= bits }
    }
    self.init(key, head, tail, seed)
  }

  /// Without a branch on the length, which is different every time.
  @inline(__always)
  init(field key: UnsafeBufferPointer<UInt8>, seed: UInt64) {
    let raw = UnsafeRawPointer(key.baseAddress ?? UnsafePointer(emptyKey))
    let head = UInt64(littleEndian: raw.loadUnaligned(as: UInt64.self))
    let tail = UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
    self.init(key, head & Key.mask(key.count), tail & Key.mask(key.count &- 8), seed)
  }

  /// All ones in the first bytes of a word.
  @inline(__always)
  private static func mask(_ bytes: Int) -> UInt64 {
    if bytes <= 0 { return 0 }
    return UInt64.max &>> UInt64(truncatingIfNeeded: 64 &- 8 &* min(8, bytes))
  }

  @inline(__always)
  private init(_ key: UnsafeBufferPointer<UInt8>, _ head: UInt64, _ tail: UInt64, _ seed: UInt64) {
    bytes = key.baseAddress ?? UnsafePointer(emptyKey)
    (self.head, self.tail) = (head, tail)
    length = UInt32(truncatingIfNeeded: key.count &+ 1)
    var hash = mixed(head ^ seed, tail ^ UInt64(truncatingIfNeeded: key.count))
    if key.count > 16 { hash = Key.rest(bytes, key.count, hash) }
    self.hash = hash
  }

  /// Takes in what lies behind the first sixteen bytes.
  private static func rest(
    _ bytes: UnsafePointer<UInt8>, _ count: Int, _ start: UInt64
  ) -> UInt64 {
    let raw = UnsafeRawPointer(bytes)
    var hash = start
    var offset = 16
    while offset &+ 8 < count {
      hash = mixed(hash, raw.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
      offset &+= 8
    }
    // The last eight bytes, which may have been seen before.
    return mixed(hash, raw.loadUnaligned(fromByteOffset: count &- 8, as: UInt64.self))
  }
}

/// One random number per process: nobody who writes the input can know it.
private let processSeed = UInt64.random(in: .min ... .max)

/// What an empty key points to.
nonisolated(unsafe) private let emptyKey: UnsafeMutablePointer<UInt8> = {
  let bytes = UnsafeMutablePointer<UInt8>.allocate(capacity: 16)
  bytes.initialize(repeating: 0, count: 16)
  return bytes
}()

/// Folded 128-bit multiplication, as wyhash does it.
@inline(__always)
private func mixed(_ first: UInt64, _ second: UInt64) -> UInt64 {
  let product = (first ^ 0x9E37_79B9_7F4A_7C15)
    .multipliedFullWidth(by: second ^ 0xE703_7ED1_A0B4_28DB)
  return product.high ^ product.low
}
