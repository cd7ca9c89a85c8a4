import Fingerprint

@testable import Ingest

/// What Python prints for an export, worked out from stagecraft's reading of it.
struct FieldDigest {
  private(set) var text = ""

  /// - Parameter kernel: nil: libcsv alone.
  init(of export: RealExport, kernel: SeparatorKernel?) throws {
    let dialect = Dialect(delimiter: export.delimiter, encoding: export.encoding)
    let reader = try ChunkReader(
      InputReader(path: export.path), input: 0, dialect: dialect, limits: IngestLimits(),
      chunkBytes: 1 << 20, kernel: kernel)
    guard let header = try FieldDigest.header(reader) else {
      var nothing = SHA256()
      text = "None 0 0 " + nothing.hexadecimal()
      return
    }
    var digest = SHA256()
    var (count, others) = (1, 0)
    digest.update(fields: header)
    let columns = ColumnSelection(width: header.count, wanted: Array(header.indices))
    let (batch, parser) = (RecordBatch(), ChunkParser())
    let chunk = RecordChunk()
    while try reader.next(into: chunk) {
      precondition(batch.fill(from: chunk, columns: columns, parser: parser) == nil)
      count += batch.count
      others += batch.rejects.count
      for record in 0..<batch.count { digest.update(batch, record, width: header.count) }
    }
    _ = try reader.finish()
    text = "\(header.count) \(count) \(others) " + digest.hexadecimal()
  }

  /// Nil where the export holds nothing but blank lines.
  private static func header(_ reader: ChunkReader) throws -> [String]? {
    do {
      return try reader.readHeader().first
    } catch IngestError.isEmpty {
      return nil
    }
  }
}

extension SHA256 {
  fileprivate mutating func update(fields: [String]) {
    var bytes: [UInt8] = []
    for field in fields {
      Array(field.utf8).withUnsafeBufferPointer { bytes += trimmed($0) }
      bytes.append(0x1F)
    }
    bytes[bytes.count - 1] = 0x1E
    bytes.withUnsafeBytes { update($0) }
  }

  fileprivate mutating func update(_ batch: RecordBatch, _ record: Int, width: Int) {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(16 * width)
    for slot in 0..<width {
      bytes += trimmed(batch.field(record: record, slot: slot))
      bytes.append(0x1F)
    }
    bytes[bytes.count - 1] = 0x1E
    bytes.withUnsafeBytes { update($0) }
  }
}

/// Without spaces and tabs at both ends, as Python's `strip(" \t")`.
private func trimmed(_ field: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
  var (low, high) = (0, field.count)
  while low < high, field[low] == 32 || field[low] == 9 { low += 1 }
  while low < high, field[high - 1] == 32 || field[high - 1] == 9 { high -= 1 }
  return UnsafeBufferPointer(rebasing: field[low..<high])
}
