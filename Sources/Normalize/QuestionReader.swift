import Ingest
import MaturityModel
import SurveyMapping
import TextFolding

/// Reads one question of one response, remembering what each distinct text says.
struct QuestionReader {
  let interpreter: AnswerInterpreter
  private let shape: ResponseBatch.Shape
  private let columns: [NormalizationPlan.Column]
  private let asks: [UInt64]
  private let denies: Bool
  private let plainSeparator: UInt8?
  /// Whether a cell without a byte is certain to be no answer, by far the most frequent case.
  private let emptyIsNoAnswer: Bool

  /// Distinct effects met so far; number 0 is "no answer".
  private var effects: [Effect]
  /// The number of the one effect that is overwritten, once a memo is full.
  private var spare: Int32?
  /// Per column for `options`, whose labels differ; one for all other styles.
  private var cellMemos: [ByteMemo]
  private var tokenMemo = ByteMemo()

  // What the response at hand says in this question.
  private(set) var isAnswered = false
  private(set) var holdsSomethingElse = false
  private var proved: [UInt64]
  private var maybe: [UInt64]
  private var firstUnmapped = 0

  /// An ``AnswerEffect`` as rows of bits.
  private struct Effect {
    var isAnswer: Bool
    var holdsSomethingElse: Bool
    var proved: [UInt64]
    var maybe: [UInt64]
    var terms: [UInt64]
    var merged: [UInt64]
    var unmapped: [String]
    var scale: ScaleAnswer = .none
  }

  private enum ScaleAnswer { case none, yes, no }

  init(plan: NormalizationPlan, question index: Int) {
    let question = plan.survey.questions[index]
    interpreter = AnswerInterpreter(
      question: question, model: plan.model, missing: plan.survey.source.missing)
    shape = plan.shape
    columns = plan.questions[index]
    let isScale = question.style == .scale
    let asked = isScale ? [question.criterion].compactMap(\.self) : question.asks
    asks = bitRow(asked, words: shape.criterionWords)
    denies = question.deniesUnselected && !isScale
    plainSeparator = question.style == .list ? interpreter.plainSeparator : nil
    emptyIsNoAnswer =
      isScale || !question.explicit.contains("") && !question.ticked.contains("")
    proved = Array(repeating: 0, count: shape.criterionWords)
    maybe = proved
    cellMemos = Array(repeating: ByteMemo(), count: columns.count)
    effects = []
    effects = [rows(of: AnswerEffect())]
  }

  /// Adds what the record's answer says to `row`.
  ///
  /// - Parameter number: gives an unmapped text its number.
  mutating func read(
    _ records: RecordBatch, _ record: Int, into row: inout EffectRow,
    number: (String) -> ResponseBatch.UnmappedAnswer
  ) {
    begin(row)
    for column in columns.indices {
      let cell = records.field(record: record, slot: columns[column].slot)
      if cell.isEmpty && emptyIsNoAnswer { continue }
      if let plainSeparator, isPlainList(cell, plainSeparator) {
        readTokens(cell, plainSeparator, &row, number)
      } else {
        apply(effectOfCell(cell, column: column), &row, number)
      }
    }
    if isAnswered && denies && !holdsSomethingElse {
      for word in asks.indices { row.no[word] |= asks[word] & ~proved[word] & ~maybe[word] }
    }
  }

  private mutating func begin(_ row: EffectRow) {
    isAnswered = false
    holdsSomethingElse = false
    firstUnmapped = row.unmapped.count
    for word in proved.indices { (proved[word], maybe[word]) = (0, 0) }
  }

  /// ASCII with a separator in it: tokens can be cut from the raw bytes, and folding them one by
  /// one gives what folding the whole would.
  private func isPlainList(_ cell: UnsafeBufferPointer<UInt8>, _ separator: UInt8) -> Bool {
    var holdsSeparator = false
    for byte in cell {
      if byte >= 0x80 { return false }
      if byte == separator { holdsSeparator = true }
    }
    return holdsSeparator
  }

  private mutating func readTokens(
    _ cell: UnsafeBufferPointer<UInt8>, _ separator: UInt8, _ row: inout EffectRow,
    _ number: (String) -> ResponseBatch.UnmappedAnswer
  ) {
    var start = 0
    while start < cell.count {
      var end = start
      while end < cell.count, cell[end] != separator { end &+= 1 }
      if end > start {
        let token = UnsafeBufferPointer(rebasing: cell[start..<end])
        apply(effectOfToken(token), &row, number)
      }
      start = end &+ 1
    }
  }

  private mutating func effectOfToken(_ token: UnsafeBufferPointer<UInt8>) -> Int32 {
    if let known = tokenMemo.value(for: token) { return known }
    let effect = interpreter.effect(ofToken: String(decoding: token, as: UTF8.self))
    let number = store(rows(of: effect), keeps: tokenMemo.hasRoom(for: token))
    tokenMemo.remember(number, for: token)
    return number
  }

  private mutating func effectOfCell(
    _ cell: UnsafeBufferPointer<UInt8>, column: Int
  ) -> Int32 {
    if let known = cellMemos[column].value(for: cell) { return known }
    let text = String(decoding: cell, as: UTF8.self)
    let keeps = cellMemos[column].hasRoom(for: cell)
    let number =
      interpreter.question.style == .scale
      ? store(scaleEffect(text), keeps: keeps)
      : store(
        rows(of: interpreter.effect(ofCell: text, label: columns[column].label)), keeps: keeps)
    cellMemos[column].remember(number, for: cell)
    return number
  }

  /// Numbers an effect; one that the memo has no room for takes the last place again and again.
  private mutating func store(_ effect: Effect, keeps: Bool) -> Int32 {
    if !effect.isAnswer { return 0 }
    if let spare, !keeps {
      effects[Int(spare)] = effect
      return spare
    }
    effects.append(effect)
    let number = Int32(effects.count - 1)
    if !keeps { spare = number }
    return number
  }

  private mutating func apply(
    _ number: Int32, _ row: inout EffectRow,
    _ unmappedNumber: (String) -> ResponseBatch.UnmappedAnswer
  ) {
    if number == 0 { return }
    let effect = effects[Int(number)]
    isAnswered = true
    if effect.holdsSomethingElse { holdsSomethingElse = true }
    for word in proved.indices {
      proved[word] |= effect.proved[word]
      maybe[word] |= effect.maybe[word]
      row.yes[word] |= effect.proved[word]
      if effect.scale == .no { row.no[word] |= asks[word] }
    }
    for word in effect.terms.indices { row.terms[word] |= effect.terms[word] }
    for word in effect.merged.indices { row.merged[word] |= effect.merged[word] }
    for text in effect.unmapped {
      let answer = unmappedNumber(text)
      if !row.unmapped[firstUnmapped...].contains(answer) { row.unmapped.append(answer) }
    }
  }

  private func rows(of effect: AnswerEffect) -> Effect {
    let places = effect.merged.compactMap { shape.mergedTerms.firstIndex(of: $0) }
    return Effect(
      isAnswer: effect.isAnswer, holdsSomethingElse: effect.holdsSomethingElse,
      proved: bitRow(effect.proved, words: shape.criterionWords),
      maybe: bitRow(effect.maybe, words: shape.criterionWords),
      terms: bitRow(effect.terms, words: shape.termWords),
      merged: bitRow(places, words: shape.mergedWords), unmapped: effect.unmapped)
  }

  /// Says yes or no to the question's one criterion; any other text says nothing.
  private func scaleEffect(_ cell: String) -> Effect {
    var effect = rows(of: AnswerEffect())
    guard let criterion = interpreter.question.criterion else { return effect }
    switch interpreter.scaleMeaning(of: cell) {
    case .affirms:
      effect.isAnswer = true
      effect.proved = bitRow([criterion], words: shape.criterionWords)
    case .denies:
      effect.isAnswer = true
      effect.scale = .no
    case .saysNeither, .missing: break
    }
    return effect
  }
}
