import CAnswerLists
import SystemCalls

/// The ids seen so far, each as a keyed hash with the number of a record; it takes at most 24 bytes
/// for each of them, besides the megabyte it begins with.
///
/// Open addressing with linear probing. An entry has 16 bytes: 64 bits of the hash, 16 more, and 48
/// bits for the record. Eight other bits of the hash choose a shard, so 88 bits tell ids apart: that
/// any two of n are taken for one has a probability of n²/2⁸⁹, 2·10⁻¹¹ for 100 million. A shard grows
/// alone, by a quarter, when 85 of 100 entries are taken: then it has 16 / 0.68 = 23.5 bytes for an
/// id, 18.8 before, and never is more than a 256th of the whole there twice. A table that doubles as
/// a whole would have up to 38 bytes an id, and 56 while it is copied.
///
/// An entry's place follows the order of the hashes, so growing a shard reads and writes memory in
/// order. Nothing that is found depends on the key.
final class IdentityTable {
  private static let shardBits: UInt64 = 8
  private static let shardCount = 1 << 8
  /// Entries a shard begins with, and of which all sizes are multiples: a page of memory.
  private static let granule = 256
  private static let ordinalBits: UInt64 = 48

  private struct Entry: BitwiseCopyable {
    var hash: UInt64
    /// 16 bits of the hash, then the record's number; 0: the entry is free.
    var rest: UInt64
  }

  private struct Shard: BitwiseCopyable {
    var entries: UnsafeMutablePointer<Entry>
    var capacity: Int
    var count = 0
    /// A shard with more entries than this has to grow.
    var limit: Int { capacity / 20 * 17 }
  }

  private let shards: UnsafeMutablePointer<Shard>
  /// Where all shards begin; the pages of those that have grown lie idle.
  private let start: UnsafeMutableRawPointer

  init() throws(SystemCallError) {
    start = try SystemCalls.zeroedMemory(bytes: IdentityTable.startBytes)
    shards = .allocate(capacity: IdentityTable.shardCount)
    let entries = start.bindMemory(
      to: Entry.self, capacity: IdentityTable.shardCount * IdentityTable.granule)
    for shard in 0..<IdentityTable.shardCount {
      (shards + shard).initialize(
        to: Shard(
          entries: entries + shard * IdentityTable.granule, capacity: IdentityTable.granule))
    }
  }

  deinit {
    for shard in 0..<IdentityTable.shardCount { IdentityTable.release(shards[shard]) }
    SystemCalls.releaseMemory(start, bytes: IdentityTable.startBytes)
    shards.deallocate()
  }

  private static let startBytes = shardCount * granule * MemoryLayout<Entry>.stride

  /// How many ids are there, and the bytes held for them.
  var size: (count: Int, bytes: Int) {
    (0..<IdentityTable.shardCount).reduce(into: (0, IdentityTable.startBytes)) { sum, shard in
      sum.0 += shards[shard].count
      if shards[shard].capacity > IdentityTable.granule {
        sum.1 += shards[shard].capacity * MemoryLayout<Entry>.stride
      }
    }
  }

  /// Has the memory fetched that an id will be looked for in; asked for early enough, the look-up
  /// does not wait for it.
  @inline(__always)
  func prepare(_ hash: IdentityHash) {
    let shard = shards + IdentityTable.shard(hash)
    fetch_ahead(shard.pointee.entries + IdentityTable.home(hash.high, shard.pointee.capacity))
  }

  /// Puts down an id with the number of its record, if the id is new or `replaces` is true.
  ///
  /// - Parameter ordinal: above 0, below 2⁴⁸.
  /// - Returns: the number the id stood with before; nil where it is new.
  /// - Throws: where there is no memory for more.
  @inline(__always)
  func put(
    _ hash: IdentityHash, ordinal: UInt64, replaces: Bool
  ) throws(SystemCallError) -> UInt64? {
    let shard = shards + IdentityTable.shard(hash)
    if shard.pointee.count > shard.pointee.limit { try IdentityTable.grow(shard) }
    let (entries, capacity) = (shard.pointee.entries, shard.pointee.capacity)
    let tag = hash.low << IdentityTable.ordinalBits
    var place = IdentityTable.home(hash.high, capacity)
    while entries[place].rest != 0 {
      let known = entries[place]
      if known.hash == hash.high, (known.rest ^ tag) >> IdentityTable.ordinalBits == 0 {
        if replaces { entries[place].rest = tag | ordinal }
        return known.rest ^ tag
      }
      place = place &+ 1 == capacity ? 0 : place &+ 1
    }
    entries[place] = Entry(hash: hash.high, rest: tag | ordinal)
    shard.pointee.count &+= 1
    return nil
  }

  @inline(__always)
  private static func shard(_ hash: IdentityHash) -> Int {
    Int(truncatingIfNeeded: hash.low >> (64 - shardBits))
  }

  @inline(__always)
  private static func home(_ hash: UInt64, _ capacity: Int) -> Int {
    Int(truncatingIfNeeded: hash.multipliedFullWidth(by: UInt64(truncatingIfNeeded: capacity)).high)
  }

  private static func grow(_ shard: UnsafeMutablePointer<Shard>) throws(SystemCallError) {
    let old = shard.pointee
    let granules = max(1, old.capacity / 4 / granule)
    let capacity = old.capacity + granules * granule
    let memory = try SystemCalls.zeroedMemory(bytes: capacity * MemoryLayout<Entry>.stride)
    let entries = memory.bindMemory(to: Entry.self, capacity: capacity)
    for number in 0..<old.capacity where old.entries[number].rest != 0 {
      var place = home(old.entries[number].hash, capacity)
      while entries[place].rest != 0 { place = place &+ 1 == capacity ? 0 : place &+ 1 }
      entries[place] = old.entries[number]
    }
    release(old)
    shard.pointee = Shard(entries: entries, capacity: capacity, count: old.count)
  }

  private static func release(_ shard: Shard) {
    if shard.capacity == granule { return }
    SystemCalls.releaseMemory(
      shard.entries, bytes: shard.capacity * MemoryLayout<Entry>.stride)
  }
}
