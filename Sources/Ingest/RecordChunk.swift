/// Some consecutive records of one input, as UTF-8 text with their borders.
///
/// What a worker takes at a time: a few thousand records, or one very long one. A worker owns one
/// chunk and has a ``ChunkReader`` fill it again and again.
package final class RecordChunk {
  /// Position in the sequence of all chunks of the run.
  package var ordinal = 0
  /// Which input it is of, in the order of the command line.
  package internal(set) var input = 0
  /// How the bytes are read; they are UTF-8 by now, whatever the encoding was.
  package internal(set) var dialect = Dialect()
  var limits = IngestLimits()
  package internal(set) var rejects: [Reject] = []
  package internal(set) var irregularities = Irregularities()
  /// Raw bytes the chunk stands for: records, blank lines and refused ones.
  package internal(set) var rawBytes: UInt64 = 0
  /// Where those bytes begin in the input.
  package var rawOffset: UInt64 { place.rawOffset }
  /// The input has nothing behind this chunk.
  package internal(set) var isLast = false
  /// How long it took to fill the chunk.
  package internal(set) var times = Times()

  /// In nanoseconds.
  package struct Times: Hashable, Sendable {
    /// Bytes from the input, with their fingerprint.
    package internal(set) var read: UInt64 = 0
    /// Finding records in them.
    package internal(set) var scan: UInt64 = 0
    /// Waiting for the chunk before to say where this one begins.
    package internal(set) var wait: UInt64 = 0
  }

  /// The records could not be found by their separators alone.
  package var isIrregular: Bool {
    if case .irregular(let records) = layout { return !records.isEmpty }
    return false
  }

  let memory = ChunkMemory()
  var layout = Layout.irregular([])
  /// Where the chunk's first record, or what is skipped before it, begins: in the input, and in
  /// the memory.
  var place = ReadingPlace(offset: 0, rawOffset: 0)
  var start = 0

  /// How the records are found in the text.
  enum Layout {
    /// By their separators.
    case regular(RegularRecords)
    /// One by one, for libcsv.
    case irregular([Record])
  }

  struct Record: Hashable, Sendable {
    /// The record's bytes with its line end, as a range of the text.
    let start: UInt32
    let next: UInt32
    /// 1-based, among the chunk's records and rejects.
    let number: UInt32
  }

  package init() {}

  /// What lenient reading let pass.
  package struct Irregularities: Hashable, Sendable {
    package var quotesInUnquotedFields: UInt64 = 0
    package var textsAfterQuotes: UInt64 = 0
    package var blankLines: UInt64 = 0
    package var emptyExtraFields: UInt64 = 0

    package init() {}

    package mutating func merge(_ other: Irregularities) {
      quotesInUnquotedFields += other.quotesInUnquotedFields
      textsAfterQuotes += other.textsAfterQuotes
      blankLines += other.blankLines
      emptyExtraFields += other.emptyExtraFields
    }
  }

  /// Makes it an empty chunk of nothing.
  func clear() {
    memory.clear()
    layout = .irregular([])
    rejects.removeAll(keepingCapacity: true)
    irregularities = Irregularities()
    rawBytes = 0
    isLast = false
    times = Times()
  }

  /// A copy of one record as a chunk of its own.
  ///
  /// - Parameter record: 1-based, among all records of the input.
  /// - Returns: nil where the chunk does not hold the record, or refused it.
  package func keepingOnly(record: UInt64) -> RecordChunk? {
    guard record > place.records, let kept = self.record(numbered: record - place.records)
    else { return nil }
    let range = Int(kept.start)..<Int(kept.next)
    let single = RecordChunk()
    (single.ordinal, single.input, single.dialect) = (ordinal, input, dialect)
    single.limits = limits
    single.place = place(before: range.lowerBound)
    single.place.records = record - 1
    single.memory.room(for: range.count)
      .copyMemory(
        from: UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(memory.bytes)[range]))
    single.memory.take(range.count)
    single.layout = .irregular([Record(start: 0, next: UInt32(range.count), number: 1)])
    return single
  }

  /// A record by its number in the chunk; nil where there is none, or it was refused.
  ///
  /// - Complexity: O(log n).
  private func record(numbered number: UInt64) -> Record? {
    switch layout {
    case .regular(let regular):
      return number <= UInt64(regular.count) ? regular.record(Int(number) - 1, memory) : nil
    case .irregular(let records):
      let place = firstPlace(in: 0..<records.count) { UInt64(records[$0].number) >= number }
      return place < records.count && UInt64(records[place].number) == number
        ? records[place] : nil
    }
  }

  /// Every record that was not refused.
  var allRecords: [Record] {
    switch layout {
    case .irregular(let records): records
    case .regular(let regular): (0..<regular.count).map { regular.record($0, memory) }
    }
  }

  /// Where a byte of the text stands; the number of records stays that of the chunk's start.
  ///
  /// - Complexity: O(bytes before it).
  func place(before position: Int) -> ReadingPlace {
    var there = place
    there.pass(UnsafeBufferPointer(rebasing: memory.bytes[start..<position]), dialect.encoding)
    return there
  }
}

extension ReadingPlace {
  /// Moves past some text, counting its line ends: LF, CR, and CR LF as one.
  mutating func pass(_ text: UnsafeBufferPointer<UInt8>, _ encoding: CharacterEncoding) {
    offset += UInt64(text.count)
    rawOffset += encoding.rawBytes(of: text)
    line += lineEnds(in: text)
  }
}

/// How many lines end in some text.
func lineEnds(in text: UnsafeBufferPointer<UInt8>) -> UInt64 {
  var lines: UInt64 = 0
  var afterReturn = false
  for byte in text {
    if byte == UInt8(ascii: "\n") {
      if !afterReturn { lines &+= 1 }
    } else if byte == UInt8(ascii: "\r") {
      lines &+= 1
    }
    afterReturn = byte == UInt8(ascii: "\r")
  }
  return lines
}

/// The first place at which a condition holds that, once it holds, goes on to hold; else the end.
///
/// - Complexity: O(log n).
func firstPlace(in range: Range<Int>, where holds: (Int) -> Bool) -> Int {
  var (low, high) = (range.lowerBound, range.upperBound)
  while low < high {
    let middle = (low + high) / 2
    if holds(middle) { high = middle } else { low = middle + 1 }
  }
  return low
}
