import Detection
import Documents
import Ingest
import MaturityModel
import Normalize
import SurveyMapping
import TextFolding

/// Whether a survey file fits an export: what it names and the export lacks, and what the export
/// holds and it does not know. Nothing is scored.
package struct SurveyCheck: Sendable {
  /// The export, by its base name.
  package let source: String
  package let detection: Detection
  package let survey: Survey
  package let model: MaturityModel
  /// Columns that the survey file names and the export lacks; nothing else is known then.
  package let faults: DocumentFaults?
  package internal(set) var fates = CheckedFates()
  /// Per question of the survey file.
  package internal(set) var questions: [CheckedQuestion] = []
  /// Keys of `values` that the export does not hold.
  package internal(set) var unseenValues: [UnseenText] = []
  /// Questions of the export that the survey file does not use.
  package internal(set) var unused: [InspectedQuestion] = []

  /// Reads an export once, as a run would: no encoding is applied that was not declared.
  package init(
    _ request: ExportRequest, survey: Survey, model: MaturityModel
  ) throws(InspectionFailure) {
    let export = try ExportSource(request, appliesProposal: false)
    source = export.name
    detection = export.detection
    self.survey = survey
    self.model = model
    let header = export.header
    let binding: ColumnBinding
    do {
      binding = try ColumnBinding(
        survey: survey, names: header.names, labels: header.labels,
        sharesNames: header.sharesNames, source: export.name)
    } catch {
      faults = error
      return
    }
    faults = nil
    try read(export, binding)
  }

  private mutating func read(
    _ export: ExportSource, _ binding: ColumnBinding
  ) throws(InspectionFailure) {
    let groups = QuestionGroup.groups(of: export.columns)
    let profiler = ExportProfiler(source: export, groups: groups.map(\.all), model: model)
    let plan = NormalizationPlan(
      survey: survey, model: model, binding: binding, header: export.header)
    let reader = CheckReader(plan, columns: export.columns)
    try export.forEachChunk { profiler.add($0) ?? reader.add($0) }
    let inspection = Inspection(export, groups, profiler.finish(), model)
    fates = reader.fates
    let uses = reader.finish(freeText: freeTextColumns(inspection))
    questions = zip(survey.questions, zip(binding.questions, uses)).map { question, found in
      CheckedQuestion(
        question, columns: found.0, use: found.1, export: export.columns, model: model)
    }
    unseenValues = UnseenText.values(survey, binding, inspection)
    unused = unusedQuestions(inspection, binding)
  }

  private func freeTextColumns(_ inspection: Inspection) -> Set<Int> {
    var columns = Set(inspection.questions.filter { $0.kind == .freeText }.flatMap(\.columns))
    columns.formUnion(inspection.questions.flatMap(\.otherTexts))
    return columns
  }

  /// Those with options, none of whose columns is read or expressly left out.
  private func unusedQuestions(
    _ inspection: Inspection, _ binding: ColumnBinding
  ) -> [InspectedQuestion] {
    let used = Set(binding.wantedColumns)
    let excepted = Set(survey.questions.flatMap(\.except))
    return inspection.questions.filter { question in
      question.kind.hasOptions
        && !question.columns.contains {
          used.contains($0) || excepted.contains(inspection.columns[$0].name)
        }
    }
  }
}

/// What became of an export's records.
package struct CheckedFates: Sendable {
  package internal(set) var read: UInt64 = 0
  /// Records that the answers were looked up in; duplicates among them.
  package internal(set) var kept: UInt64 = 0
  /// Per keep rule, in the order of the survey file.
  package internal(set) var filtered: [UInt64] = []
  package internal(set) var rejects = RejectCounts()
}

/// One question of the survey file in the light of the data.
package struct CheckedQuestion: Sendable {
  package let id: String
  package let answered: UInt64
  /// Answers that a term, or the survey file, knows.
  package let matched: UInt64
  /// Those of them that are terms, or decide a scale: not what the survey file files under `none`
  /// and `other`.
  package let named: UInt64
  /// Answers that match nothing and were given more than once, most frequent first; folded.
  package let unmatched: [TextCount]
  /// Occurrences of other unmatched answers: given once, or in somebody's own words.
  package let withheld: UInt64
  /// Texts of the survey file that the export holds neither as an answer nor as an option.
  package let unseen: [UnseenText]

  init(
    _ question: Question, columns: [Int], use: QuestionUse, export: [ExportColumn],
    model: MaturityModel
  ) {
    id = question.id
    answered = use.answered
    matched = use.matched
    named = use.named
    let texts = use.unmatched.map { TextCount(text: $0.key, folded: $0.key, count: $0.value) }
      .sorted { ($1.count, $0.folded) < ($0.count, $1.folded) }
    unmatched = texts.filter { $0.count > 1 }
    withheld = use.uncounted + texts.reduce(0) { $0 + ($1.count == 1 ? 1 : 0) }
    let options = columns.flatMap { [export[$0].label, export[$0].option ?? ""] }
    let known = use.seen.union(options.map(TextFolding.fold))
    let names = unmatched.map(\.text)
    unseen = question.declaredTexts.subtracting(known).sorted().map {
      UnseenText(
        place: "questions.\(question.id)", text: $0,
        closest: closest(to: $0, among: names, limit: 1).first)
    }
  }

  /// All answers that match nothing.
  package var unmatchedInTotal: UInt64 { unmatched.reduce(withheld) { $0 + $1.count } }
}

/// A text of the survey file that the export does not hold: perhaps it changed.
package struct UnseenText: Hashable, Sendable {
  package let place: String
  package let text: String
  /// An answer of the export that nothing matches and that it may have become.
  package let closest: String?

  /// Keys of `values` that never occur, where the column's texts are all known.
  static func values(
    _ survey: Survey, _ binding: ColumnBinding, _ inspection: Inspection
  ) -> [UnseenText] {
    let segments = zip(survey.segments, binding.segments).map {
      ("segments.\($0.id)", Array($0.values.keys), $1)
    }
    let metrics = zip(survey.metrics, binding.metrics).map {
      ("metrics.\($0.id)", Array($0.values.keys), $1)
    }
    return (segments + metrics).flatMap { place, keys, column -> [UnseenText] in
      let profile = inspection.profiles[column]
      if profile.uncounted > 0 { return [] }
      let seen = Set(profile.texts.map(\.folded) + profile.missing.keys.map(TextFolding.fold))
      let others = seen.subtracting(keys).sorted()
      return keys.filter { !$0.isEmpty && !seen.contains($0) }.sorted().map {
        UnseenText(
          place: place, text: $0, closest: Documents.closest(to: $0, among: others, limit: 1).first)
      }
    }
  }
}
