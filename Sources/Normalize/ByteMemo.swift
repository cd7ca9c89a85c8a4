/// Remembers a small number for each distinct byte string, up to a bound.
///
/// Answers repeat: what a text means is worked out once, on the exact path, and looked up from then
/// on by its raw bytes. Free text must not grow the memo without end, so it takes no more than
/// `entryLimit` strings and `byteLimit` bytes of them; what does not fit is worked out each time.
///
/// Open addressing with linear probing, at most half full. Expected O(length) per look-up; the hash
/// is seeded by the process, so no input can be made to collide on purpose. The numbers do not
/// depend on the seed.
package struct ByteMemo {
  private static let entryLimit = 1 << 16
  private static let byteLimit = 4 << 20

  private struct Entry {
    var hash: UInt64
    var start: UInt32
    var count: UInt32
    var value: Int32
  }

  private var entries: [Entry] = []
  private var arena: [UInt8] = []
  /// Positions in `entries` plus one; 0 is free. The size is a power of two.
  private var table = [UInt32](repeating: 0, count: 16)

  /// An empty memo.
  package init() {}

  /// The number remembered for these bytes.
  package func value(for key: UnsafeBufferPointer<UInt8>) -> Int32? {
    let hash = seededHash(key)
    let mask = table.count &- 1
    var place = Int(truncatingIfNeeded: hash) & mask
    while table[place] != 0 {
      let entry = entries[Int(table[place]) &- 1]
      if entry.hash == hash, matches(entry, key) { return entry.value }
      place = (place &+ 1) & mask
    }
    return nil
  }

  func hasRoom(for key: UnsafeBufferPointer<UInt8>) -> Bool {
    entries.count < ByteMemo.entryLimit && arena.count + key.count <= ByteMemo.byteLimit
  }

  /// Remembers `value` unless the memo is full.
  ///
  /// - Precondition: `key` is not in the memo.
  package mutating func remember(_ value: Int32, for key: UnsafeBufferPointer<UInt8>) {
    guard hasRoom(for: key) else { return }
    if 2 * (entries.count + 1) > table.count { grow() }
    entries.append(
      Entry(
        hash: seededHash(key), start: UInt32(arena.count), count: UInt32(key.count), value: value))
    arena += key
    place(entries.count)
  }

  private func matches(_ entry: Entry, _ key: UnsafeBufferPointer<UInt8>) -> Bool {
    guard Int(entry.count) == key.count else { return false }
    let start = Int(entry.start)
    return arena.withUnsafeBufferPointer { bytes in
      for offset in 0..<key.count where bytes[start &+ offset] != key[offset] { return false }
      return true
    }
  }

  private mutating func grow() {
    table = [UInt32](repeating: 0, count: 2 * table.count)
    for number in 1..<entries.count + 1 { place(number) }
  }

  private mutating func place(_ number: Int) {
    let mask = table.count - 1
    var place = Int(truncatingIfNeeded: entries[number - 1].hash) & mask
    while table[place] != 0 { place = (place + 1) & mask }
    table[place] = UInt32(number)
  }
}

/// One random number per process: nobody who writes the input can know it.
private let seed = UInt64.random(in: .min ... .max)

/// Folded 128-bit multiplication, eight bytes at a time, as wyhash does it.
func seededHash(_ key: UnsafeBufferPointer<UInt8>) -> UInt64 {
  var hash = seed ^ UInt64(truncatingIfNeeded: key.count)
  guard let base = UnsafeRawPointer(key.baseAddress), !key.isEmpty else { return hash }
  var offset = 0
  while offset &+ 8 <= key.count {
    hash = mixed(hash, base.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
    offset &+= 8
  }
  var tail: UInt64 = 0
  while offset < key.count {
    tail = tail << 8 | UInt64(key[offset])
    offset &+= 1
  }
  return mixed(mixed(hash, tail), 0xA076_1D64_78BD_642F)
}

@inline(__always)
private func mixed(_ hash: UInt64, _ word: UInt64) -> UInt64 {
  let product = (hash ^ word ^ 0x9E37_79B9_7F4A_7C15)
    .multipliedFullWidth(by: 0xE703_7ED1_A0B4_28DB)
  return product.high ^ product.low
}
