import Detection
import Ingest
import TextFolding

/// Which export is looked at, and what is said of it beforehand.
package struct ExportRequest: Sendable {
  /// A path; `-` is standard input.
  package var path: String
  package var declared = DeclaredDialect()
  /// Which member of an archive, where several hold data.
  package var member: String?
  package var limits = IngestLimits()
  package var chunkBytes = 1 << 20

  package init(path: String) { self.path = path }
}

/// Why an export cannot be looked at.
package enum InspectionFailure: Error, Hashable, Sendable {
  case ingest(IngestError)
  case detection(DetectionError, path: String)
}

/// One opened export: how it is read, what its columns are, and its records in chunks.
///
/// Used by one thread at a time; read once, from the first byte to the last.
final class ExportSource {
  /// The base name, with the member of an archive.
  let name: String
  let detection: Detection
  /// As detected; with the proposed encoding where that is applied.
  let dialect: Dialect
  /// The file is not in the encoding it would be read with, and is read as proposed instead.
  let isReadAsProposed: Bool
  let header: HeaderRecords
  let columns: [ExportColumn]
  private let reader: ChunkReader

  /// - Parameter appliesProposal: read a file that is not UTF-8 with the encoding that fits better.
  init(_ request: ExportRequest, appliesProposal: Bool) throws(InspectionFailure) {
    let item = try ExportSource.item(request)
    let (input, detection) = try ExportSource.open(item, request)
    var dialect = detection.dialect
    let proposal = appliesProposal && request.declared.encoding == nil
    if proposal, let proposed = detection.encodingProposal { dialect.encoding = proposed.encoding }
    isReadAsProposed = dialect.encoding != detection.dialect.encoding
    let records: [[String]]
    do {
      reader = try ChunkReader(
        input, input: 0, dialect: dialect, limits: request.limits, chunkBytes: request.chunkBytes)
      records = try reader.readHeader()
    } catch {
      throw .ingest(error)
    }
    let file = SourceNames.names(for: [item.path])[0]
    name = item.member.map { file + "!" + $0 } ?? file
    self.detection = detection
    self.dialect = dialect
    header = HeaderRecords(records: records, labelRecord: dialect.labelRecord)
    columns = ExportColumn.columns(header, records, detection.vendor.profile)
  }

  private static func item(_ request: ExportRequest) throws(InspectionFailure) -> InputItem {
    do throws(IngestError) {
      let items = try InputExpansion.items(at: request.path, pattern: request.member)
      if items.count > 1 {
        throw .archive(path: request.path, .severalMembers(items.compactMap(\.member)))
      }
      return items.first ?? InputItem(path: request.path)
    } catch {
      throw .ingest(error)
    }
  }

  private static func open(
    _ item: InputItem, _ request: ExportRequest
  ) throws(InspectionFailure) -> (InputReader, Detection) {
    let reader: InputReader
    let start: [UInt8]
    do throws(IngestError) {
      reader = try InputReader(item, hashesWhole: false, limits: request.limits)
      start = try reader.peek(Detector.sampleBytes)
    } catch {
      throw .ingest(error)
    }
    do {
      let detection = try Detector.detect(
        start: start, isWhole: start.count < Detector.sampleBytes, declared: request.declared)
      return (reader, detection)
    } catch {
      throw .detection(error, path: item.path)
    }
  }

  /// Hands over all records, in order.
  func forEachChunk(_ body: (RecordChunk) -> UInt64?) throws(InspectionFailure) {
    do throws(IngestError) {
      let chunk = RecordChunk()
      while try reader.next(into: chunk) {
        if let byteOffset = body(chunk) {
          throw .readersDisagree(path: name, byteOffset: byteOffset)
        }
      }
      _ = try reader.finish()
    } catch {
      throw .ingest(error)
    }
  }
}

/// A column as the header describes it.
package struct ExportColumn: Hashable, Sendable {
  /// From 0.
  package let index: Int
  /// What a survey file calls it; may be empty, and several columns may share it.
  package let name: String
  /// What a run takes for the option's name where a field holds only a tick.
  package let label: String
  package let question: String
  /// Columns with the same key belong to one question.
  package let key: String
  package let option: String?
  package let isMetadata: Bool
  package let isOtherText: Bool

  static func columns(
    _ header: HeaderRecords, _ records: [[String]], _ profile: VendorProfile
  ) -> [ExportColumn] {
    let identities = profile.columns(of: records)
    return header.names.indices.map { index in
      let identity = identities.indices.contains(index) ? identities[index] : nil
      let name = header.names[index]
      return ExportColumn(
        index: index, name: name, label: header.labels[index],
        question: identity.map(\.question) ?? name,
        key: identity.map(\.questionKey) ?? "column \(index + 1)", option: identity?.option,
        isMetadata: identity?.isMetadata ?? false, isOtherText: identity?.isOtherText ?? false)
    }
  }
}
