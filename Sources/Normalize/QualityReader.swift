import Ingest
import SurveyMapping
import TextFolding

/// Looks how carefully a record was filled in. Belongs to one worker and one input layout; there is
/// none where the survey does not ask for it.
final class QualityReader {
  private let rules: QualityRules
  private let missing: Set<String>
  private let duration: Int?
  private let durations = MemoizedReader<Int32>()
  private let grids: [GridReader]
  private let contradictions: [ContradictionReader]

  init(_ rules: QualityRules, plan: NormalizationPlan) {
    self.rules = rules
    missing = plan.survey.source.missing
    duration = plan.duration
    grids = zip(rules.grids, plan.grids).map { grid, slots in
      GridReader(grid, slots: slots, missing: plan.survey.source.missing)
    }
    contradictions = rules.contradictions.map { ContradictionReader($0, plan: plan) }
  }

  var noCounts: QualityCounts {
    QualityCounts(grids: grids.count, contradictions: contradictions.count)
  }

  /// Counts what a record shows.
  ///
  /// - Returns: the place among ``QualityRules/excluded`` of the first check that filters it.
  func look(_ fields: RecordFields, _ record: Int, _ counts: inout QualityCounts) -> Int? {
    let isSpeeder = isSpeeder(fields, record, &counts)
    var (isStraight, contradicts) = (false, false)
    for (place, grid) in grids.enumerated() {
      guard let flag = grid.isStraight(fields, record) else { continue }
      counts.grids[place].add(flag)
      if flag { isStraight = true }
    }
    for (place, question) in contradictions.enumerated() {
      guard let flag = question.isContradicted(fields, record) else { continue }
      counts.contradictions[place].add(flag)
      if flag { contradicts = true }
    }
    return rules.excluded.firstIndex { check in
      switch check {
      case .speeders: isSpeeder
      case .straightLiners: isStraight
      case .contradictions: contradicts
      }
    }
  }

  /// Where the limit is a share of the median, nobody is one yet.
  private func isSpeeder(
    _ fields: RecordFields, _ record: Int, _ counts: inout QualityCounts
  ) -> Bool {
    guard let duration, let limit = rules.speeders?.limit else { return false }
    let seconds = durations.read(fields.cell(record, duration)) { text in
      let trimmed = TextFolding.trim(text)
      return missing.contains(trimmed) ? -1 : QualityReader.wholeSeconds(trimmed.utf8)
    }
    if seconds < 0 { return false }
    counts.durations.append(seconds)
    if case .seconds(let least) = limit { return Int(seconds) < least }
    return false
  }

  /// The whole part of a plain decimal, at most ``QualityRules/Speeders/mostSeconds``; -1: it is none.
  static func wholeSeconds(_ text: some Sequence<UInt8>) -> Int32 {
    var (seconds, digits, points) = (0, 0, 0)
    for byte in text {
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"):
        digits += 1
        if points > 0 { continue }
        seconds = min(
          10 * seconds + Int(byte - UInt8(ascii: "0")), QualityRules.Speeders.mostSeconds)
      case UInt8(ascii: ".") where digits > 0 && points == 0: points = 1
      default: return -1
      }
    }
    return digits > 0 ? Int32(seconds) : -1
  }
}

/// What the records of a batch show of the care with which they were filled in.
package struct QualityCounts: Hashable, Sendable {
  /// Whole seconds, of those who are known to have taken so long.
  package var durations: [Int32] = []
  package var grids: [QualityFlags]
  package var contradictions: [QualityFlags]

  /// Nothing looked at yet.
  package init(grids: Int, contradictions: Int) {
    self.grids = Array(repeating: QualityFlags(), count: grids)
    self.contradictions = Array(repeating: QualityFlags(), count: contradictions)
  }
}

/// How many responses a check looked at, and how many it flagged.
package struct QualityFlags: Hashable, Sendable {
  package private(set) var base: UInt64 = 0
  package private(set) var flagged: UInt64 = 0

  package init() {}

  package mutating func add(_ isFlagged: Bool) {
    base += 1
    if isFlagged { flagged += 1 }
  }

  package mutating func merge(_ other: QualityFlags) {
    base += other.base
    flagged += other.flagged
  }
}

/// Tells whether all answers in a grid are the same one.
private final class GridReader {
  private let slots: [Int]
  private let atLeast: Int
  private let missing: Set<String>
  private let memo = MemoizedReader<Int32>()
  /// By folded text. Bounded as the memo is, for columns in which people typed.
  private var numbers: [String: Int32] = [:]

  private static let mostNumbers = 1 << 12
  private static let noAnswer: Int32 = -1
  private static let noNumber: Int32 = -2

  init(_ grid: QualityRules.Grid, slots: [Int], missing: Set<String>) {
    self.slots = slots
    self.missing = missing
    atLeast = grid.atLeast
  }

  /// Nil: too few answers to tell.
  func isStraight(_ fields: RecordFields, _ record: Int) -> Bool? {
    var (answers, first, differs) = (0, GridReader.noAnswer, false)
    for slot in slots {
      let number = number(of: fields.cell(record, slot))
      if number == GridReader.noAnswer { continue }
      if number == GridReader.noNumber { return isStraightByTexts(fields, record) }
      if answers == 0 { first = number }
      if number != first { differs = true }
      answers += 1
    }
    return answers < atLeast ? nil : !differs
  }

  private func number(of cell: UnsafeBufferPointer<UInt8>) -> Int32 {
    memo.read(cell) { text in
      guard let folded = answer(text) else { return GridReader.noAnswer }
      if let known = numbers[folded] { return known }
      if numbers.count == GridReader.mostNumbers { return GridReader.noNumber }
      numbers[folded] = Int32(numbers.count)
      return Int32(numbers.count - 1)
    }
  }

  private func isStraightByTexts(_ fields: RecordFields, _ record: Int) -> Bool? {
    let answers = slots.compactMap {
      answer(String(decoding: fields.cell(record, $0), as: UTF8.self))
    }
    return answers.count < atLeast ? nil : answers.allSatisfy { $0 == answers[0] }
  }

  /// Folded; nil where there is none.
  private func answer(_ text: String) -> String? {
    missing.contains(TextFolding.trim(text)) ? nil : TextFolding.fold(text)
  }
}

/// Tells whether an answer that excludes all others stands beside another one.
private final class ContradictionReader {
  private let interpreter: AnswerInterpreter
  private let columns: [NormalizationPlan.Column]
  private let exclusive: Set<String>
  private let emptyIsNoAnswer: Bool
  /// Per column, for labels differ.
  private let memos: [MemoizedReader<UInt8>]

  private static let excludesOthers: UInt8 = 1
  private static let isOther: UInt8 = 2

  init(_ rule: QualityRules.Contradiction, plan: NormalizationPlan) {
    let question = plan.survey.questions[rule.question]
    interpreter = AnswerInterpreter(
      question: question, model: plan.model, missing: plan.survey.source.missing)
    columns = plan.questions[rule.question]
    exclusive = rule.answers
    emptyIsNoAnswer = !question.explicit.contains("") && !question.ticked.contains("")
    memos = columns.map { _ in MemoizedReader() }
  }

  /// Nil: the question was not answered.
  func isContradicted(_ fields: RecordFields, _ record: Int) -> Bool? {
    var found: UInt8 = 0
    for (place, column) in columns.enumerated() {
      let cell = fields.cell(record, column.slot)
      if cell.isEmpty, emptyIsNoAnswer { continue }
      found |= memos[place].read(cell) { answers($0, label: column.label) }
    }
    if found == 0 { return nil }
    return found == ContradictionReader.excludesOthers | ContradictionReader.isOther
  }

  private func answers(_ cell: String, label: String) -> UInt8 {
    var found: UInt8 = 0
    for text in interpreter.given(cell, label: label)
    where interpreter.meaning(of: text) != .ignored {
      found |=
        exclusive.contains(text)
        ? ContradictionReader.excludesOthers : ContradictionReader.isOther
    }
    return found
  }
}
