import Aggregate
import Detection
import Ingest
import Normalize
import Publish
import SurveyMapping

/// Everything a run can be told, with its defaults.
package struct RunConfiguration: Sendable {
  package var inputs: [String]
  package var surveyFile: String
  /// A built-in model's id or a file; nil: what the survey file names.
  package var model: String?
  package var outputDirectory: String
  /// Which members of an archive to read, where several hold data; `*` and `?` as in a shell.
  package var member: String?
  /// Overrides the vendor that the survey file names.
  package var vendor: String?
  package var writesRespondents = false
  package var writesReport = true
  /// How the CSV files are written.
  package var profile = CSVProfile.bi
  /// Every thread that reads, parses or scores.
  package var jobs: Int
  package var isStrict = false
  package var rejectLimit = RejectLimit.standard
  /// Large enough that handing a chunk over costs nothing, small enough that a window of them does
  /// not matter in memory.
  package var chunkBytes = 256 << 10
  package var hashesInputs = false
  package var reader = ChunkReader.Method.hybrid
  package var limits = IngestLimits()
  package var textLimits = TextLimits()
  /// Also keeps the refused records themselves.
  package var writesRawRejects = false
  /// Tables that take time or memory of their own.
  package var analyses: Set<Analysis> = []
  /// No published number tells of fewer responses; nil: any number may be told.
  package var minimumCell: UInt64?
  /// As typed, for the run report.
  package var command: [String]

  package init(
    inputs: [String], surveyFile: String, outputDirectory: String, jobs: Int, command: [String]
  ) {
    self.inputs = inputs
    self.surveyFile = surveyFile
    self.outputDirectory = outputDirectory
    self.jobs = jobs
    self.command = command
  }

  /// How many rejects a run may have and still be published.
  package enum RejectLimit: Hashable, Sendable {
    case count(UInt64)
    /// In parts per million of the records read; looked at only once a hundred were read.
    case share(partsPerMillion: UInt64)

    /// Five in a hundred: more is hardly a few broken records, but a wrong delimiter or survey file.
    package static let standard = RejectLimit.share(partsPerMillion: 50_000)

    /// Reads `25`, `5%`, `0.5%`; nil for anything else.
    package init?(_ text: String) {
      guard text.hasSuffix("%") else {
        guard let count = UInt64(text) else { return nil }
        self = .count(count)
        return
      }
      let parts = text.dropLast().split(separator: ".", omittingEmptySubsequences: false)
      let fraction = parts.count == 2 ? String(parts[1]) : ""
      guard parts.count <= 2, let whole = UInt64(parts[0]), whole <= 100, fraction.count <= 4,
        let digits = UInt64(fraction + String(repeating: "0", count: 4 - fraction.count))
      else { return nil }
      self = .share(partsPerMillion: whole * 10_000 + digits)
    }

    package var text: String {
      switch self {
      case .count(let count): String(count)
      case .share(let partsPerMillion):
        partsPerMillion % 10_000 == 0
          ? "\(partsPerMillion / 10_000)%" : "\(Double(partsPerMillion) / 10_000)%"
      }
    }

    /// Whether so many rejects are too many.
    package func isExceeded(read: UInt64, rejected: UInt64) -> Bool {
      switch self {
      case .count(let count): rejected > count
      case .share(let partsPerMillion):
        read >= 100 && rejected * 1_000_000 > read * partsPerMillion
      }
    }
  }
}

extension RunConfiguration {
  /// The options as the run report lists them. Those that cannot change a result are left to the
  /// command line.
  var reported: [(key: String, value: JSONValue)] {
    [
      ("respondents", .bool(writesRespondents)), ("strict", .bool(isStrict)),
      ("rejects_raw", .bool(writesRawRejects)), ("profile", .string(profile.rawValue)),
      ("analyses", .strings(Analysis.allCases.filter(analyses.contains).map(\.rawValue))),
      ("max_rejects", .string(rejectLimit.text)), ("jobs", .integer(jobs)),
      ("chunk_bytes", .integer(chunkBytes)), ("record_bytes", .integer(limits.recordBytes)),
      ("record_fields", .integer(limits.fields)), ("quoted_lines", .integer(limits.quotedLines)),
      ("segment_values", .integer(textLimits.segmentValues)),
      ("organisations", .integer(textLimits.organisations)),
      ("unmapped_texts", .integer(textLimits.unmappedTexts)),
      ("expanded_bytes", .integer(limits.expandedBytes)), ("reader", .string(reader.rawValue)),
    ] + (minimumCell.map { [(OutputNames.minimumCell, .integer($0))] } ?? [])
  }
}

extension RunConfiguration {
  /// What the command line and the survey file say of how the inputs are to be read.
  func declaredDialect(_ source: SourceDeclaration) throws(RunFailure) -> DeclaredDialect {
    var declared = DeclaredDialect(
      delimiter: source.delimiter, headerRecords: source.headerRecords,
      labelRecord: source.labelRecord)
    declared.encoding = source.encoding.flatMap { CharacterEncoding(rawValue: $0.rawValue) }
    if let name = vendor ?? source.vendor {
      guard let known = Vendor(rawValue: name) else {
        throw .unknownVendor(name, isOption: vendor != nil)
      }
      declared.vendor = known
    }
    return declared
  }
}
