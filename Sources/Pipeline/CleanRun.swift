import Detection
import Ingest
import Publish

/// Reads one export and writes its records as plain CSV: what `stagecraft clean` does.
package struct CleanRun {
  package struct Configuration: Sendable {
    package var input: String
    package var member: String?
    /// Nil or `-`: standard output.
    package var output: String?
    package var declared: DeclaredDialect
    package var quote = UInt8(ascii: "\"")
    /// Records before the header, such as a title.
    package var skippedRecords = 0
    package var isStrict = false
    /// Guard texts against being taken for formulas.
    package var isGuarded = false
    /// Drop such guards from what is read.
    package var isUnguarded = false
    package var limits = IngestLimits()

    package init(input: String, output: String?, declared: DeclaredDialect) {
      self.input = input
      self.output = output
      self.declared = declared
    }
  }

  /// What was read, and what had to be decided on the way.
  package struct Report: Sendable {
    package let detection: Detection
    package fileprivate(set) var records: UInt64 = 0
    /// The first hundred; the others are only counted.
    package fileprivate(set) var rejects: [Reject] = []
    package fileprivate(set) var rejected: UInt64 = 0
    package fileprivate(set) var irregularities = RecordChunk.Irregularities()

    fileprivate init(detection: Detection) { self.detection = detection }
  }

  fileprivate static let keptRejects = 100
  private static let chunkBytes = 1 << 20

  private let configuration: Configuration

  package init(_ configuration: Configuration) { self.configuration = configuration }

  /// - Throws: ``RunFailure``; no file is written then.
  package func run() throws(RunFailure) -> Report {
    try OutputOverlap(input: configuration.input, output: configuration.output).check()
    let (reader, detection) = try open()
    var report = Report(detection: detection)
    do {
      let output = try ReplacedFile(path: configuration.output)
      try copy(reader, to: output, &report)
      _ = try reader.finish()
      try output.commit()
    } catch let error as IngestError {
      throw .ingest(error)
    } catch let error as PublishError {
      throw .publish(error)
    } catch {
      preconditionFailure("no other error is thrown above")
    }
    return report
  }

  private func open() throws(RunFailure) -> (ChunkReader, Detection) {
    do {
      let items = try InputExpansion.items(
        at: configuration.input, pattern: configuration.member)
      guard items.count == 1, let item = items.first else {
        throw IngestError.archive(
          path: configuration.input, .severalMembers(items.compactMap(\.member)))
      }
      let reader = try InputReader(item, hashesWhole: false, limits: configuration.limits)
      let start = try reader.peek(Detector.sampleBytes)
      let detection = try Detector.detect(
        start: start, isWhole: start.count < Detector.sampleBytes,
        declared: configuration.declared)
      var dialect = detection.dialect
      dialect.quote = configuration.quote
      dialect.isStrict = configuration.isStrict
      if configuration.isUnguarded { dialect.isGuarded = true }
      let chunks = try ChunkReader(
        reader, input: 0, dialect: dialect, limits: configuration.limits,
        chunkBytes: CleanRun.chunkBytes)
      return (chunks, detection)
    } catch let error as IngestError {
      throw .ingest(error)
    } catch let error as DetectionError {
      throw .detection(error, path: configuration.input)
    } catch {
      preconditionFailure("no other error is thrown above")
    }
  }

  private func copy(
    _ reader: ChunkReader, to output: ReplacedFile, _ report: inout Report
  ) throws {
    let headers = try reader.readHeader(skipping: configuration.skippedRecords)
    let width = headers.first?.count ?? 0
    try output.write(header(headers, width: width))
    let columns = ColumnSelection(width: width, wanted: Array(0..<width), headers: headers)
    let batch = RecordBatch()
    let parser = ChunkParser()
    let chunk = RecordChunk()
    while try reader.next(into: chunk) {
      if let offset = batch.fill(from: chunk, columns: columns, parser: parser) {
        throw IngestError.readersDisagree(path: configuration.input, byteOffset: offset)
      }
      try output.write(records(batch, width: width))
      report.add(batch)
    }
  }

  /// Several header records become one: a column's texts, joined with spaces.
  private func header(_ headers: [[String]], width: Int) -> [UInt8] {
    var csv = CSVRecord()
    for column in 0..<width {
      let texts = headers.compactMap { $0.indices.contains(column) ? $0[column] : nil }
      append(texts.filter { !$0.isEmpty }.joined(separator: " "), to: &csv, width: width)
    }
    csv.endRecord()
    return csv.bytes
  }

  private func records(_ batch: RecordBatch, width: Int) -> [UInt8] {
    var csv = CSVRecord()
    for record in 0..<batch.count {
      for slot in 0..<width {
        let field = batch.field(record: record, slot: slot)
        append(String(decoding: field, as: UTF8.self), to: &csv, width: width)
      }
      csv.endRecord()
    }
    return csv.bytes
  }

  /// Quotes what would be read differently without: spaces at a field's edges, and the empty field
  /// that is a whole record.
  private func append(_ text: String, to csv: inout CSVRecord, width: Int) {
    let edges = [text.utf8.first, text.utf8.last]
    let hasEdgeSpace = edges.contains(UInt8(ascii: " ")) || edges.contains(UInt8(ascii: "\t"))
    csv.appendField(
      configuration.isGuarded ? FormulaGuard.guarded(text) : text,
      isQuoted: hasEdgeSpace || (width == 1 && text.isEmpty))
  }
}

extension CleanRun.Report {
  fileprivate mutating func add(_ batch: RecordBatch) {
    records += UInt64(batch.count)
    rejected += UInt64(batch.rejects.count)
    rejects += batch.rejects.prefix(max(0, CleanRun.keptRejects - rejects.count))
    irregularities.merge(batch.irregularities)
  }
}
