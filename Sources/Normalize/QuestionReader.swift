import CSeparators
import Ingest
import MaturityModel
import SurveyMapping
import TextFolding

/// Reads one question of one response, remembering what each distinct text says. Belongs to one
/// worker.
final class QuestionReader {
  let interpreter: AnswerInterpreter
  private let question: Int32
  private let shape: ResponseBatch.Shape
  private let vocabulary: Vocabulary
  private let columns: [NormalizationPlan.Column]
  private let slots: UnsafeMutableBufferPointer<Int>
  private let asks: UnsafeMutablePointer<UInt64>
  /// An answer that chooses nothing else denies what it does not choose.
  private let denies: Bool
  private let isScale: Bool
  /// The separator of a list that can be cut in its raw bytes; nil: it cannot.
  private let plainSeparator: UInt8?
  /// Whether a cell without a byte is certain to be no answer, by far the most frequent case.
  private let emptyIsNoAnswer: Bool

  private let effects = EffectTable()
  private var unmapped = NotedAnswers()
  /// Per column for `options`, whose labels differ; one for all other styles.
  private let cellMemos: [ByteMemo]
  private let tokenMemo = ByteMemo()

  /// - Parameter vocabulary: numbers unmapped answers.
  init(plan: NormalizationPlan, question index: Int, vocabulary: Vocabulary) {
    let question = plan.survey.questions[index]
    self.question = Int32(index)
    self.vocabulary = vocabulary
    interpreter = AnswerInterpreter(
      question: question, model: plan.model, missing: plan.survey.source.missing)
    shape = plan.shape
    columns = plan.questions[index]
    slots = .allocate(capacity: columns.count)
    _ = slots.initialize(from: columns.map(\.slot))
    isScale = question.style == .scale
    let asked = isScale ? [question.criterion].compactMap(\.self) : question.asks
    asks = .allocate(capacity: max(1, shape.criterionWords))
    asks.initialize(
      from: bitRow(asked, words: max(1, shape.criterionWords)), count: max(1, shape.criterionWords))
    denies = question.deniesUnselected && !isScale
    plainSeparator = question.style == .list ? interpreter.plainSeparator : nil
    emptyIsNoAnswer =
      isScale || !question.explicit.contains("") && !question.ticked.contains("")
    cellMemos = columns.map { _ in ByteMemo() }
  }

  deinit {
    slots.deallocate()
    asks.deallocate()
  }

  /// Adds what the record's answer says to `row`.
  ///
  /// - Returns: whether there is an answer, and whether it holds something unnamed or unmapped.
  @discardableResult
  func read(
    _ records: RecordFields, _ record: Int, into row: ResponseRow
  ) -> CompiledEffect.Flags {
    row.beginQuestion()
    var flags: CompiledEffect.Flags = []
    for column in 0..<slots.count {
      let cell = records.field(record: record, slot: slots[column])
      if cell.isEmpty && emptyIsNoAnswer { continue }
      if let plainSeparator, let tokens = ListCutter(cell, plainSeparator) {
        apply(tokens, row, &flags)
      } else {
        apply(effectOfCell(cell, column: column), row, &flags)
      }
    }
    let deniesRest =
      denies && flags.contains(.isAnswer) && !flags.contains(.somethingElse)
    row.endQuestion(denied: deniesRest || flags.contains(.denies) ? asks : nil)
    return flags
  }

  /// The innermost loop of all: what it needs is held at hand until something is learned.
  @inline(__always)
  private func apply(
    _ list: ListCutter, _ row: ResponseRow, _ flags: inout CompiledEffect.Flags
  ) {
    var tokens = list
    var memo = tokenMemo.look
    var known = effects.effect(0)
    let words = row.words
    while let token = tokens.next() {
      let number: Int32
      if let remembered = memo.value(forField: token) {
        number = remembered
      } else {
        number = learnToken(token)
        (memo, known) = (tokenMemo.look, effects.effect(0))
      }
      apply(known + Int(number), words, row, &flags)
    }
  }

  private func learnToken(_ token: UnsafeBufferPointer<UInt8>) -> Int32 {
    let effect = interpreter.effect(ofToken: String(decoding: token, as: UTF8.self))
    let number = store(effect, keeps: tokenMemo.hasRoom(for: token))
    tokenMemo.remember(number, for: token)
    return number
  }

  @inline(__always)
  private func effectOfCell(_ cell: UnsafeBufferPointer<UInt8>, column: Int) -> Int32 {
    cellMemos[column].value(forField: cell) ?? learnCell(cell, column)
  }

  private func learnCell(_ cell: UnsafeBufferPointer<UInt8>, _ column: Int) -> Int32 {
    let memo = cellMemos[column]
    let text = String(decoding: cell, as: UTF8.self)
    let keeps = memo.hasRoom(for: cell) && effects.hasRoom
    let number =
      isScale
      ? storeScale(text, keeps: keeps)
      : store(interpreter.effect(ofCell: text, label: columns[column].label), keeps: keeps)
    if keeps { memo.remember(number, for: cell) }
    return number
  }

  @inline(__always)
  private func apply(
    _ number: Int32, _ row: ResponseRow, _ flags: inout CompiledEffect.Flags
  ) {
    apply(effects.effect(number), row.words, row, &flags)
  }

  @inline(__always)
  private func apply(
    _ effect: UnsafeMutablePointer<CompiledEffect>, _ words: UnsafeMutablePointer<UInt64>,
    _ row: ResponseRow, _ flags: inout CompiledEffect.Flags
  ) {
    flags.formUnion(effect.pointee.flags)
    // Most answers prove one criterion with one term, or have one of the two.
    words[effect.pointee.first.word] |= effect.pointee.first.bits
    words[effect.pointee.second.word] |= effect.pointee.second.bits
    if effect.pointee.hasMore { applyMore(effect.pointee, row) }
  }

  private func applyMore(_ effect: CompiledEffect, _ row: ResponseRow) {
    for place in 0..<Int(effect.restCount) {
      row.words[effect.rest[place].word] |= effect.rest[place].bits
    }
    if effect.flags.contains(.unmapped) { note(unmapped: effect, row) }
  }

  private func note(unmapped effect: CompiledEffect, _ row: ResponseRow) {
    for place in 0..<Int(effect.unmappedCount) {
      let text = effect.unmapped[place]
      let isFirst = unmapped.response != row.response
      if unmapped.isNew(text, in: row.response) {
        row.unmapped.append(.init(question: question, text: text, isFirst: isFirst))
      }
    }
  }
}

extension QuestionReader {
  private func store(_ effect: AnswerEffect, keeps: Bool) -> Int32 {
    var flags: CompiledEffect.Flags = []
    if effect.isAnswer { flags.insert(.isAnswer) }
    if effect.holdsSomethingElse { flags.insert(.somethingElse) }
    if !effect.unmapped.isEmpty { flags.insert(.unmapped) }
    let criterionWords = shape.criterionWords
    let places = effect.merged.compactMap { shape.mergedTerms.firstIndex(of: $0) }
    let (maybe, terms) = (criterionWords, 2 * criterionWords)
    let parts =
      parts(effect.proved, from: 0) + parts(effect.maybe, from: maybe)
      + parts(effect.terms, from: terms) + parts(places, from: terms + shape.termWords)
    let unmapped = effect.unmapped.map { text in
      vocabulary.numberOfUnmappedAnswer(text, question: Int(question))
        ?? ResponseBatch.UnmappedAnswer.noText
    }
    return effects.store(flags: flags, parts: parts, unmapped: unmapped, keeps: keeps)
  }

  /// The words of a set of numbers that are not zero; the rows lie as in ``ResponseRow``.
  private func parts(_ members: [Int], from start: Int) -> [CompiledEffect.Part] {
    var bits: [Int: UInt64] = [:]
    for member in members { bits[member / 64, default: 0] |= 1 << UInt64(member % 64) }
    return bits.sorted { $0.key < $1.key }
      .map { CompiledEffect.Part(word: start + $0.key, bits: $0.value) }
  }

  /// Says yes or no to the question's one criterion; any other text says nothing.
  private func storeScale(_ cell: String, keeps: Bool) -> Int32 {
    guard let criterion = interpreter.question.criterion else { return 0 }
    switch interpreter.scaleMeaning(of: cell) {
    case .affirms:
      return effects.store(
        flags: .isAnswer, parts: parts([criterion], from: 0), unmapped: [], keeps: keeps)
    case .denies:
      return effects.store(flags: [.isAnswer, .denies], parts: [], unmapped: [], keeps: keeps)
    case .saysNeither, .missing: return 0
    }
  }
}

/// Which unmapped answers a response has given to a question already: without looking through them,
/// since one response may hold hundreds of thousands.
private struct NotedAnswers {
  /// The last response that gave any.
  private(set) var response: UInt64 = 0
  /// Per text, by its number, the last response that gave it.
  private var responseOfText: [UInt64] = []

  /// Notes an answer; false where the response has given it before.
  mutating func isNew(_ text: Int32, in response: UInt64) -> Bool {
    let isFirst = self.response != response
    self.response = response
    guard text >= 0 else { return isFirst }
    let missing = Int(text) + 1 - responseOfText.count
    if missing > 0 { responseOfText += Array(repeating: 0, count: missing) }
    if responseOfText[Int(text)] == response { return false }
    responseOfText[Int(text)] = response
    return true
  }
}

/// Cuts a list of ASCII text at its separators, in its raw bytes.
struct ListCutter {
  private let cell: UnsafeBufferPointer<UInt8>
  private let separator: UInt8
  private var start = 0
  /// Separators of the 64 bytes from `block` on that have not been passed, and of the 64 behind.
  private var block = 0
  private var places: UInt64
  private var following: UInt64

  /// Nil where the cell is not ASCII with a separator in it: only then can tokens be cut from the raw
  /// bytes, and does folding them one by one give what folding the whole would.
  ///
  /// - Parameter cell: with ``RecordFields/padding`` readable bytes behind it.
  @inline(__always)
  init?(_ cell: UnsafeBufferPointer<UInt8>, _ separator: UInt8) {
    self.cell = cell
    self.separator = separator
    let (first, second) = (
      ListCutter.places(cell, 0, separator), ListCutter.places(cell, 64, separator)
    )
    (places, following) = (first.separators, second.separators)
    var (separators, notASCII) = (places | following, first.notASCII | second.notASCII)
    var block = 128
    while block < cell.count {
      let found = ListCutter.places(cell, block, separator)
      separators |= found.separators
      notASCII |= found.notASCII
      block &+= 64
    }
    if notASCII != 0 || separators == 0 { return nil }
  }

  @inline(__always)
  private static func places(
    _ cell: UnsafeBufferPointer<UInt8>, _ block: Int, _ separator: UInt8
  ) -> (separators: UInt64, notASCII: UInt64) {
    guard let base = cell.baseAddress, block < cell.count else { return (0, 0) }
    var notASCII: UInt64 = 0
    let separators = byte_places(base + block, separator, &notASCII)
    let rest = cell.count &- block
    let valid = rest >= 64 ? UInt64.max : (1 &<< UInt64(truncatingIfNeeded: rest)) &- 1
    return (separators & valid, notASCII & valid)
  }

  /// The next token that is not empty.
  @inline(__always)
  mutating func next() -> UnsafeBufferPointer<UInt8>? {
    while start < cell.count {
      while places == 0, block &+ 64 < cell.count { proceed() }
      let end = places == 0 ? cell.count : block &+ places.trailingZeroBitCount
      places &= places &- 1
      let token = UnsafeBufferPointer(rebasing: cell[start..<end])
      start = end &+ 1
      if !token.isEmpty { return token }
    }
    return nil
  }

  @inline(__always)
  private mutating func proceed() {
    block &+= 64
    places = following
    following = ListCutter.places(cell, block &+ 64, separator).separators
  }
}
