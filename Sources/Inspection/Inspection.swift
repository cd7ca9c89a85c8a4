import Detection
import Ingest
import MaturityModel

/// What an export is: how it is read, and what it asks.
package struct Inspection: Sendable {
  /// The base name of the file.
  package let source: String
  package let detection: Detection
  /// As the records were read.
  package let dialect: Dialect
  /// The file is not in the encoding it would be read with, and was read as proposed instead.
  package let isReadAsProposed: Bool
  package let columns: [ExportColumn]
  package let profiles: [ColumnProfile]
  /// In the order of their first columns.
  package let questions: [InspectedQuestion]
  package let responses: UInt64
  package let rejects: RejectCounts
  package let irregularities: RecordChunk.Irregularities
  package let model: MaturityModel

  /// Reads an export once, in bounded memory.
  ///
  /// A file that is not UTF-8 is read with the encoding that fits better; ``isReadAsProposed`` says
  /// so, and a run does so only where it is declared.
  package init(_ request: ExportRequest, model: MaturityModel) throws(InspectionFailure) {
    let source = try ExportSource(request, appliesProposal: true)
    let groups = QuestionGroup.groups(of: source.columns)
    let profiler = ExportProfiler(source: source, groups: groups.map(\.all), model: model)
    try source.forEachChunk { profiler.add($0) }
    self.init(source, groups, profiler.finish(), model)
  }

  init(
    _ source: ExportSource, _ groups: [QuestionGroup], _ profile: ExportProfile,
    _ model: MaturityModel
  ) {
    let finder = QuestionFinder(
      columns: source.columns, profile: profile, vendor: source.detection.vendor.profile,
      model: model)
    self.source = source.name
    detection = source.detection
    dialect = source.dialect
    isReadAsProposed = source.isReadAsProposed
    columns = source.columns
    profiles = profile.columns
    questions = groups.enumerated().flatMap { place, group in
      finder.questions(
        group, answered: profile.answered[place], ticked: profile.ticked[place])
    }
    responses = profile.responses
    rejects = profile.rejects
    irregularities = profile.irregularities
    self.model = model
  }
}
