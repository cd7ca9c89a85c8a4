import Ingest

/// Everything that one reading of an input says.
struct FuzzedReading {
  private var facts = Facts()
  private var records: [Record] = []
  private var rejects: [Reject] = []
  private var irregularities = RecordChunk.Irregularities()

  private struct Facts: Hashable {
    var headers: [[String]] = []
    var headerBytes: UInt64 = 0
    var bytes: UInt64 = 0
    var failure: IngestError?
  }

  private struct Record: Hashable {
    let width: Int
    let position: RecordPosition
    let fields: [String]
  }

  /// - Parameter kernel: nil: libcsv alone.
  init(
    _ file: ScratchFile, _ way: FuzzedWay, kernel: SeparatorKernel?, alwaysAssumes: Bool,
    chunkBytes: Int
  ) {
    do throws(IngestError) {
      let reader = try ChunkReader(
        InputReader(path: "input", descriptor: file.descriptor, hashesWhole: false), input: 0,
        dialect: way.dialect, limits: way.limits, chunkBytes: chunkBytes, kernel: kernel,
        alwaysAssumes: alwaysAssumes)
      try read(reader)
    } catch {
      facts.failure = error
    }
  }

  private mutating func read(_ reader: ChunkReader) throws(IngestError) {
    facts.headers = try reader.readHeader()
    facts.headerBytes = reader.headerBytes
    // Without a header nothing says how wide a record is: each is looked at under several widths.
    let widths = facts.headers.first.map { [$0.count] } ?? Array(1...4)
    let (chunk, batch, parser) = (RecordChunk(), RecordBatch(), ChunkParser())
    var accounted = facts.headerBytes
    while try reader.next(into: chunk) {
      accounted += chunk.rawBytes
      for width in widths {
        let columns = ColumnSelection(width: width, wanted: Array(0..<width))
        if let offset = batch.fill(from: chunk, columns: columns, parser: parser) {
          fatalError("libcsv and RecordScanner disagree on the record at byte \(offset)")
        }
        take(batch, width)
      }
    }
    facts.bytes = try reader.finish().bytes
    if accounted != facts.bytes { fatalError("\(accounted) of \(facts.bytes) bytes accounted for") }
  }

  private mutating func take(_ batch: RecordBatch, _ width: Int) {
    for record in 0..<batch.count {
      let fields = (0..<width).map {
        String(decoding: batch.field(record: record, slot: $0), as: UTF8.self)
      }
      records.append(
        Record(width: width, position: batch.position(of: record), fields: fields))
    }
    rejects += batch.rejects
    irregularities.merge(batch.irregularities)
  }

  /// The first thing in which two readings of one input differ, in words.
  func difference(from reference: FuzzedReading) -> String? {
    let (ours, theirs) = (ordered(), reference.ordered())
    if let found = first(of: ours.records, not: theirs.records) { return "records: \(found)" }
    if let found = first(of: ours.rejects, not: theirs.rejects) { return "rejects: \(found)" }
    if irregularities != reference.irregularities {
      return "irregularities: \(irregularities) instead of \(reference.irregularities)"
    }
    if facts != reference.facts { return "input: \(facts) instead of \(reference.facts)" }
    return nil
  }

  /// Chunks come one after the other, and in each of them the widths: sorted, two sizes of chunks
  /// give one order. The widths of a record, and the rejects of a record, are kept in theirs.
  private func ordered() -> (records: [Record], rejects: [Reject]) {
    (
      stable(records) { $0.position.record }, stable(rejects) { $0.position.record }
    )
  }

  private func stable<Fact>(_ facts: [Fact], by number: (Fact) -> UInt64) -> [Fact] {
    facts.enumerated()
      .sorted { (number($0.element), $0.offset) < (number($1.element), $1.offset) }
      .map(\.element)
  }

  private func first<Fact: Equatable>(of ours: [Fact], not theirs: [Fact]) -> String? {
    for place in 0..<max(ours.count, theirs.count) {
      let ours = place < ours.count ? ours[place] : nil
      let theirs = place < theirs.count ? theirs[place] : nil
      if ours != theirs { return "\(describe(ours)) instead of \(describe(theirs))" }
    }
    return nil
  }

  private func describe<Fact>(_ fact: Fact?) -> String { fact.map { "\($0)" } ?? "nothing" }
}

extension FuzzedReading {
  /// Both readers over the same bytes must say the same.
  ///
  /// The first three bytes choose how the rest is read, so that a seed file shows all of it.
  static func compare(_ input: [UInt8]) {
    guard let way = FuzzedWay(input) else { return }
    let file = ScratchFile(input[FuzzedWay.bytes...])
    let reference = FuzzedReading(
      file, way, kernel: nil, alwaysAssumes: false, chunkBytes: input.count)
    // libcsv over the chunks of the fuzzed size, then the vector scan with its beginning known and
    // with its beginning assumed.
    for (kernel, alwaysAssumes) in [(nil, false), (way.kernel, false), (way.kernel, true)] {
      let reading = FuzzedReading(
        file, way, kernel: kernel, alwaysAssumes: alwaysAssumes, chunkBytes: way.chunkBytes)
      if let difference = reading.difference(from: reference) {
        let reader = "\(kernel?.description ?? "libcsv")\(alwaysAssumes ? ", assuming" : "")"
        fatalError("\(reader) against libcsv as a whole, \(way): \(difference)")
      }
    }
  }
}
