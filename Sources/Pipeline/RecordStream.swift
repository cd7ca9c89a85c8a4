import Ingest
import MaturityModel
import Normalize
import SurveyMapping

/// The inputs of a command that looks at single records, read exactly as a run reads them.
package struct RecordInputs: Sendable {
  private let definitions: Definitions
  private var inputs: InputList

  /// - Parameter isReadTwice: standard input and pipes are kept, so that a second stream can read
  ///   them.
  package init(
    _ configuration: RunConfiguration, definitions: Definitions, isReadTwice: Bool
  ) throws(RunFailure) {
    self.definitions = definitions
    inputs = try InputList(
      configuration: configuration,
      declared: try configuration.declaredDialect(definitions.survey.source))
    if isReadTwice { try inputs.keepPipes() }
  }

  /// Short names of the inputs, as in `source` columns.
  package var sources: [String] { inputs.sources }

  /// A stream from the first record of the first input on.
  package func stream() -> RecordStream {
    RecordStream(
      ChunkQueue(inputs: inputs, survey: definitions.survey, model: definitions.model),
      sources: inputs.sources)
  }
}

/// The records of all inputs, a chunk at a time. Used by one thread; memory does not depend on the
/// inputs.
package final class RecordStream {
  private let queue: ChunkQueue
  private let sources: [String]
  private let parser = ChunkParser()
  private let chunk = RecordChunk()
  private let records = RecordBatch()

  /// What is at hand until the next one is taken.
  package struct Portion {
    package let chunk: RecordChunk
    package let records: RecordBatch
    package let plan: NormalizationPlan
    package let columnNames: [String]
  }

  fileprivate init(_ queue: ChunkQueue, sources: [String]) {
    self.queue = queue
    self.sources = sources
  }

  /// The next chunk's records, or nil at the end of the last input.
  package func next() throws(RunFailure) -> Portion? {
    switch queue.next() {
    case .end: return nil
    case .failed(let failure, _): throw failure
    case .chunk(let taken):
      try queue.read(taken, into: chunk)
      let plan = queue.plan(of: chunk.input)
      try fill(records, from: chunk, plan)
      return Portion(
        chunk: chunk, records: records, plan: plan,
        columnNames: queue.columnNames(of: chunk.input))
    }
  }

  /// Parses a chunk, or a part of one, into a batch.
  package func fill(
    _ batch: RecordBatch, from chunk: RecordChunk, _ plan: NormalizationPlan
  ) throws(RunFailure) {
    try batch.fill(chunk, plan.columns, parser, source: sources[chunk.input])
  }
}
