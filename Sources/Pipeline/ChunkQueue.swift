import Detection
import Ingest
import MaturityModel
import Normalize
import SurveyMapping
import Synchronization

/// Serializes the reading of all inputs, one after the other, into one sequence of chunks.
///
/// Owns the readers. Opens an input when the one before it is used up, reads its header and binds
/// the survey to its columns, so that at most one file is open at a time.
final class ChunkQueue: Sendable {
  enum Next: Sendable {
    case chunk(RecordChunk)
    case end
    case failed(RunFailure, ordinal: Int)
  }

  private let inputs: InputList
  private let survey: Survey
  private let model: MaturityModel
  private let state: Mutex<State>

  private struct State {
    var reader: ChunkReader?
    var nextInput = 0
    var ordinal = 0
    var isOver = false
    var plans: [NormalizationPlan] = []
    var headers: [HeaderRecords] = []
    var detections: [Detection] = []
    var finished: [InputReader.Identity] = []
  }

  init(inputs: InputList, survey: Survey, model: MaturityModel) {
    self.inputs = inputs
    self.survey = survey
    self.model = model
    state = Mutex(State())
  }

  /// The next chunk of the run, with the plan of its input in place.
  func next() -> Next {
    state.withLock { state in
      do throws(RunFailure) {
        while !state.isOver {
          if let reader = state.reader {
            if let chunk = try nextChunk(of: reader, state.ordinal) {
              state.ordinal += 1
              return .chunk(chunk)
            }
            try finish(reader, &state)
          }
          try openNext(&state)
        }
        return .end
      } catch {
        state.isOver = true
        return .failed(error, ordinal: state.ordinal)
      }
    }
  }

  /// The plan of an input whose chunks have been handed out.
  func plan(of input: Int) -> NormalizationPlan { state.withLock { $0.plans[input] } }
  var detections: [Detection] { state.withLock { $0.detections } }
  var headers: [HeaderRecords] { state.withLock { $0.headers } }
  func columnNames(of input: Int) -> [String] { state.withLock { $0.headers[input].names } }
  var finished: [InputReader.Identity] { state.withLock { $0.finished } }

  private func nextChunk(
    of reader: ChunkReader, _ ordinal: Int
  ) throws(RunFailure) -> RecordChunk? {
    do {
      return try reader.nextChunk(ordinal: ordinal)
    } catch {
      throw .ingest(error)
    }
  }

  private func finish(_ reader: ChunkReader, _ state: inout State) throws(RunFailure) {
    do {
      state.finished.append(try reader.finish())
    } catch {
      throw .ingest(error)
    }
    state.reader = nil
  }

  private func openNext(_ state: inout State) throws(RunFailure) {
    guard state.nextInput < inputs.items.count else {
      state.isOver = true
      return
    }
    let input = state.nextInput
    state.nextInput += 1
    let (reader, detection) = try inputs.open(input)
    let header = try readHeader(of: reader)
    let binding: ColumnBinding
    do {
      binding = try ColumnBinding(
        survey: survey, names: header.names, labels: header.labels, source: inputs.sources[input])
    } catch {
      throw .definition(error)
    }
    state.headers.append(header)
    state.detections.append(detection)
    state.plans.append(
      NormalizationPlan(survey: survey, model: model, binding: binding, header: header))
    state.reader = reader
  }

  private func readHeader(of reader: ChunkReader) throws(RunFailure) -> HeaderRecords {
    do {
      let records = try reader.readHeader()
      return HeaderRecords(records: records, labelRecord: reader.dialect.labelRecord)
    } catch {
      throw .ingest(error)
    }
  }
}
