import Detection
import Ingest
import MaturityModel
import Normalize
import SurveyMapping
import Synchronization

/// Puts the chunks of all inputs, one input after the other, into one order.
///
/// Owns the readers. Opens an input when all chunks of the one before it have been taken, reads its
/// header and binds the survey to its columns, and closes it when its last chunk has been read.
/// Taking a chunk is serialized and quick; the taker reads it by itself.
final class ChunkQueue: Sendable {
  enum Next: Sendable {
    case chunk(Taken)
    case end
    case failed(RunFailure, ordinal: Int)
  }

  /// A chunk that has been taken and has to be read, whatever happens.
  struct Taken: Sendable {
    let ordinal: Int
    fileprivate let reader: ChunkReader
    fileprivate let turn: ChunkReader.Turn
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
    var finished: [Int: InputLedger.Found] = [:]
  }

  init(inputs: InputList, survey: Survey, model: MaturityModel) {
    self.inputs = inputs
    self.survey = survey
    self.model = model
    state = Mutex(State())
  }

  /// Takes the next chunk of the run, with the plan of its input in place.
  func next() -> Next {
    state.withLock { state in
      do throws(RunFailure) {
        while !state.isOver {
          if let reader = state.reader {
            if let turn = reader.take() {
              defer { state.ordinal += 1 }
              return .chunk(Taken(ordinal: state.ordinal, reader: reader, turn: turn))
            }
            state.reader = nil
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
  /// What the inputs turned out to be, by their number; call when all chunks have been read.
  var finished: [Int: InputLedger.Found] { state.withLock { $0.finished } }

  /// Reads a chunk that was taken; the caller's thread does the work.
  func read(_ taken: Taken, into chunk: RecordChunk) throws(RunFailure) {
    chunk.ordinal = taken.ordinal
    do throws(IngestError) {
      try taken.reader.read(taken.turn, into: chunk)
      if chunk.isLast {
        let found = InputLedger.Found(
          identity: try taken.reader.finish(), headerBytes: taken.reader.headerBytes,
          records: taken.reader.recordsFound)
        state.withLock { $0.finished[taken.reader.input] = found }
      }
    } catch {
      throw .ingest(error)
    }
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
        survey: survey, names: header.names, labels: header.labels,
        sharesNames: header.sharesNames, source: inputs.sources[input])
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
