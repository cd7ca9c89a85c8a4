import CAnswerLists

/// Remembers a value for each distinct byte string, so that what a text means is worked out once.
///
/// Bounded: texts that people typed would make it grow without end, so it takes no more than
/// `entryLimit` strings and `byteLimit` bytes of them; what does not fit is worked out each time.
///
/// Open addressing with linear probing. A string of up to 32 bytes lies in its entry as four words,
/// and looking it up takes no branch on its length: what a processor cannot foresee costs it more
/// than the look-up itself. For the same reason a small table is kept seven eighths free. Expected
/// O(length) per look-up; the hash is seeded by the process, so no input can be made to collide on
/// purpose. The values do not depend on the seed. Belongs to one worker.
final class ByteMemo<Value: BitwiseCopyable> {
  private static var entryLimit: Int { 1 << 14 }
  private static var byteLimit: Int { 1 << 20 }
  /// Up to here a table is grown when an eighth of it is taken, later when a half is.
  private static var roomyEntries: Int { 1 << 10 }

  fileprivate struct Entry: BitwiseCopyable {
    var words: KeyWords
    /// One more than the string's length; 0: the entry is free.
    var length: UInt32
    /// In `arena`, for strings of more than 32 bytes.
    var start: UInt32
    var value: Value

    /// Whether the loop in C reads the same from an entry's bytes.
    static var isLaidOutAsInC: Bool {
      typealias Layout = MemoryLayout<Entry>
      typealias CLayout = MemoryLayout<answer_entry>
      return Layout.stride == CLayout.stride
        && Layout.offset(of: \.words) == CLayout.offset(of: \.words)
        && Layout.offset(of: \.length) == CLayout.offset(of: \.length)
        && Layout.offset(of: \.start) == CLayout.offset(of: \.start)
        && Layout.offset(of: \.value) == CLayout.offset(of: \.effect)
    }
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

  init() {
    table = .allocate(capacity: 1)
    table.initialize(to: Table(entries: ByteMemo.freeEntries(16), mask: 15))
    arena = .allocate(capacity: 1)
    arena.initialize(to: .allocate(capacity: 1))
  }

  deinit {
    ByteMemo.free(table.pointee.entries)
    table.deallocate()
    arena.pointee.deallocate()
    arena.deallocate()
  }

  /// At the borders of cache lines.
  private static func freeEntries(_ count: Int) -> UnsafeMutablePointer<Entry> {
    let bytes = count * MemoryLayout<Entry>.stride
    let memory = UnsafeMutableRawPointer.allocate(byteCount: bytes, alignment: 64)
    // A free entry is one of zeros.
    memory.initializeMemory(as: UInt8.self, repeating: 0, count: bytes)
    return memory.bindMemory(to: Entry.self, capacity: count)
  }

  private static func free(_ entries: UnsafeMutablePointer<Entry>) {
    // As they were allocated: with an alignment of their own.
    UnsafeMutableRawPointer(entries).deallocate()
  }

  /// The value remembered for these bytes.
  func value(for key: UnsafeBufferPointer<UInt8>) -> Value? { look.value(of: Key(key, seed: seed)) }

  /// The same for a field of a batch, behind which ``RecordFields/padding`` bytes can be read.
  @inline(__always)
  func value(forField key: UnsafeBufferPointer<UInt8>) -> Value? { look.value(forField: key) }

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

    /// The value remembered for a field of a batch.
    @inline(__always)
    func value(forField key: UnsafeBufferPointer<UInt8>) -> Value? {
      value(of: Key(field: key, seed: seed))
    }

    @inline(__always)
    fileprivate func value(of key: Key) -> Value? {
      var place = Int(truncatingIfNeeded: key.hash) & mask
      while entries[place].length != 0 {
        let entry = entries + place
        if same_words(entry.pointee.words, key.words) != 0, entry.pointee.length == key.length,
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
      for offset in KeyWords.bytes..<key.count where known[offset] != bytes[offset] { return false }
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
  func remember(_ value: Value, for bytes: UnsafeBufferPointer<UInt8>) {
    guard hasRoom(for: bytes) else { return }
    let room = table.pointee.count < ByteMemo.roomyEntries ? 8 : 2
    if room * (table.pointee.count + 1) > table.pointee.mask + 1 { grow() }
    let key = Key(bytes, seed: seed)
    let start = table.pointee.bytes
    if !key.isShort { keep(bytes, at: start) }
    let entry = Entry(words: key.words, length: key.length, start: UInt32(start), value: value)
    place(entry, key.hash)
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
    for number in 0..<size where old[number].length != 0 {
      let entry = old[number]
      let bytes = UnsafePointer(arena.pointee) + Int(entry.start)
      place(entry, Key(bytes, entry.words, Int(entry.length) - 1, seed).hash)
    }
    ByteMemo.free(old)
  }

  private func place(_ entry: Entry, _ hash: UInt64) {
    let mask = table.pointee.mask
    var place = Int(truncatingIfNeeded: hash) & mask
    while table.pointee.entries[place].length != 0 { place = (place + 1) & mask }
    table.pointee.entries[place] = entry
  }
}

/// A number for each distinct byte string, for those outside of the stage.
package final class TextNumberMemo {
  private let memo = ByteMemo<Int32>()

  /// An empty memo.
  package init() {}

  /// The number remembered for these bytes.
  package func value(for key: UnsafeBufferPointer<UInt8>) -> Int32? { memo.value(for: key) }

  /// Remembers a number unless the memo is full.
  ///
  /// - Precondition: `key` is not in the memo.
  package func remember(_ value: Int32, for key: UnsafeBufferPointer<UInt8>) {
    memo.remember(value, for: key)
  }
}

/// The first bytes of a string as words.
private typealias KeyWords = first_bytes

extension first_bytes {
  fileprivate static var bytes: Int { Int(first_bytes_count) }
  fileprivate static var zero: first_bytes { first_bytes() }
}

/// A byte string with what is needed to find it.
private struct Key {
  let bytes: UnsafePointer<UInt8>?
  let words: KeyWords
  let count: Int
  let hash: UInt64

  @inline(__always)
  var length: UInt32 { UInt32(truncatingIfNeeded: count &+ 1) }
  @inline(__always)
  var isShort: Bool { count <= KeyWords.bytes }

  init(_ key: UnsafeBufferPointer<UInt8>, seed: UInt64) {
    let words = withUnsafeTemporaryAllocation(byteCount: KeyWords.bytes, alignment: 8) { copy in
      copy.initializeMemory(as: UInt8.self, repeating: 0)
      copy.copyBytes(from: key.prefix(KeyWords.bytes))
      return copy.baseAddress.map { first_bytes_of($0, key.count) } ?? .zero
    }
    self.init(key.baseAddress, words, key.count, seed)
  }

  /// Without a branch on the length, which is different every time.
  @inline(__always)
  init(field key: UnsafeBufferPointer<UInt8>, seed: UInt64) {
    let words = key.baseAddress.map { first_bytes_of($0, key.count) } ?? .zero
    self.init(key.baseAddress, words, key.count, seed)
  }

  @inline(__always)
  init(_ bytes: UnsafePointer<UInt8>?, _ words: KeyWords, _ count: Int, _ seed: UInt64) {
    self.bytes = bytes
    self.words = words
    self.count = count
    hash = hash_of_text(words, bytes, count, seed)
  }
}

/// One random number per process: nobody who writes the input can know it.
private let processSeed = UInt64.random(in: .min ... .max)

extension answer_table {
  /// A memo of answers, as it is now.
  @inline(__always)
  init(_ memo: ByteMemo<CompiledEffect>.Look) {
    assert(ByteMemo<CompiledEffect>.Entry.isLaidOutAsInC)
    let entries = UnsafeRawPointer(memo.entries).assumingMemoryBound(to: answer_entry.self)
    self.init(
      entries: entries, mask: UInt64(truncatingIfNeeded: memo.mask), seed: memo.seed,
      arena: memo.arena)
  }
}
