import Ingest
import MaturityModel
import Normalize
import SurveyMapping
import TextFolding

/// Gathers what becomes of the answers to one question of a survey file, with the look-up of a run
/// and without any scoring.
final class QuestionTally {
  /// Distinct unmatched answers that are kept; more of them are only counted.
  private static let mostTexts = 20_000

  private let question: Question
  private let interpreter: AnswerInterpreter
  private let columns: [Column]
  private let declared: Set<String>
  private let memos: [TextNumberMemo]
  private var fields: [(meaning: Meaning, count: UInt64)] = []
  private var result: QuestionUse

  /// A column of the question, as the plan has it.
  struct Column {
    let slot: Int
    let label: String
    /// Of the export, from 0.
    let column: Int
  }

  /// What one field says.
  private struct Meaning {
    var isAnswer = false
    var matched: UInt64 = 0
    var named: UInt64 = 0
    var unmatched: [String] = []
    var column = 0
  }

  init(_ question: Question, columns: [Column], model: MaturityModel, missing: Set<String>) {
    self.question = question
    self.columns = columns
    interpreter = AnswerInterpreter(question: question, model: model, missing: missing)
    declared = question.declaredTexts
    memos = columns.map { _ in TextNumberMemo() }
    result = QuestionUse()
  }

  /// Takes in one record that is kept.
  func add(_ records: RecordBatch, _ record: Int) {
    var isAnswered = false
    for place in columns.indices {
      let field = records.field(record: record, slot: columns[place].slot)
      if let known = memos[place].value(for: field) {
        fields[Int(known)].count += 1
        if fields[Int(known)].meaning.isAnswer { isAnswered = true }
        continue
      }
      let meaning = meaning(of: String(decoding: field, as: UTF8.self), columns[place])
      isAnswered = isAnswered || meaning.isAnswer
      remember(meaning, field, place)
    }
    if isAnswered { result.answered += 1 }
  }

  private func remember(_ meaning: Meaning, _ field: UnsafeBufferPointer<UInt8>, _ place: Int) {
    guard field.count <= TextTally.mostBytes, fields.count < QuestionTally.mostTexts else {
      result.matched += meaning.matched
      result.named += meaning.named
      result.uncounted += UInt64(meaning.unmatched.count)
      return
    }
    memos[place].remember(Int32(fields.count), for: field)
    // A memo that is full forgets, and the entry counts this one field.
    fields.append((meaning, 1))
  }

  private func meaning(of cell: String, _ column: Column) -> Meaning {
    let given = interpreter.given(cell, label: column.label)
    noteDeclared(given, cell)
    var meaning = Meaning(column: column.column)
    for text in given where !question.ignore.contains(text) {
      meaning.isAnswer = true
      if isMatched(text) { meaning.matched += 1 } else { meaning.unmatched.append(text) }
      if isNamed(text) { meaning.named += 1 }
    }
    return meaning
  }

  private func isMatched(_ text: String) -> Bool {
    if question.style == .scale { return question.yes.contains(text) || question.no.contains(text) }
    return question.answers[text] != nil || question.none.contains(text)
      || question.other.contains(text) || interpreter.model.termByAlias[text] != nil
  }

  /// The answer affirms or denies something, or is a term: it is not just filed as no term.
  private func isNamed(_ text: String) -> Bool {
    if question.style == .scale { return isMatched(text) }
    if let terms = question.answers[text] { return !terms.isEmpty }
    return !question.none.contains(text) && !question.other.contains(text)
      && interpreter.model.termByAlias[text] != nil
  }

  private func noteDeclared(_ given: [String], _ cell: String) {
    for text in given where declared.contains(text) { result.seen.insert(text) }
    if !question.ticked.isEmpty {
      let folded = TextFolding.fold(cell)
      if question.ticked.contains(folded) { result.seen.insert(folded) }
    }
  }

  private func count(_ meaning: Meaning, times: UInt64, freeText: Set<Int>) {
    result.matched += meaning.matched * times
    result.named += meaning.named * times
    for text in meaning.unmatched {
      let hasRoom =
        result.unmatched[text] != nil || result.unmatched.count < QuestionTally.mostTexts
      if !hasRoom || freeText.contains(meaning.column) || text.utf8.count > TextTally.mostBytes {
        result.uncounted += times
      } else {
        result.unmatched[text, default: 0] += times
      }
    }
  }

  /// What became of the answers.
  ///
  /// - Parameter freeText: columns of people's own words, whose texts are counted and not kept.
  func finish(freeText: Set<Int>) -> QuestionUse {
    for (meaning, count) in fields { self.count(meaning, times: count, freeText: freeText) }
    fields = []
    return result
  }
}

/// What became of the answers to one question.
struct QuestionUse: Sendable {
  /// Records with an answer.
  var answered: UInt64 = 0
  /// Answers that a term, or the survey file, knows.
  var matched: UInt64 = 0
  /// Those of them that are terms, or decide a scale.
  var named: UInt64 = 0
  /// Folded answers that match nothing.
  var unmatched: [String: UInt64] = [:]
  /// Unmatched answers in people's own words, or beyond the bound.
  var uncounted: UInt64 = 0
  /// Texts of the survey file that were seen.
  var seen: Set<String> = []
}

extension Question {
  /// All texts that the survey file expects in the data, folded.
  var declaredTexts: Set<String> {
    none.union(other).union(ignore).union(answers.keys).union(ticked).union(yes).union(no)
      .filter { !$0.isEmpty }
  }
}
