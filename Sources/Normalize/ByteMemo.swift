import CSeparators

/// Remembers a number for each distinct byte string, so that what a text means is worked out once.
///
/// Bounded: texts that people typed would make it grow without end, so it takes no more than
/// `entryLimit` strings and `byteLimit` bytes of them; what does not fit is worked out each time.
///
/// Open addressing with linear probing. A string of up to 32 bytes lies in its entry as four words,
/// and looking it up takes no branch on its length: what a processor cannot foresee costs it more
/// than the look-up itself. For the same reason a small table is kept seven eighths free. Expected
/// O(length) per look-up; the hash is seeded by the process, so no input can be made to collide on
/// purpose. The numbers do not depend on the seed. Belongs to one worker.
package final class ByteMemo {
  private static let entryLimit = 1 << 14
  private static let byteLimit = 1 << 20
  /// Up to here a table is grown when an eighth of it is taken, later when a half is.
  private static let roomyEntries = 1 << 10

  fileprivate struct Entry: BitwiseCopyable {
    var words: KeyWords
    var hash: UInt32
    var value: Int32
    /// In `arena`, for strings of more than 32 bytes.
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
  private let arena: UnsafeMutablePointer<UnsafeMutablePointer<UInt8>>
  private var arenaCapacity = 0

  /// An empty memo.
  package init() {
    table = .allocate(capacity: 1)
    table.initialize(to: Table(entries: ByteMemo.freeEntries(16), mask: 15))
    arena = .allocate(capacity: 1)
    arena.initialize(to: .allocate(capacity: 1))
  }

  deinit {
    table.pointee.entries.deallocate()
    table.deallocate()
    arena.pointee.deallocate()
    arena.deallocate()
  }

  private static func freeEntries(_ count: Int) -> UnsafeMutablePointer<Entry> {
    let entries = UnsafeMutablePointer<Entry>.allocate(capacity: count)
    entries.initialize(
      repeating: Entry(words: .zero, hash: 0, value: 0, start: 0, length: 0), count: count)
    return entries
  }

  /// The number remembered for these bytes.
  package func value(for key: UnsafeBufferPointer<UInt8>) -> Int32? {
    value(of: Key(key, seed: seed))
  }

  /// The same for a field of a batch, behind which ``RecordFields/padding`` bytes can be read.
  @inline(__always)
  func value(forField key: UnsafeBufferPointer<UInt8>) -> Int32? {
    look.value(forField: key)
  }

  @inline(__always)
  private func value(of key: Key) -> Int32? { look.value(of: key) }

  /// The memo as it is now, for loops that look up many keys: whenever something has been
  /// remembered, take another one.
  @inline(__always)
  var look: Look {
    Look(
      entries: table.pointee.entries, mask: table.pointee.mask, seed: seed,
      arena: UnsafePointer(arena.pointee))
  }

  /// See ``ByteMemo/look``.
  struct Look {
    fileprivate let entries: UnsafeMutablePointer<Entry>
    fileprivate let mask: Int
    fileprivate let seed: UInt64
    fileprivate let arena: UnsafePointer<UInt8>

    /// The number remembered for a field of a batch.
    @inline(__always)
    func value(forField key: UnsafeBufferPointer<UInt8>) -> Int32? {
      value(of: Key(field: key, seed: seed))
    }

    @inline(__always)
    fileprivate func value(of key: Key) -> Int32? {
      var place = Int(truncatingIfNeeded: key.hash) & mask
      while entries[place].length != 0 {
        let entry = entries + place
        if entry.pointee.words == key.words, entry.pointee.length == key.length,
          key.isShort || matches(entry, key)
        {
          return entry.pointee.value
        }
        place = (place &+ 1) & mask
      }
      return nil
    }

    /// Compares what does not lie in the entry.
    private func matches(_ entry: UnsafeMutablePointer<Entry>, _ key: Key) -> Bool {
      guard let bytes = key.bytes else { return true }
      let known = arena + Int(entry.pointee.start)
      for offset in KeyWords.bytes..<Int(key.length &- 1) where known[offset] != bytes[offset] {
        return false
      }
      return true
    }
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
    let room = table.pointee.count < ByteMemo.roomyEntries ? 8 : 2
    if room * (table.pointee.count + 1) > table.pointee.mask + 1 { grow() }
    let key = Key(bytes, seed: seed)
    let start = table.pointee.bytes
    if !key.isShort { keep(bytes, at: start) }
    place(
      Entry(
        words: key.words, hash: UInt32(truncatingIfNeeded: key.hash), value: value,
        start: UInt32(start), length: key.length))
    table.pointee.count += 1
    table.pointee.bytes += bytes.count
  }

  private func keep(_ bytes: UnsafeBufferPointer<UInt8>, at start: Int) {
    if start + bytes.count > arenaCapacity {
      let capacity = max(2 * arenaCapacity, start + bytes.count)
      let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity)
      larger.update(from: arena.pointee, count: min(start, arenaCapacity))
      arena.pointee.deallocate()
      (arena.pointee, arenaCapacity) = (larger, capacity)
    }
    for (offset, byte) in bytes.enumerated() { arena.pointee[start + offset] = byte }
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

/// The first bytes of a string as words.
private typealias KeyWords = first_bytes

extension first_bytes {
  fileprivate static var bytes: Int { 32 }
  fileprivate static var zero: first_bytes { first_bytes() }

  @inline(__always)
  fileprivate static func == (left: first_bytes, right: first_bytes) -> Bool {
    (left.first ^ right.first) | (left.second ^ right.second) | (left.third ^ right.third)
      | (left.fourth ^ right.fourth) == 0
  }
}

/// A byte string with what is needed to find it.
private struct Key {
  let bytes: UnsafePointer<UInt8>?
  let words: KeyWords
  let length: UInt32
  let hash: UInt64

  @inline(__always)
  var isShort: Bool { length <= UInt32(KeyWords.bytes) + 1 }

  init(_ key: UnsafeBufferPointer<UInt8>, seed: UInt64) {
    let words = withUnsafeTemporaryAllocation(byteCount: KeyWords.bytes, alignment: 8) { copy in
      copy.initializeMemory(as: UInt8.self, repeating: 0)
      copy.copyBytes(from: key.prefix(KeyWords.bytes))
      return copy.baseAddress.map { first_bytes_of($0, key.count) } ?? .zero
    }
    self.init(key, words, seed)
  }

  /// Without a branch on the length, which is different every time.
  @inline(__always)
  init(field key: UnsafeBufferPointer<UInt8>, seed: UInt64) {
    let words = key.baseAddress.map { first_bytes_of($0, key.count) } ?? .zero
    self.init(key, words, seed)
  }

  @inline(__always)
  private init(_ key: UnsafeBufferPointer<UInt8>, _ words: KeyWords, _ seed: UInt64) {
    bytes = key.baseAddress
    self.words = words
    length = UInt32(truncatingIfNeeded: key.count &+ 1)
    var hash =
      mixed(words.first ^ seed, words.second ^ UInt64(truncatingIfNeeded: key.count))
      ^ mixed(words.third &+ seed, words.fourth)
    if key.count > KeyWords.bytes, let bytes { hash = Key.rest(bytes, key.count, hash) }
    self.hash = hash
  }

  /// Takes in what lies behind the words.
  private static func rest(
    _ bytes: UnsafePointer<UInt8>, _ count: Int, _ start: UInt64
  ) -> UInt64 {
    let raw = UnsafeRawPointer(bytes)
    var hash = start
    var offset = KeyWords.bytes
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

/// Folded 128-bit multiplication, as wyhash does it.
@inline(__always)
private func mixed(_ first: UInt64, _ second: UInt64) -> UInt64 {
  let product = (first ^ 0x9E37_79B9_7F4A_7C15)
    .multipliedFullWidth(by: second ^ 0xE703_7ED1_A0B4_28DB)
  return product.high ^ product.low
}
