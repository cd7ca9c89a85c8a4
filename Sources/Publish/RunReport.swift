import Aggregate
import Ingest
import MaturityModel
import SurveyMapping

/// Everything `run.json` says: what was run, on what, what came of it. The only output with a clock.
package struct RunReport: Sendable {
  package static let schema = "stagecraft/run/1"

  package struct Input: Sendable {
    package var path: String
    /// The short name used in `source` columns.
    package var source: String
    package var bytes: UInt64
    package var fingerprint: String
    package var sha256: String?
    package var dialect: Dialect
    package var detection: String
    package var columns: Int
    package var accounting: Accounting
    package var irregularities: RecordChunk.Irregularities

    package init(
      path: String, source: String, bytes: UInt64, fingerprint: String, sha256: String?,
      dialect: Dialect, detection: String, columns: Int, accounting: Accounting,
      irregularities: RecordChunk.Irregularities
    ) {
      self.path = path
      self.source = source
      self.bytes = bytes
      self.fingerprint = fingerprint
      self.sha256 = sha256
      self.dialect = dialect
      self.detection = detection
      self.columns = columns
      self.accounting = accounting
      self.irregularities = irregularities
    }
  }

  package struct Timing: Sendable {
    package var name: String
    package var seconds: Double

    package init(name: String, seconds: Double) {
      self.name = name
      self.seconds = seconds
    }
  }

  package var version: String
  /// Of the letter cases, and of the compatibility forms: texts are compared by both.
  package var unicodeVersion: String
  package var compatibilityVersion: String
  package var command: [String]
  package var startedAt: String
  package var finishedAt = ""
  package var options: [(key: String, value: JSONValue)]
  package var modelFile: String
  package var surveyFile: String
  package var tally: Tally
  package var inputs: [Input]
  package var repeatedInputs: [RepeatedInput] = []
  package var outputs: [PublishedFile] = []
  package var timings: [Timing] = []
  package var workers: [WorkerTimes] = []
  /// Nil where everything may be published.
  package var disclosure: Disclosure?

  package init(
    version: String, unicodeVersion: String, compatibilityVersion: String, command: [String],
    startedAt: String,
    options: [(key: String, value: JSONValue)], modelFile: String, surveyFile: String,
    tally: Tally, inputs: [Input]
  ) {
    self.version = version
    self.unicodeVersion = unicodeVersion
    self.compatibilityVersion = compatibilityVersion
    self.command = command
    self.startedAt = startedAt
    self.options = options
    self.modelFile = modelFile
    self.surveyFile = surveyFile
    self.tally = tally
    self.inputs = inputs
  }
}

/// An input that was given before, maybe under another name.
package struct RepeatedInput: Hashable, Sendable {
  private let path: String
  private let first: String

  package init(path: String, first: String) {
    (self.path, self.first) = (path, first)
  }

  /// What it means, for people.
  package var warning: String {
    path == first
      ? "\(path) was given more than once, and counted each time."
      : "\(path) is the same file as \(first), and was counted once more."
  }
}

extension RunReport {
  package var document: JSONValue {
    .object([
      ("schema", .string(RunReport.schema)),
      ("stagecraft", programDocument),
      ("command", .strings(command)),
      ("started_at", .string(startedAt)),
      ("finished_at", .string(finishedAt)),
      ("model", modelDocument),
      ("survey", surveyDocument),
      ("options", .object(options)),
      ("inputs", .array(inputs.map { document(of: $0) })),
      (
        "accounting",
        RunReport.document(of: fates, survey: tally.shape.survey)
      ),
      ("questionnaire", questionnaireDocument),
      ("raking", rakingDocument),
      ("warnings", .strings(RunWarnings(report: self).texts)),
      ("outputs", .array(outputs.map(document))),
      ("timings", .object(timings.map { ($0.name, .number(milliseconds($0.seconds))) })),
      ("workers", .array(workers.map(document))),
    ])
  }

  /// What became of all records, as far as it may be told.
  package var fates: DisclosedFates { DisclosedFates(of: tally, disclosure) }

  static func document(of fates: DisclosedFates, survey: Survey) -> JSONValue {
    let count = { (count: UInt64?) in count.map { JSONValue.integer($0) } ?? .null }
    return .object([
      ("read", count(fates.read)),
      ("scored", count(fates.scored)),
      ("unscored", count(fates.unscored)),
      ("filtered", count(fates.filteredInTotal)),
      ("duplicate", count(fates.duplicate)),
      ("rejected", count(fates.rejected)),
      (
        "filtered_by",
        .object(zip(survey.keep, fates.filtered).map { ($0.id, count($1)) })
      ),
    ])
  }

  private var programDocument: JSONValue {
    .object([
      ("version", .string(version)), ("unicode_case", .string(unicodeVersion)),
      ("unicode_nfkc", .string(compatibilityVersion)),
    ])
  }

  private var modelDocument: JSONValue {
    let model = tally.shape.model
    return .object([
      ("id", .string(model.id)), ("version", .string(model.version)), ("file", .string(modelFile)),
    ])
  }

  private var surveyDocument: JSONValue {
    .object([
      ("id", .string(tally.shape.survey.id)), ("file", .string(surveyFile)),
      ("unit", .string(tally.shape.survey.unit.rawValue)),
    ])
  }

  private func document(of input: Input) -> JSONValue {
    .object([
      ("path", .string(input.path)),
      ("source", .string(input.source)),
      ("bytes", .integer(input.bytes)),
      ("xxh3_128_per_256_kib", .string(input.fingerprint)),
      ("sha256", .optional(input.sha256)),
      ("detection", .string(input.detection)),
      ("encoding", .string(input.dialect.encoding.rawValue)),
      ("delimiter", .string(String(UnicodeScalar(input.dialect.delimiter)))),
      ("header_records", .integer(input.dialect.headerRecords)),
      ("label_record", .integer(input.dialect.labelRecord)),
      ("columns", .integer(input.columns)),
      ("blank_lines", .integer(input.irregularities.blankLines)),
      ("empty_extra_fields", .integer(input.irregularities.emptyExtraFields)),
      ("repaired_quotes", .integer(input.irregularities.repaired)),
      (
        "accounting",
        RunReport.document(
          of: DisclosedFates(ofInput: input.accounting, in: tally, disclosure),
          survey: tally.shape.survey)
      ),
    ])
  }

  private func document(of worker: WorkerTimes) -> JSONValue {
    let counts: [(key: String, value: JSONValue)] = [
      ("bytes", .integer(worker.bytes)),
      ("records", fates.read == nil ? .null : .integer(worker.records)),
      ("chunks", .integer(worker.chunks)), ("chunks_by_libcsv", .integer(worker.chunksByLibcsv)),
    ]
    let seconds = WorkerTimes.Stage.allCases.map { stage in
      let spent = Double(worker.nanoseconds[stage.rawValue]) / 1e9
      return (key: stage.name, value: JSONValue.number(milliseconds(spent)))
    }
    return .object(counts + seconds)
  }

  private func document(of file: PublishedFile) -> JSONValue {
    .object([
      ("name", .string(file.name)), ("bytes", .integer(file.bytes)),
      ("sha256", .string(file.sha256)),
    ])
  }

  /// What the questionnaire can and cannot show: the reasons behind the reachable stages.
  private var questionnaireDocument: JSONValue {
    let (model, observability) = (tally.shape.model, tally.shape.observability)
    let stages: [JSONValue] = model.stages.dropFirst().map { stage in
      let observable = observability.observableRequirements[stage.number]
      let waived = zip(stage.requires, observable).filter { !$1 }.map(\.0.id)
      return .object([
        ("stage", .integer(stage.number)),
        ("requirements", .integer(stage.requires.count)),
        ("observable", .integer(observable.count(where: \.self))),
        ("assessable", .bool(observability.assessable[stage.number])),
        ("not_observable", .strings(waived)),
      ])
    }
    let unasked = model.criteria.indices.filter {
      !observability.deniable[$0] && !observability.confirmable[$0]
    }
    return .object([
      ("highest_stage", .integer(observability.assessableStages.last ?? 0)),
      ("unobservable", .string(tally.shape.survey.thresholds.unobservable.rawValue)),
      ("stages", .array(stages)),
      ("criteria_never_asked", .strings(unasked.map { model.criteria[$0].id })),
    ])
  }
}

extension RecordChunk.Irregularities {
  var repaired: UInt64 { quotesInUnquotedFields + textsAfterQuotes }
}

/// Seconds with three decimals.
private func milliseconds(_ seconds: Double) -> String {
  let thousandths = UInt64((max(0, seconds) * 1000).rounded())
  let fraction = String(thousandths % 1000)
  return "\(thousandths / 1000)." + String(repeating: "0", count: 3 - fraction.count) + fraction
}
