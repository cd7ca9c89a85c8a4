import Ingest
import MaturityModel
import StagecraftTestSupport
import Statistics
import SurveyMapping

@testable import Normalize

/// One response, with its sets of bits as names.
struct Response: Hashable {
  var record: UInt64 = 0
  var yes: Set<String> = []
  var no: Set<String> = []
  var terms: Set<String> = []
  var merged: Set<String> = []
  var weight: UInt64?
  var segments: [String] = []
  var metrics: [MetricBand?] = []
  var stage: Int8 = -1
  var respondent = ""
}

/// What normalizing an input gave.
struct Normalized: Hashable {
  var responses: [Response] = []
  var filtered: [UInt64] = []
  var read: UInt64 = 0
  var duplicate: UInt64 = 0
  var rejects: [Reject] = []
  /// Per question, how many responses hold the text.
  var unmapped: [[String: Int]] = []
}

/// A survey and the inputs it is about.
struct Normalizing {
  let model: MaturityModel
  let survey: Survey
  var chunkBytes = 1 << 20
  var limits = IngestLimits()
  private let directory: ScratchDirectory

  init(_ survey: Survey) throws {
    model = try SmallLadder.model()
    self.survey = survey
    directory = try ScratchDirectory()
  }

  func plan(_ headers: [[String]]) throws -> NormalizationPlan {
    let header = HeaderRecords(records: headers, labelRecord: headers.count)
    let binding = try ColumnBinding(
      survey: survey, names: header.names, labels: header.labels,
      sharesNames: header.sharesNames, source: "input.csv")
    return NormalizationPlan(survey: survey, model: model, binding: binding, header: header)
  }

  /// Normalizes each text as one input, with one worker's normalizer for all of it.
  func run(_ inputs: [String], findsDuplicates: Bool = false) throws -> [Normalized] {
    let duplicates = findsDuplicates ? try duplicateIndex(inputs) : nil
    return try inputs.enumerated().map { input, text in
      var normalized = Normalized()
      var worker: (Normalizer, ResponseBatch, Vocabulary)?
      try eachBatch(text, input: input) { batch, plan in
        let (normalizer, responses, vocabulary) = worker ?? makeWorker(plan, duplicates)
        worker = (normalizer, responses, vocabulary)
        normalizer.normalize(batch, into: responses)
        normalized.add(responses, self, vocabulary)
      }
      return normalized
    }
  }

  func run(_ input: String) throws -> Normalized { try run([input])[0] }

  private func makeWorker(
    _ plan: NormalizationPlan, _ duplicates: DuplicateIndex?
  ) -> (Normalizer, ResponseBatch, Vocabulary) {
    let vocabulary = Vocabulary(
      segments: survey.segments.count, questions: survey.questions.count)
    let normalizer = Normalizer(
      plan: plan, vocabulary: vocabulary, duplicates: duplicates)
    return (normalizer, ResponseBatch(shape: plan.shape), vocabulary)
  }

  private func duplicateIndex(_ inputs: [String]) throws -> DuplicateIndex {
    let finder = try DuplicateFinder(policy: survey.respondent.duplicates)
    for (input, text) in inputs.enumerated() {
      var reader: IdentityReader?
      try eachBatch(text, input: input) { batch, plan in
        let identities = reader ?? IdentityReader(plan: plan.gate)
        reader = identities
        try finder.add(identities.identities(batch), input: input)
      }
    }
    return finder.index
  }

  private func eachBatch(
    _ text: String, input: Int, _ body: (RecordBatch, NormalizationPlan) throws -> Void
  ) throws {
    let path = try directory.write(text, as: "input\(input).csv")
    let reader = try ChunkReader(
      InputReader(path: path), input: input, dialect: Dialect(), limits: limits,
      chunkBytes: chunkBytes)
    let plan = try plan(reader.readHeader())
    let (batch, parser) = (RecordBatch(), ChunkParser())
    let chunk = RecordChunk()
    while try reader.next(into: chunk) {
      precondition(batch.fill(from: chunk, columns: plan.columns, parser: parser) == nil)
      try body(batch, plan)
    }
  }
}

extension Normalized {
  fileprivate mutating func add(
    _ batch: ResponseBatch, _ normalizing: Normalizing, _ vocabulary: Vocabulary
  ) {
    read += batch.accounting.read
    duplicate += batch.accounting.duplicate
    if filtered.isEmpty { filtered = batch.accounting.filtered.map { _ in 0 } }
    for (rule, count) in batch.accounting.filtered.enumerated() { filtered[rule] += count }
    rejects += batch.rejects
    if unmapped.isEmpty { unmapped = normalizing.survey.questions.map { _ in [:] } }
    for answer in batch.unmapped {
      let question = Int(answer.question)
      guard let texts = vocabulary.unmappedAnswers(to: question) else { continue }
      unmapped[question][texts[Int(answer.text)], default: 0] += 1
    }
    for place in 0..<batch.count {
      responses.append(Response(batch, place, normalizing, vocabulary))
    }
  }
}

extension Response {
  fileprivate init(
    _ batch: ResponseBatch, _ place: Int, _ normalizing: Normalizing, _ vocabulary: Vocabulary
  ) {
    let (shape, model) = (batch.shape, normalizing.model)
    func names(_ words: UnsafeBufferPointer<UInt64>, _ width: Int, _ names: [String]) -> Set<String>
    {
      Set(
        names.indices.filter { words[place * width + $0 / 64] >> ($0 % 64) & 1 == 1 }
          .map { names[$0] })
    }
    record = batch.records[place]
    yes = names(batch.yes, shape.criterionWords, model.criteria.map(\.id))
    no = names(batch.no, shape.criterionWords, model.criteria.map(\.id))
    terms = names(batch.terms, shape.termWords, model.terms.map(\.id))
    merged = names(batch.merged, shape.mergedWords, shape.mergedTerms.map { model.terms[$0].id })
    weight = batch.weights.isEmpty ? nil : batch.weights[place]
    segments = (0..<shape.segments).map {
      vocabulary.segmentValues[$0].texts[Int(batch.segments[place * shape.segments + $0])]
    }
    metrics = (0..<shape.metrics).map { batch.metrics[place * shape.metrics + $0] }
    stage = batch.selfAssessed[place]
    respondent = String(decoding: batch.respondents[place], as: UTF8.self)
  }
}
