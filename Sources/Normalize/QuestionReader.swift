import CAnswerLists
import Ingest
import MaturityModel
import SurveyMapping
import TextFolding

/// Reads one question, remembering what each distinct text says. Belongs to one worker.
///
/// A batch is read question by question, not response by response, so that what one question needs
/// stays at hand.
final class QuestionReader {
  let interpreter: AnswerInterpreter
  let question: Int32
  let shape: ResponseBatch.Shape
  let vocabulary: Vocabulary
  let columns: [NormalizationPlan.Column]
  private let slots: SlotSet
  private let asks: UnsafeMutablePointer<UInt64>
  /// The criteria that the response at hand proves and leaves open, one row behind the other.
  private let open: UnsafeMutablePointer<UInt64>
  /// An answer that chooses nothing else denies what it does not choose.
  private let denies: Bool
  let isScale: Bool
  /// The separator of a list that can be cut in its raw bytes; nil: it cannot.
  private let plainSeparator: UInt8?
  /// Whether a cell without a byte is certain to be no answer, by far the most frequent case.
  private let emptyIsNoAnswer: Bool

  let effects = EffectTable()
  private var noted = NotedAnswers()
  /// How many responses the batches before held.
  private var responsesBefore: UInt64 = 0
  /// Per column for `options`, whose labels differ; one for all other styles.
  let cellMemos: [ByteMemo<CompiledEffect>]
  let tokenMemo = ByteMemo<CompiledEffect>()

  /// - Parameter vocabulary: numbers unmapped answers.
  init(plan: NormalizationPlan, question index: Int, vocabulary: Vocabulary) {
    let question = plan.survey.questions[index]
    self.question = Int32(index)
    self.vocabulary = vocabulary
    interpreter = AnswerInterpreter(
      question: question, model: plan.model, missing: plan.survey.source.missing)
    shape = plan.shape
    columns = plan.questions[index]
    slots = SlotSet(columns.map(\.slot))
    isScale = question.style == .scale
    let asked = isScale ? [question.criterion].compactMap(\.self) : question.asks
    asks = .allocate(capacity: shape.criterionWords + 1)
    asks.initialize(from: bitRow(asked, words: shape.criterionWords), count: shape.criterionWords)
    open = .allocate(capacity: max(2, 2 * shape.criterionWords))
    denies = question.deniesUnselected && !isScale
    plainSeparator = question.style == .list ? interpreter.plainSeparator : nil
    emptyIsNoAnswer =
      isScale || !question.explicit.contains("") && !question.ticked.contains("")
    cellMemos = columns.map { _ in ByteMemo() }
  }

  deinit {
    asks.deallocate()
    open.deallocate()
  }

  /// Adds what the records answer to their rows.
  ///
  /// - Parameters:
  ///   - kept: the records that become responses, in the order of the rows.
  ///   - unmapped: takes the unmapped answers, once per response and text.
  func read(
    _ records: RecordFields, _ kept: UnsafeBufferPointer<Int32>, into rows: AnswerRows,
    unmapped: inout [ResponseBatch.UnmappedAnswer]
  ) {
    for response in kept.indices {
      read(records, Int(kept[response]), into: rows, response, &unmapped)
    }
    responsesBefore += UInt64(kept.count)
  }

  /// Adds what one record answers to the rows of a response.
  ///
  /// - Returns: whether there is an answer, and whether it holds something unnamed or unmapped.
  @inline(__always) @discardableResult
  func read(
    _ records: RecordFields, _ record: Int, into rows: AnswerRows, _ response: Int,
    _ unmapped: inout [ResponseBatch.UnmappedAnswer]
  ) -> AnswerFlags {
    var answer = Answer(
      rows: answer_rows(
        criteria: open, terms: rows.terms + response &* shape.termWords, flags: 0),
      merged: rows.merged + response &* shape.mergedWords, response: response)
    clearOpen()
    if emptyIsNoAnswer {
      let filled = records.filled + record &* records.slotWords
      for word in slots.words {
        var rest = filled[word] & slots.mask(word)
        while rest != 0 {
          let slot = 64 &* word &+ rest.trailingZeroBitCount
          read(records.cell(record, slot), slots.column(of: slot), &answer, &unmapped)
          rest &= rest &- 1
        }
      }
    } else {
      for column in columns.indices {
        read(records.cell(record, slots.slot(of: column)), column, &answer, &unmapped)
      }
    }
    let flags = AnswerFlags(rawValue: answer.rows.flags)
    if !flags.isEmpty { settle(flags, rows, response) }
    return flags
  }

  @inline(__always)
  private func clearOpen() {
    // Most models fit into a word each, which is less work than a call of memset.
    (open[0], open[1]) = (0, 0)
    if shape.criterionWords > 1 {
      for word in 2..<2 &* shape.criterionWords { open[word] = 0 }
    }
  }

  /// What has been found in the cells of one response.
  private struct Answer {
    var rows: answer_rows
    let merged: UnsafeMutablePointer<UInt64>
    /// Its place in the batch.
    let response: Int
  }

  @inline(__always)
  private func read(
    _ cell: UnsafeBufferPointer<UInt8>, _ column: Int, _ answer: inout Answer,
    _ unmapped: inout [ResponseBatch.UnmappedAnswer]
  ) {
    if let plainSeparator, readList(cell, plainSeparator, &answer, &unmapped) { return }
    let effect = cellMemos[column].value(forField: cell) ?? learnCell(cell, column)
    apply(effect, &answer, &unmapped)
  }

  /// Reads a list, stopping only for answers that are new or say more than most.
  ///
  /// - Returns: false where it cannot be cut in its raw bytes.
  @inline(__always)
  private func readList(
    _ cell: UnsafeBufferPointer<UInt8>, _ separator: UInt8, _ answer: inout Answer,
    _ unmapped: inout [ResponseBatch.UnmappedAnswer]
  ) -> Bool {
    var table = answer_table(tokenMemo.look)
    var at = add_known_answers(&table, cell.baseAddress, cell.count, 0, separator, &answer.rows)
    if at == no_plain_list { return false }
    while at < cell.count {
      at = readToken(cell, at, separator, &answer, &unmapped)
      if at >= cell.count { break }
      table = answer_table(tokenMemo.look)
      at = add_known_answers(&table, cell.baseAddress, cell.count, at, separator, &answer.rows)
    }
    return true
  }

  /// Reads one answer of a list, on the way that knows them all.
  ///
  /// - Returns: where the next one begins.
  @inline(never)
  private func readToken(
    _ cell: UnsafeBufferPointer<UInt8>, _ start: Int, _ separator: UInt8, _ answer: inout Answer,
    _ unmapped: inout [ResponseBatch.UnmappedAnswer]
  ) -> Int {
    let end = cell[start...].firstIndex(of: separator) ?? cell.count
    let token = UnsafeBufferPointer(rebasing: cell[start..<end])
    apply(tokenMemo.value(forField: token) ?? learnToken(token), &answer, &unmapped)
    return end + 1
  }

  @inline(__always)
  private func apply(
    _ effect: CompiledEffect, _ answer: inout Answer,
    _ unmapped: inout [ResponseBatch.UnmappedAnswer]
  ) {
    answer.rows.flags |= effect.flags
    open[Int(effect.criterion_word)] |= effect.criteria
    answer.rows.terms[Int(effect.term_word)] |= effect.terms
    if effect.rest != 0 { applyRest(effect.rest, answer, &unmapped) }
  }

  // Out of line, as all that is rare: what is inlined into the loop takes its registers.
  @inline(never)
  private func applyRest(
    _ number: Int32, _ answer: Answer, _ unmapped: inout [ResponseBatch.UnmappedAnswer]
  ) {
    let rest = effects[number]
    for part in rest.criteria { open[part.word] |= part.bits }
    for part in rest.terms { answer.rows.terms[part.word] |= part.bits }
    for part in rest.merged { answer.merged[part.word] |= part.bits }
    let response = responsesBefore + UInt64(answer.response) + 1
    for text in rest.unmapped {
      let isFirst = noted.response != response
      if noted.isNew(text, in: response) {
        unmapped.append(.init(question: question, text: text, isFirst: isFirst))
      }
    }
  }

  /// Takes over what the response's cells say together.
  @inline(__always)
  private func settle(_ flags: AnswerFlags, _ rows: AnswerRows, _ response: Int) {
    let words = shape.criterionWords
    let yes = rows.yes + response &* words
    for word in 0..<words { yes[word] |= open[word] }
    let deniesRest = denies && flags.contains(.isAnswer) && !flags.contains(.somethingElse)
    if deniesRest || flags.contains(.denies) {
      let no = rows.no + response &* words
      for word in 0..<words { no[word] |= asks[word] & ~open[word] & ~open[words &+ word] }
    }
  }
}

extension RecordFields {
  /// The bytes of one field.
  @inline(__always)
  func cell(_ record: Int, _ slot: Int) -> UnsafeBufferPointer<UInt8> {
    let span = fields[record &* slots &+ slot]
    return UnsafeBufferPointer(start: text + Int(span.start), count: Int(span.count))
  }
}
