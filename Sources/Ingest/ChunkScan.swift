import SystemCalls

/// One thread's way from a piece of the input to a chunk of whole records.
struct ChunkScan {
  private let chunk: RecordChunk
  private let memory: ChunkMemory
  private let source: TextSource
  private let limits: IngestLimits
  private let kernel: SeparatorKernel?
  /// The piece's place in the text, and its size: records that begin at or before its end are its.
  private var offset: UInt64 = 0
  private var boundary = 0
  /// Nothing follows the text that has been read.
  private var isAtEnd = false
  /// What the chunk holds if the assumption on its beginning is right.
  private var assumed: RegularRecords?

  /// - Parameter kernel: nil where nothing is to be proved.
  init(
    _ chunk: RecordChunk, _ source: TextSource, _ limits: IngestLimits, _ kernel: SeparatorKernel?
  ) {
    self.chunk = chunk
    memory = chunk.memory
    self.source = source
    self.limits = limits
    self.kernel = kernel
  }

  /// Reads the piece, and some bytes behind it.
  mutating func load(at offset: UInt64, _ bytes: Int, _ behind: Int) throws(IngestError) {
    self.offset = offset
    try readMore(bytes + behind)
    let begin = SystemCalls.monotonicNanoseconds()
    boundary = min(bytes, memory.count)
    source.digest(
      UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(memory.bytes)[..<boundary]),
      at: offset)
    chunk.times.read += SystemCalls.monotonicNanoseconds() - begin
  }

  private mutating func readMore(_ bytes: Int) throws(IngestError) {
    let begin = SystemCalls.monotonicNanoseconds()
    let count = try source.read(
      at: offset + UInt64(memory.count), into: memory.room(for: bytes))
    memory.take(count)
    isAtEnd = count < bytes
    chunk.times.read += SystemCalls.monotonicNanoseconds() - begin
  }

  /// Scans before the chunk's beginning is known, first as if it were outside of quotes.
  mutating func assume() throws(IngestError) {
    for isQuoted in [false, true] where assumed == nil {
      assumed = try regular(from: 0, isQuoted: isQuoted, isStartKnown: false)
    }
  }

  /// Tries to prove the chunk regular; reads on until its last record ends.
  private mutating func regular(
    from: Int, isQuoted: Bool, isStartKnown: Bool
  ) throws(IngestError) -> RegularRecords? {
    guard let kernel else { return nil }
    var scan = RegularScan(memory, kernel, chunk.dialect, limits, from: from, isQuoted: isQuoted)
    while true {
      guard scan.proceed() else { return nil }
      if let lastEnd = scan.recordEnd(atOrAfter: boundary) {
        return scan.records(isStartKnown: isStartKnown, lastEnd: lastEnd)
      }
      if isAtEnd { break }
      // A record of more bytes than that is not regular anyway.
      if memory.count - boundary > limits.recordBytes { return nil }
      try readMore(max(64, memory.count - boundary))
    }
    guard scan.endText() else { return nil }
    return scan.records(isStartKnown: isStartKnown, lastEnd: scan.lastRecordEnd)
  }

  /// Gives the chunk its records, now that it is known where the first one begins.
  ///
  /// - Returns: where the next chunk's first record begins.
  mutating func settle(_ place: ReadingPlace) throws(IngestError) -> ReadingPlace {
    chunk.place = place
    // A turn that was taken behind the end, before that was known, has nothing and ends nothing.
    chunk.isLast = isAtEnd && boundary == memory.count && (boundary > 0 || offset == 0)
    guard place.offset >= offset, place.offset - offset <= UInt64(boundary) else {
      (chunk.start, chunk.layout) = (0, .irregular([]))
      return place
    }
    let start = Int(place.offset - offset)
    chunk.start = start
    var end = place
    if let records = try regularRecords(from: start, place) {
      chunk.layout = .regular(records)
      chunk.irregularities.blankLines = records.blankLines
      end.offset += UInt64(records.end - records.start)
      end.rawOffset += chunk.dialect.encoding.rawBytes(
        of: UnsafeBufferPointer(rebasing: memory.bytes[records.start..<records.end]))
      end.line += records.lines
      end.records += UInt64(records.count)
    } else {
      end = try settleLeniently(place, start)
    }
    chunk.rawBytes = end.rawOffset - place.rawOffset
    return end
  }

  private mutating func regularRecords(
    from start: Int, _ place: ReadingPlace
  ) throws(IngestError) -> RegularRecords? {
    if place.isSkippingLine { return nil }
    if let assumed, assumed.start == start { return assumed }
    return try regular(from: start, isQuoted: false, isStartKnown: true)
  }

  private mutating func settleLeniently(
    _ place: ReadingPlace, _ start: Int
  ) throws(IngestError) -> ReadingPlace {
    var scan = LenientScan(chunk.dialect, limits, from: place, at: start)
    // As much again as is there, so that a long record is looked at only twice.
    while !scan.proceed(memory.bytes, to: boundary, isLast: isAtEnd) {
      try readMore(max(64, memory.count))
    }
    chunk.layout = .irregular(scan.records)
    chunk.rejects = scan.rejects
    chunk.irregularities = scan.irregularities
    return scan.place
  }
}
