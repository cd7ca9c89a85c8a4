import StagecraftTestSupport
import Testing

@testable import Ingest

/// Everything that reading an input says: what must not depend on how its bytes were cut.
struct Reading: Hashable {
  struct Record: Hashable {
    let position: RecordPosition
    let fields: [String]
  }

  var headers: [[String]] = []
  var records: [Record] = []
  var rejects: [Reject] = []
  var irregularities = RecordChunk.Irregularities()
  var bytes: UInt64 = 0
  var headerBytes: UInt64 = 0

  var fields: [[String]] { records.map(\.fields) }
  var reasons: [RejectReason] { rejects.map(\.reason) }
  var lines: [UInt64] { records.map(\.position.line) }
  var byteOffsets: [UInt64] { records.map(\.position.byteOffset) }
}

/// How an input is read.
struct ReadingMode {
  var dialect = Dialect()
  var limits = IngestLimits()

  /// Without a header every record is read whatever its width.
  static let bare = ReadingMode(headers: 0)

  init(
    headers: Int = 1, delimiter: Character = ",", quote: Character = "\"",
    encoding: CharacterEncoding = .utf8, isStrict: Bool = false, quotedLines: Int? = nil,
    recordBytes: Int? = nil, fields: Int? = nil
  ) {
    dialect = Dialect(
      delimiter: delimiter.asciiValue ?? 0, quote: quote.asciiValue ?? 0, encoding: encoding,
      headerRecords: headers, isStrict: isStrict)
    if let quotedLines { limits.quotedLines = quotedLines }
    if let recordBytes { limits.recordBytes = recordBytes }
    if let fields { limits.fields = fields }
  }
}

/// By which code an input is read; all give the same.
struct ReadingWay: Hashable, CustomStringConvertible {
  /// Nil: libcsv alone.
  let kernel: SeparatorKernel?
  /// Scan a chunk before its beginning is known, even where it is.
  var alwaysAssumes = false

  static let libcsv = ReadingWay(kernel: nil)
  static let all =
    [libcsv]
    + SeparatorKernel.available.flatMap {
      [ReadingWay(kernel: $0), ReadingWay(kernel: $0, alwaysAssumes: true)]
    }

  var description: String {
    "\(kernel?.description ?? "libcsv")\(alwaysAssumes ? ", assuming" : "")"
  }
}

/// Reads a file as a run does, in chunks of the given size.
func read(
  path: String, _ mode: ReadingMode, chunkBytes: Int,
  _ way: ReadingWay = ReadingWay(kernel: .best)
) throws -> Reading {
  let reader = try ChunkReader(
    InputReader(path: path), input: 0, dialect: mode.dialect, limits: mode.limits,
    chunkBytes: chunkBytes, kernel: way.kernel, alwaysAssumes: way.alwaysAssumes)
  var reading = Reading()
  reading.headers = try reader.readHeader()
  reading.headerBytes = reader.headerBytes
  let batch = RecordBatch()
  let parser = ChunkParser()
  var chunkedBytes: UInt64 = 0
  let chunk = RecordChunk()
  while try reader.next(into: chunk) {
    chunkedBytes += chunk.rawBytes
    reading.irregularities.merge(chunk.irregularities)
    let widths =
      reading.headers.first.map { [$0.count] } ?? widths(of: chunk, mode.dialect)
    try reading.add(chunk, widths: widths, batch, parser)
  }
  reading.bytes = try reader.finish().bytes
  #expect(reading.headerBytes + chunkedBytes == reading.bytes, "every byte is accounted for")
  return reading
}

/// The widths of a chunk's records, each once; one where there is no record, for the rejects.
private func widths(of chunk: RecordChunk, _ dialect: Dialect) -> [Int] {
  let parser = LibcsvParser(delimiter: dialect.delimiter, quote: dialect.quote)
  let found = chunk.allRecords.map { record in
    parser.fields(
      of: UnsafeBufferPointer(
        rebasing: chunk.memory.bytes[Int(record.start)..<Int(record.next)])
    ).count
  }
  return found.isEmpty ? [1] : Set(found).sorted()
}

extension Reading {
  /// Adds the records of any of the widths, and the rejects that no width is to blame for.
  fileprivate mutating func add(
    _ chunk: RecordChunk, widths: [Int], _ batch: RecordBatch, _ parser: ChunkParser
  ) throws {
    var found: [UInt64: Record] = [:]
    for width in widths {
      let columns = ColumnSelection(
        width: width, wanted: Array(0..<width), headers: headers)
      try #require(batch.fill(from: chunk, columns: columns, parser: parser) == nil)
      for record in 0..<batch.count {
        let fields = (0..<width).map {
          String(decoding: batch.field(record: record, slot: $0), as: UTF8.self)
        }
        // Ascending widths: a record with an empty field too many comes again, complete.
        found[batch.number(of: record)] = Record(
          position: batch.position(of: record), fields: fields)
      }
    }
    records += found.values.sorted { $0.position.record < $1.position.record }
    rejects += headers.isEmpty ? batch.rejects.filter { $0.reason != .fieldCount } : batch.rejects
  }
}

/// Reads the bytes in every way, and at every chunk size from 1 to their number, and expects the same
/// each time. The ways take turns over the chunk sizes, shifted from input to input.
@discardableResult
func readAtEveryChunkSize(
  _ bytes: [UInt8], _ mode: ReadingMode = ReadingMode(), _ name: String = "",
  sourceLocation: SourceLocation = #_sourceLocation
) throws -> Reading {
  let directory = try ScratchDirectory()
  let path = try directory.write(bytes, as: "input.csv")
  let whole = try read(path: path, mode, chunkBytes: max(1, bytes.count), .libcsv)
  for way in ReadingWay.all {
    for size in sizes(upTo: bytes.count, of: way) {
      let other = try read(path: path, mode, chunkBytes: size, way)
      if other != whole {
        Issue.record(
          "\(name) chunk size \(size), \(way): \(other) instead of \(whole)",
          sourceLocation: sourceLocation)
        break
      }
    }
  }
  return whole
}

/// All sizes for libcsv and for the way that is used and has the most to get wrong, some for the
/// others.
private func sizes(upTo count: Int, of way: ReadingWay) -> [Int] {
  let all = Array(1..<max(2, count))
  if way == .libcsv || way == ReadingWay(kernel: .best, alwaysAssumes: true) { return all }
  let places = ReadingWay.all.firstIndex(of: way) ?? 0
  return all.filter { ($0 + count) % ReadingWay.all.count == places } + [max(1, count)]
}

@discardableResult
func readAtEveryChunkSize(
  _ text: String, _ mode: ReadingMode = ReadingMode(), _ name: String = "",
  sourceLocation: SourceLocation = #_sourceLocation
) throws -> Reading {
  try readAtEveryChunkSize(Array(text.utf8), mode, name, sourceLocation: sourceLocation)
}

/// An input and the records it holds, by name.
struct RecordCase: CustomTestStringConvertible {
  let name: String
  let input: String
  let records: [[String]]

  init(_ name: String, _ input: String, _ records: [[String]]) {
    self.name = name
    self.input = input
    self.records = records
  }

  var testDescription: String { name }
}
