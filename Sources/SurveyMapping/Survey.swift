import Documents
import MaturityModel
import Statistics

/// How the columns of one questionnaire map onto a maturity model.
///
/// Built from a survey file only if nothing in it is wrong. Texts that match folded are stored
/// folded; criteria and terms are stored as their indexes in the model.
package struct Survey: Sendable {
  /// The survey's name in results.
  package let id: String
  /// For people.
  package let title: String?
  /// What the file says about the model: a built-in id, or a path relative to the survey file.
  package let modelReference: String?
  /// How the export is written.
  package let source: SourceDeclaration
  /// Tested in this order; a record that fails one is filtered.
  package let keep: [KeepRule]
  /// What identifies and weighs a respondent.
  package let respondent: Respondent
  /// In file order.
  package let segments: [Segment]
  /// In file order.
  package let metrics: [Metric]
  /// Where respondents place themselves; nil where nobody asked.
  package let selfAssessed: SelfAssessed?
  /// In file order.
  package let questions: [Question]
  /// How much must be asked and answered.
  package let thresholds: Thresholds
  /// What the tables count.
  package let unit: Unit
  /// Nil where the weights are taken as they are.
  package let rake: Rake?
  /// Path of a column's name in the file → where it stands, for what is found to be wrong with it
  /// only when an export is there.
  let columnPositions: [String: Position]

  /// Reads and validates a survey file.
  ///
  /// - Parameter source: the file's name as shown to people.
  /// - Throws: every fault of the file at once.
  package init(yaml: [UInt8], source: String, model: MaturityModel) throws(DocumentFaults) {
    self = try DocumentReader.read(yaml, source: source) { root in
      Survey(document: root, model: model)
    }
  }

  /// What the file says about the model, before any model is loaded; nil where it says nothing.
  package static func modelReference(
    yaml: [UInt8], source: String
  ) throws(DocumentFaults) -> String? {
    try DocumentReader.read(yaml, source: source) { root in
      guard let value = root.peek("model"), !value.isNull else { return nil }
      return value.nonEmptyText()
    }
  }

  init(
    id: String, title: String?, modelReference: String?, source: SourceDeclaration,
    keep: [KeepRule], respondent: Respondent, segments: [Segment], metrics: [Metric],
    selfAssessed: SelfAssessed?, questions: [Question], thresholds: Thresholds, unit: Unit,
    rake: Rake?, columnPositions: [String: Position]
  ) {
    self.id = id
    self.title = title
    self.modelReference = modelReference
    self.source = source
    self.keep = keep
    self.respondent = respondent
    self.segments = segments
    self.metrics = metrics
    self.selfAssessed = selfAssessed
    self.questions = questions
    self.thresholds = thresholds
    self.unit = unit
    self.rake = rake
    self.columnPositions = columnPositions
  }
}

extension Survey {
  /// The questions whose grades count: only where several respondents are put together.
  package var gradedQuestions: [Int] {
    respondent.organisation == nil ? [] : questions.indices.filter { !questions[$0].grades.isEmpty }
  }

  /// What stands at a stage: one respondent, or all of an organisation together.
  package enum Unit: String, CaseIterable, Hashable, Sendable {
    case respondent, organisation
  }
}

/// When a stage can be told from this questionnaire, and when a response from its answers.
package struct Thresholds: Hashable, Sendable {
  /// The share of observable requirements that must be known, or else a response with an
  /// undetermined stage is not scored.
  package let minAnswered: Billionths
  /// The share of a stage's requirements that must be observable for the stage to be assessable.
  package let minObservable: Billionths
  /// What becomes of requirements that are not observable.
  package let unobservable: Unobservable

  /// What becomes of a requirement that the questionnaire cannot deny.
  package enum Unobservable: String, CaseIterable, Hashable, Sendable {
    /// It is dropped, unless it is true anyway.
    case waive
    /// It is unknown.
    case unknown
  }
}
