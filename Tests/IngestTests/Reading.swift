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
    recordBytes: Int? = nil
  ) {
    dialect = Dialect(
      delimiter: delimiter.asciiValue ?? 0, quote: quote.asciiValue ?? 0, encoding: encoding,
      headerRecords: headers, isStrict: isStrict)
    if let quotedLines { limits.quotedLines = quotedLines }
    if let recordBytes { limits.recordBytes = recordBytes }
  }
}

/// Reads a file as a run does: chunks of the given size, then libcsv.
func read(path: String, _ mode: ReadingMode, chunkBytes: Int) throws -> Reading {
  let reader = try ChunkReader(
    InputReader(path: path), input: 0, dialect: mode.dialect, limits: mode.limits,
    chunkBytes: chunkBytes)
  var reading = Reading()
  reading.headers = try reader.readHeader()
  reading.headerBytes = reader.headerBytes
  let batch = RecordBatch()
  let parser = ChunkParser()
  var chunkedBytes: UInt64 = 0
  while let chunk = try reader.nextChunk(ordinal: 0) {
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
  let found = chunk.records.map { record in
    chunk.bytes[Int(record.start)..<Int(record.next)].withUnsafeBufferPointer {
      parser.fields(of: $0).count
    }
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
      let columns = ColumnSelection(width: width, wanted: Array(0..<width))
      try #require(batch.fill(from: chunk, columns: columns, parser: parser) == nil)
      for record in 0..<batch.count {
        let fields = (0..<width).map {
          String(decoding: batch.field(record: record, slot: $0), as: UTF8.self)
        }
        // Ascending widths: a record with an empty field too many comes again, complete.
        found[batch.positions[record].record] = Record(
          position: batch.positions[record], fields: fields)
      }
    }
    records += found.values.sorted { $0.position.record < $1.position.record }
    rejects += headers.isEmpty ? batch.rejects.filter { $0.reason != .fieldCount } : batch.rejects
  }
}

/// Reads the bytes at every chunk size from 1 to their number, and expects the same each time.
@discardableResult
func readAtEveryChunkSize(
  _ bytes: [UInt8], _ mode: ReadingMode = ReadingMode(), _ name: String = "",
  sourceLocation: SourceLocation = #_sourceLocation
) throws -> Reading {
  let directory = try ScratchDirectory()
  let path = try directory.write(bytes, as: "input.csv")
  let whole = try read(path: path, mode, chunkBytes: max(1, bytes.count))
  for size in stride(from: 1, to: bytes.count, by: 1) {
    let other = try read(path: path, mode, chunkBytes: size)
    if other != whole {
      Issue.record(
        "\(name) chunk size \(size): \(other) instead of \(whole)", sourceLocation: sourceLocation)
      break
    }
  }
  return whole
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
