import Aggregate
import Ingest
import MaturityModel
import Normalize
import Organisations
import Publish
import Score
import SurveyMapping
import Synchronization
import SystemCalls

/// What a chunk leaves behind when it has been worked on, to be written in input order.
struct ChunkResult: Sendable {
  let input: Int
  let entry: InputLedger.Entry
  let rejectRecords: [UInt8]
  /// The refused records themselves; empty unless they are asked for.
  let rawRejectRecords: [UInt8]
  let respondentRecords: [UInt8]
}

/// One thread's way from a chunk to its part of the results. Owns everything it touches.
final class ScoringWorker {
  private let queue: ChunkQueue
  private let sources: [String]
  private let duplicates: DuplicateIndex?
  private let respondents: RespondentFormatter?
  private let keepsRawRejects: Bool
  private let profile: CSVProfile
  private let records = RecordBatch()
  private var responses: ResponseBatch?
  private let scores = ScoreBatch()
  private let scorer: Scorer
  private let part: TallyCollector.Part
  private var clock: WorkerClock { part.clock }
  private var vocabulary: Vocabulary { part.vocabulary }
  private let tallies: TallyCollector
  private let parser = ChunkParser()
  private var normalizer: Normalizer?
  private var columnNames: [String] = []
  private var input = -1

  init(
    queue: ChunkQueue, scoring: ScoringPlan, tallies: TallyCollector, duplicates: DuplicateIndex?,
    respondents: RespondentRecords?, keepsRawRejects: Bool, profile: CSVProfile,
    sources: [String]
  ) {
    self.queue = queue
    self.keepsRawRejects = keepsRawRejects
    self.profile = profile
    self.sources = sources
    self.duplicates = duplicates
    self.tallies = tallies
    scorer = Scorer(plan: scoring, wantsDetails: respondents != nil)
    let part = tallies.makePart()
    self.part = part
    self.respondents = respondents.map { RespondentFormatter($0, vocabulary: part.vocabulary) }
  }

  func work(on chunk: RecordChunk) throws(RunFailure) -> ChunkResult {
    clock.begin(chunk)
    let (normalizer, responses) = prepare(for: chunk)
    try records.fill(chunk, normalizer.plan.columns, parser, source: sources[chunk.input])
    clock.mark(.cut)
    normalizer.normalize(records, into: responses)
    if let segment = vocabulary.overfullSegment { throw tallies.tooManyValues(of: segment) }
    if vocabulary.hasTooManyOrganisations { throw tallies.tooManyOrganisations }
    clock.mark(.normalize)
    scorer.score(responses, into: scores)
    clock.mark(.score)
    part.tally.add(responses, scores)
    part.organisations?.add(responses, scores)
    clock.mark(.aggregate)
    let result = result(of: chunk, responses)
    clock.mark(.format)
    return result
  }

  private func result(of chunk: RecordChunk, _ responses: ResponseBatch) -> ChunkResult {
    let source = sources[chunk.input]
    let (read, rejects) = (responses.accounting.read, responses.rejects)
    clock.count(records: read)
    let rawRejects =
      keepsRawRejects && !rejects.isEmpty
      ? RawRejectRecords.records(
        rejects, texts: records.texts(of: rejects), source: source, profile: profile) : []
    return ChunkResult(
      input: chunk.input,
      entry: InputLedger.Entry(
        start: chunk.rawOffset, bytes: chunk.rawBytes, records: read,
        rejects: UInt64(rejects.count), irregularities: records.irregularities),
      rejectRecords: RejectRecords.records(
        rejects, source: source, columnNames: columnNames, profile: profile),
      rawRejectRecords: rawRejects,
      respondentRecords: respondents?.records(responses, scores, source: source) ?? [])
  }

  /// A new input has columns of its own, so it gets a normalizer of its own.
  private func prepare(for chunk: RecordChunk) -> (Normalizer, ResponseBatch) {
    if let normalizer, let responses, input == chunk.input { return (normalizer, responses) }
    input = chunk.input
    columnNames = queue.columnNames(of: input)
    let plan = queue.plan(of: input)
    let normalizer = Normalizer(
      plan: plan, vocabulary: vocabulary, duplicates: duplicates)
    let responses = responses ?? ResponseBatch(shape: plan.shape)
    (self.normalizer, self.responses) = (normalizer, responses)
    return (normalizer, responses)
  }
}

/// One thread's part of the first pass.
final class IdentityWorker {
  private let queue: ChunkQueue
  private let records = RecordBatch()
  private let parser = ChunkParser()
  private var reader: IdentityReader?
  private var input = -1

  struct Found: Sendable {
    let input: Int
    let identities: [RespondentIdentity]
  }

  init(queue: ChunkQueue) { self.queue = queue }

  func work(on chunk: RecordChunk) throws(RunFailure) -> Found {
    // Only what says who it is and whether it counts.
    let plan = queue.plan(of: chunk.input).gateAlone
    let isSameInput = input == chunk.input
    let reader = isSameInput ? reader ?? IdentityReader(plan: plan) : IdentityReader(plan: plan)
    (self.reader, input) = (reader, chunk.input)
    try records.fill(chunk, plan.columns, parser, source: "")
    return Found(input: chunk.input, identities: reader.identities(records))
  }
}

extension RecordBatch {
  /// Parses a chunk into the batch; two readers that disagree are a bug of ours.
  func fill(
    _ chunk: RecordChunk, _ columns: ColumnSelection, _ parser: ChunkParser, source: String
  ) throws(RunFailure) {
    if let byteOffset = fill(from: chunk, columns: columns, parser: parser) {
      throw .ingest(.readersDisagree(path: source, byteOffset: byteOffset))
    }
  }
}

/// One worker's clock.
final class WorkerClock {
  private(set) var times = WorkerTimes()

  /// A chunk has been read; since the last mark the worker has handed on a result and read it.
  func begin(_ chunk: RecordChunk) {
    times.count(chunk.times.read, for: .read)
    times.count(chunk.times.scan, for: .scan)
    times.count(chunk.times.wait, for: .wait)
    times.mark(.deliver)
    times.chunks += 1
    if chunk.isIrregular { times.chunksByLibcsv += 1 }
    times.bytes += chunk.rawBytes
  }

  func mark(_ stage: WorkerTimes.Stage) { times.mark(stage) }
  func count(records: UInt64) { times.records += records }
}

/// Serializes the search for duplicates; chunks come in input order.
final class IdentityCollector: Sendable {
  private let finder: Mutex<DuplicateFinder>

  init(policy: Respondent.Duplicates) throws(RunFailure) {
    do throws(SystemCallError) {
      finder = Mutex(try DuplicateFinder(policy: policy))
    } catch {
      throw .tooManyIDs(error)
    }
  }

  func add(_ found: IdentityWorker.Found) throws(RunFailure) {
    do throws(SystemCallError) {
      try finder.withLock { (finder) throws(SystemCallError) in
        try finder.add(found.identities, input: found.input)
      }
    } catch {
      throw .tooManyIDs(error)
    }
  }

  var index: DuplicateIndex { finder.withLock { $0.index } }
}
