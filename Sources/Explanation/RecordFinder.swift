import Ingest
import Normalize
import Pipeline
import SurveyMapping
import SystemCalls
import TextFolding

/// A record that was found, cut out of its chunk.
struct FoundRecord {
  enum Content {
    /// The record alone.
    case parsed(RecordChunk)
    case refused(Reject)
  }

  let content: Content
  let input: Int
  let position: RecordPosition
  let plan: NormalizationPlan
  let columnNames: [String]

  init(_ portion: RecordStream.Portion, refused reject: Reject) {
    self.init(portion, .refused(reject), reject.position)
  }

  /// Nil where the chunk does not hold the record.
  init?(_ portion: RecordStream.Portion, at position: RecordPosition) {
    guard let chunk = portion.chunk.keepingOnly(record: position.record) else { return nil }
    self.init(portion, .parsed(chunk), position)
  }

  private init(
    _ portion: RecordStream.Portion, _ content: Content, _ position: RecordPosition
  ) {
    self.content = content
    input = portion.chunk.input
    self.position = position
    plan = portion.plan
    columnNames = portion.columnNames
  }
}

/// The records of one respondent, in input order, and which of them counts.
struct FoundRecords {
  /// One more record with the same id.
  struct Other {
    let input: Int
    let position: RecordPosition
    /// Passed the keep rules, and has a good weight.
    let isAdmitted: Bool
  }

  /// Somebody may have given one id to a million records; more than these are only counted.
  private static let mostShown = 20

  let policy: Respondent.Duplicates
  private(set) var shown: [Other] = []
  private(set) var count: UInt64 = 0
  private(set) var first: FoundRecord?
  private(set) var winner: FoundRecord?
  private let finder: DuplicateFinder

  init(policy: Respondent.Duplicates) throws(SystemCallError) {
    self.policy = policy
    finder = try DuplicateFinder(policy: policy)
  }

  /// - Parameter identities: the record's own, empty where it is not admitted.
  mutating func add(
    _ record: FoundRecord, identities: [RespondentIdentity]
  ) throws(SystemCallError) {
    count += 1
    if shown.count < FoundRecords.mostShown {
      shown.append(
        Other(
          input: record.input, position: record.position, isAdmitted: !identities.isEmpty))
    }
    if first == nil { first = record }
    guard !identities.isEmpty else { return }
    try finder.add(identities, input: record.input)
    if winner == nil || policy == .last { winner = record }
  }

  /// The very index a run would make, as far as these records go; nil where duplicates are kept.
  var duplicates: DuplicateIndex? { policy == .keep ? nil : finder.index }
}

/// Looks for records by reading all inputs from their start.
struct RecordFinder {
  let inputs: RecordInputs
  let policy: Respondent.Duplicates
  private(set) var read: UInt64 = 0

  init(_ inputs: RecordInputs, survey: Survey) {
    self.inputs = inputs
    policy = survey.respondent.duplicates
  }

  /// The record at a place, parsed or refused; nil where the input has no such record.
  mutating func record(input: Int, number: UInt64) throws(RunFailure) -> FoundRecord? {
    let stream = inputs.stream()
    read = 0
    while let portion = try stream.next() {
      read += UInt64(portion.records.count + portion.records.rejects.count)
      guard portion.chunk.input == input else { continue }
      // A batch's rejects are the chunk's, and those found only when its fields were looked at.
      if let reject = portion.records.rejects.first(where: { $0.position.record == number }) {
        return FoundRecord(portion, refused: reject)
      }
      let records = portion.records
      if let record = (0..<records.count).first(where: { records.number(of: $0) == number }) {
        return FoundRecord(portion, at: records.position(of: record))
      }
    }
    return nil
  }

  /// All records with an id, whatever becomes of them.
  mutating func records(id: String) throws(RunFailure) -> FoundRecords {
    let wanted = Array(TextFolding.trim(id).utf8)
    let stream = inputs.stream()
    let single = RecordBatch()
    var records = try noted { () throws(SystemCallError) in try FoundRecords(policy: policy) }
    var reader: (input: Int, identities: IdentityReader)?
    read = 0
    while let portion = try stream.next() {
      read += UInt64(portion.records.count + portion.records.rejects.count)
      let input = portion.chunk.input
      if reader?.input != input { reader = (input, IdentityReader(plan: portion.plan.gate)) }
      guard let identities = reader?.identities else { continue }
      for record in 0..<portion.records.count {
        guard let id = identities.id(portion.records, record), id.elementsEqual(wanted),
          let found = FoundRecord(portion, at: portion.records.position(of: record)),
          case .parsed(let chunk) = found.content
        else { continue }
        try stream.fill(single, from: chunk, portion.plan)
        let given = identities.identities(single)
        try noted { () throws(SystemCallError) in try records.add(found, identities: given) }
      }
    }
    return records
  }

  private func noted<Value>(
    _ body: () throws(SystemCallError) -> Value
  ) throws(RunFailure) -> Value {
    do throws(SystemCallError) {
      return try body()
    } catch {
      throw .tooManyIDs(error)
    }
  }
}
