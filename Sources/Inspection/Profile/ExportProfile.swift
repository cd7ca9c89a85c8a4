import Detection
import Ingest
import MaturityModel
import SurveyMapping

/// What one pass over an export's records shows.
struct ExportProfile: Sendable {
  let columns: [ColumnProfile]
  /// Per group of columns: responses with an answer in any of them.
  let answered: [UInt64]
  /// Per group of columns: responses with more than "not chosen" in any of them.
  let ticked: [UInt64]
  /// Records that were read, rejects not among them.
  let responses: UInt64
  let rejects: RejectCounts
  let irregularities: RecordChunk.Irregularities
}

/// Rejected records by reason, with the first of each.
package struct RejectCounts: Hashable, Sendable {
  package private(set) var byReason: [RejectReason: UInt64] = [:]
  package private(set) var first: [RejectReason: Reject] = [:]

  package var total: UInt64 { byReason.values.reduce(0, +) }

  mutating func add(_ reject: Reject) {
    byReason[reject.reason, default: 0] += 1
    if first[reject.reason] == nil { first[reject.reason] = reject }
  }
}

/// Reads an export's records into a profile of its columns. Memory is bounded, whatever is in them.
final class ExportProfiler {
  private let tallies: [ColumnTally]
  private let groupOfColumn: [Int]
  private let selection: ColumnSelection
  private let records = RecordBatch()
  private let parser = ChunkParser()
  private var answered: [UInt64]
  private var ticked: [UInt64]
  private var seen: [(answered: UInt64, ticked: UInt64)]
  private var responses: UInt64 = 0
  private var rejects = RejectCounts()
  private var irregularities = RecordChunk.Irregularities()

  /// - Parameter groups: columns that belong together.
  init(source: ExportSource, groups: [[Int]], model: MaturityModel) {
    let profile = source.detection.vendor.profile
    let separators = ExportProfiler.separators(profile)
    let missing = MissingTexts.candidates(of: profile)
    let splitter = PieceSplitter(known: model.termByAlias.keys)
    let budget = TextBudget()
    tallies = source.columns.map { _ in
      ColumnTally(missing: missing, separators: separators, splitter: splitter, budget: budget)
    }
    var groupOfColumn = [Int](repeating: -1, count: source.columns.count)
    for (group, columns) in groups.enumerated() {
      for column in columns { groupOfColumn[column] = group }
    }
    self.groupOfColumn = groupOfColumn
    selection = ColumnSelection(
      width: source.header.width, wanted: Array(source.columns.indices),
      headers: source.header.records)
    answered = Array(repeating: 0, count: groups.count)
    ticked = answered
    seen = Array(repeating: (0, 0), count: groups.count)
  }

  /// The usual ones; a space only where the vendor joins with it.
  private static func separators(_ profile: VendorProfile) -> [Separator] {
    let usual = Separator.allCases.filter { $0 != .space }
    switch profile.multiSelect {
    case .joined(let text), .both(let text):
      return Separator.declared(text) == .space ? usual + [.space] : usual
    case .optionLabels, .optionTicks: return usual
    }
  }

  /// Takes in a chunk; returns the offset where the readers disagree, if they do.
  func add(_ chunk: RecordChunk) -> UInt64? {
    if let byteOffset = records.fill(from: chunk, columns: selection, parser: parser) {
      return byteOffset
    }
    for reject in records.rejects { rejects.add(reject) }
    irregularities.merge(chunk.irregularities)
    for record in 0..<records.count { add(record) }
    return nil
  }

  private func add(_ record: Int) {
    responses += 1
    for column in tallies.indices {
      let verdict = tallies[column].add(records.field(record: record, slot: column))
      let group = groupOfColumn[column]
      guard verdict != .missing, group >= 0 else { continue }
      if seen[group].answered != responses {
        seen[group].answered = responses
        answered[group] += 1
      }
      if verdict == .given, seen[group].ticked != responses {
        seen[group].ticked = responses
        ticked[group] += 1
      }
    }
  }

  func finish() -> ExportProfile {
    ExportProfile(
      columns: tallies.map { $0.finish() }, answered: answered, ticked: ticked,
      responses: responses, rejects: rejects, irregularities: irregularities)
  }
}

/// Whole fields that usually mean "no answer".
enum MissingTexts {
  /// What a draft lists under `missing` where it is seen.
  static func candidates(of profile: VendorProfile) -> Set<String> {
    var texts = SourceDeclaration.usualMissing.union(profile.unanswered)
    // Qualtrics leaves blanks blank: a typed NA is an answer there (qualtRics 3.1.6).
    if profile.vendor == .qualtrics || profile.vendor == .qualtricsLegacy { texts.remove("NA") }
    return texts
  }
}
