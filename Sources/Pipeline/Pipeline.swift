import Aggregate
import Detection
import Ingest
import MaturityModel
import Normalize
import Publish
import Score
import SurveyMapping
import SystemCalls
import TextFolding

/// The whole program on one page: bytes to records to responses to scores to tallies to tables.
package struct Pipeline: Sendable {
  let configuration: RunConfiguration
  let definitions: Definitions
  let observability: Observability
  private let progress: @Sendable (RunProgress) -> Void

  /// - Parameter progress: called now and then while the inputs are read, from any thread.
  package init(
    _ configuration: RunConfiguration, definitions: Definitions,
    progress: @escaping @Sendable (RunProgress) -> Void
  ) {
    observability = Observability(survey: definitions.survey, model: definitions.model)
    self.configuration = configuration
    self.definitions = definitions
    self.progress = progress
  }

  /// Reads all inputs, scores all responses, and publishes all tables in one step.
  ///
  /// - Throws: ``RunFailure``; nothing is published then.
  package func run() throws(RunFailure) -> RunReport {
    var clock = StageClock()
    try checkOpenFileLimit()
    let declared = try configuration.declaredDialect(definitions.survey.source)
    let inputs = try InputList(configuration: configuration, declared: declared)
    try OutputOverlap(configuration, definitions).check()
    // Before anything is read: who may not publish need not wait to be told.
    let outputs = try RunOutputs(configuration: configuration, definitions: definitions)
    do throws(RunFailure) {
      return try run(inputs, outputs, &clock)
    } catch {
      outputs.abandon()
      throw error
    }
  }

  /// Dispatch traps where it gets no descriptor.
  private func checkOpenFileLimit() throws(RunFailure) {
    let (limit, needed) = (SystemCalls.openFileLimit(), UInt64(16))
    if limit < needed { throw .tooFewOpenFiles(limit: limit, needed: needed) }
  }

  private func run(
    _ inputs: InputList, _ outputs: RunOutputs, _ clock: inout StageClock
  ) throws(RunFailure) -> RunReport {
    var inputs = inputs
    var duplicates: DuplicateIndex?
    if definitions.survey.respondent.duplicates != .keep {
      try inputs.keepPipes()
      duplicates = try findDuplicates(inputs)
      clock.mark("duplicates")
    }
    let (merged, read, workers) = try readAndScore(inputs, duplicates, outputs)
    let tally = merged.tally
    clock.mark("read_and_score")
    try read.verify(tally)
    // First: what was not read cannot be raked.
    try outputs.checkRejects(tally.totalAccounting)
    if let failure = merged.failure { throw .raking(failure) }
    var report = makeReport(tally, read, startedAt: clock.startedAt)
    report.workers = workers
    report.disclosure = configuration.minimumCell.map { Disclosure(tally, minimum: $0) }
    report.repeatedInputs = RepeatedInput.among(configuration.inputs)
    try outputs.publish(&report, clock: &clock)
    return report
  }

  private func makeQueue(_ inputs: InputList) -> ChunkQueue {
    ChunkQueue(inputs: inputs, survey: definitions.survey, model: definitions.model)
  }

  /// First pass, only where a respondent may count once: who stands where.
  private func findDuplicates(_ inputs: InputList) throws(RunFailure) -> DuplicateIndex {
    let queue = makeQueue(inputs)
    let collector = try IdentityCollector(policy: definitions.survey.respondent.duplicates)
    try OrderedChunks(queue: queue, jobs: configuration.jobs).run(
      makeWorker: { _ in
        let worker = IdentityWorker(queue: queue)
        return { (chunk) throws(RunFailure) in try worker.work(on: chunk) }
      },
      deliver: { (found) throws(RunFailure) in try collector.add(found) })
    return collector.index
  }

  /// The main pass.
  private func readAndScore(
    _ inputs: InputList, _ duplicates: DuplicateIndex?, _ outputs: RunOutputs
  ) throws(RunFailure) -> (
    merged: (tally: Tally, failure: RakingFailure?), read: ReadInputs, workers: [WorkerTimes]
  ) {
    let queue = makeQueue(inputs)
    let tallies = TallyCollector(
      TallyShape(
        survey: definitions.survey, model: definitions.model, observability: observability,
        inputs: inputs.items.count, textLimits: configuration.textLimits,
        analyses: configuration.analyses))
    let read = ReadInputs(inputs: inputs, queue: queue, progress: progress)
    try OrderedChunks(queue: queue, jobs: configuration.jobs).run(
      makeWorker: { _ in
        let scoring = ScoringPlan(
          survey: definitions.survey, model: definitions.model, observability: observability)
        let worker = ScoringWorker(
          queue: queue, scoring: scoring, tallies: tallies, duplicates: duplicates,
          respondents: outputs.respondentRecords,
          keepsRawRejects: configuration.writesRawRejects, profile: configuration.profile,
          sources: inputs.sources)
        return { (chunk) throws(RunFailure) in try worker.work(on: chunk) }
      },
      deliver: { (result) throws(RunFailure) in
        try outputs.append(result)
        read.add(result)
      })
    return (try tallies.merged(), read, tallies.times)
  }

  private func makeReport(
    _ tally: Tally, _ read: ReadInputs, startedAt: String
  ) -> RunReport {
    RunReport(
      version: stagecraftVersion, unicodeVersion: TextFolding.unicodeVersion,
      compatibilityVersion: TextFolding.compatibilityVersion,
      command: configuration.command, startedAt: startedAt, options: configuration.reported,
      modelFile: definitions.modelFile, surveyFile: definitions.surveyFile, tally: tally,
      inputs: read.reports(tally: tally))
  }
}

/// The version of the program, as `--version` prints it.
package let stagecraftVersion = "0.1.0"
