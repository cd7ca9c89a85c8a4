import Aggregate
import Dispatch
import Ingest
import MaturityModel
import Publish
import Report
import SurveyMapping
import Synchronization

/// Serializes the writing of a run's outputs, on a queue of its own, and publishes them.
final class RunOutputs: Sendable {
  /// What waits to be written is held in memory, so it is not allowed to be much.
  private static let resultsAhead = 8

  private let queue = DispatchQueue(label: "stagecraft.write")
  // Raised from 0: libdispatch traps where a semaphore ends below the value it began with.
  private let room = DispatchSemaphore(value: 0)
  let respondentRecords: RespondentRecords?
  private let configuration: RunConfiguration
  private let madeSurvey: [UInt8]?
  private let state: Mutex<State>

  private struct State: @unchecked Sendable {
    // Touched under the lock alone.
    let transaction: OutputTransaction
    let rejects: OutputFile
    let rawRejects: OutputFile?
    let respondents: OutputFile?
    let writesReport: Bool
    let profile: CSVProfile
    /// The first write that failed on the queue.
    var failure: PublishError?
  }

  init(configuration: RunConfiguration, definitions: Definitions) throws(RunFailure) {
    self.configuration = configuration
    madeSurvey = definitions.madeSurvey
    let records =
      configuration.writesRespondents
      ? RespondentRecords(
        survey: definitions.survey, model: definitions.model, profile: configuration.profile) : nil
    respondentRecords = records
    do throws(PublishError) {
      let transaction = try OutputTransaction(target: configuration.outputDirectory)
      let rejects = try transaction.makeFile(OutputNames.rejects)
      let header = { CSVRecord.header($0, configuration.profile) }
      try rejects.write(header(RejectRecords.header))
      var rawRejects: OutputFile?
      if configuration.writesRawRejects {
        rawRejects = try transaction.makeFile(OutputNames.rawRejects)
        try rawRejects?.write(header(RawRejectRecords.header))
      }
      var respondents: OutputFile?
      if let records {
        respondents = try transaction.makeFile(OutputNames.respondents)
        try respondents?.write(header(records.header))
      }
      state = Mutex(
        State(
          transaction: transaction, rejects: rejects, rawRejects: rawRejects,
          respondents: respondents, writesReport: configuration.writesReport,
          profile: configuration.profile))
      for _ in 0..<RunOutputs.resultsAhead { room.signal() }
    } catch {
      throw .publish(error)
    }
  }

  /// Has written what a chunk left behind. Called in input order.
  ///
  /// - Throws: ``RunFailure`` where this, or something before it, could not be written.
  func append(_ result: ChunkResult) throws(RunFailure) {
    if result.rejectRecords.isEmpty && result.respondentRecords.isEmpty { return }
    room.wait()
    queue.async { [self] in
      state.withLock { state in
        guard state.failure == nil else { return }
        do throws(PublishError) {
          try state.rejects.write(result.rejectRecords)
          try state.rawRejects?.write(result.rawRejectRecords)
          try state.respondents?.write(result.respondentRecords)
        } catch {
          state.failure = error
        }
      }
      room.signal()
    }
    try checkWritten()
  }

  /// Gives up what was written. Nothing of it is left then.
  func abandon() {
    queue.sync {}
    state.withLock { $0.transaction.abandon() }
  }

  private func checkWritten() throws(RunFailure) {
    if let failure = state.withLock({ $0.failure }) { throw .publish(failure) }
  }

  /// Call when all inputs have been read.
  ///
  /// - Throws: ``RunFailure`` where too many records were rejected; the rejects are kept then.
  func checkRejects(_ accounting: Accounting) throws(RunFailure) {
    queue.sync {}
    try checkWritten()
    if configuration.rejectLimit.isExceeded(read: accounting.read, rejected: accounting.rejected) {
      throw try withholdResults(accounting)
    }
  }

  /// Writes all tables and documents and swaps the set in.
  func publish(_ report: inout RunReport, clock: inout StageClock) throws(RunFailure) {
    var written = report
    var writtenClock = clock
    try withState { state throws(PublishError) in
      try RunOutputs.writeAll(state, madeSurvey, &written, &writtenClock)
      try state.transaction.commit()
    }
    (report, clock) = (written, writtenClock)
  }

  private static func writeAll(
    _ state: State, _ madeSurvey: [UInt8]?, _ report: inout RunReport, _ clock: inout StageClock
  ) throws(PublishError) {
    let transaction = state.transaction
    let tables = ResultTables(tally: report.tally, disclosure: report.disclosure).all
    if let disclosure = report.disclosure {
      try transaction.checkDifference(of: tables, disclosure)
    }
    var files: [PublishedFile] = []
    if let madeSurvey {
      let file = try transaction.makeFile(OutputNames.survey)
      try file.write(madeSurvey)
      files.append(try transaction.finish(file))
    }
    let written = try transaction.write(
      tables, of: report.tally, disclosure: report.disclosure, state.profile)
    files += written.tables
    let dimensions = DimensionTables(
      tally: report.tally, disclosure: report.disclosure
    ).all
    for table in dimensions { files.append(try transaction.write(table, state.profile)) }
    files.append(try transaction.finish(state.rejects))
    if let rawRejects = state.rawRejects { files.append(try transaction.finish(rawRejects)) }
    if let respondents = state.respondents { files.append(try transaction.finish(respondents)) }
    let package = DataPackage(
      tables: tables + dimensions + streamedTables(report.tally, state), files: files,
      tally: report.tally, disclosure: report.disclosure, profile: state.profile)
    files.append(written.results)
    if state.writesReport {
      files.append(try writeReport(transaction, report, tables))
    }
    files.append(try transaction.write(package.document, as: OutputNames.dataPackage))
    clock.mark("write")
    report.outputs = files
    report.timings = clock.timings
    report.finishedAt = StageClock.now()
    _ = try transaction.write(report.document, as: OutputNames.run)
  }

  private static func writeReport(
    _ transaction: OutputTransaction, _ report: RunReport, _ tables: [Table]
  ) throws(PublishError) -> PublishedFile {
    let file = try transaction.makeFile(OutputNames.report)
    try file.write(
      ReportPage(
        RunNumbers(
          report.tally, report.fates, minimum: report.disclosure?.minimum, tables: tables)
      ).bytes)
    return try transaction.finish(file)
  }

  private static func streamedTables(_ tally: Tally, _ state: State) -> [Table] {
    var schemas = [TableSchema.rejects]
    if state.rawRejects != nil { schemas.append(.rawRejects) }
    if state.respondents != nil { schemas.append(.respondents) }
    let repeated = RepeatedColumns(model: tally.shape.model, survey: tally.shape.survey)
    return schemas.map { Table(streamed: $0, repeated) }
  }

  /// Keeps the rejects beside the target and gives up everything else.
  private func withholdResults(_ accounting: Accounting) throws(RunFailure) -> RunFailure {
    var kept = ""
    try withState { state throws(PublishError) in
      _ = try state.transaction.finish(state.rejects)
      if let rawRejects = state.rawRejects { _ = try state.transaction.finish(rawRejects) }
      kept = try state.transaction.withhold()
    }
    return .tooManyRejects(
      read: accounting.read, rejected: accounting.rejected, limit: configuration.rejectLimit,
      kept: kept)
  }

  private func withState(
    _ body: (inout State) throws(PublishError) -> Void
  ) throws(RunFailure) {
    do throws(PublishError) {
      try state.withLock { (state) throws(PublishError) in try body(&state) }
    } catch {
      throw .publish(error)
    }
  }
}
