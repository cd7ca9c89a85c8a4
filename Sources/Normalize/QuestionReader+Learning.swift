import Ingest
import MaturityModel

/// Works out what a text says, on the exact path, and remembers it.
extension QuestionReader {
  @inline(never)
  func learnToken(_ token: UnsafeBufferPointer<UInt8>) -> CompiledEffect {
    let answer = interpreter.effect(ofToken: String(decoding: token, as: UTF8.self))
    let keeps = tokenMemo.hasRoom(for: token) && effects.hasRoom
    let effect = compiled(answer, keeps: keeps)
    if keeps { tokenMemo.remember(effect, for: token) }
    return effect
  }

  @inline(never)
  func learnCell(_ cell: UnsafeBufferPointer<UInt8>, _ column: Int) -> CompiledEffect {
    let memo = cellMemos[column]
    let text = String(decoding: cell, as: UTF8.self)
    let keeps = memo.hasRoom(for: cell) && effects.hasRoom
    let effect =
      isScale
      ? scaleEffect(text)
      : compiled(interpreter.effect(ofCell: text, label: columns[column].label), keeps: keeps)
    if keeps { memo.remember(effect, for: cell) }
    return effect
  }

  private func compiled(_ answer: AnswerEffect, keeps: Bool) -> CompiledEffect {
    var effect = CompiledEffect()
    if !answer.isAnswer { return effect }
    let flags: AnswerFlags = answer.holdsSomethingElse ? [.isAnswer, .somethingElse] : .isAnswer
    effect.flags = flags.rawValue
    var rest = EffectTable.Rest()
    rest.criteria =
      parts(answer.proved, from: 0) + parts(answer.maybe, from: shape.criterionWords)
    rest.terms = parts(answer.terms, from: 0)
    rest.merged = parts(answer.merged.compactMap { shape.mergedTerms.firstIndex(of: $0) }, from: 0)
    rest.unmapped = answer.unmapped.map {
      vocabulary.numberOfUnmappedAnswer($0, question: Int(question))
        ?? ResponseBatch.UnmappedAnswer.noText
    }
    if let first = rest.criteria.first, let word = UInt8(exactly: first.word) {
      (effect.criterion_word, effect.criteria) = (word, first.bits)
      rest.criteria.removeFirst()
    }
    if let first = rest.terms.first, let word = UInt16(exactly: first.word) {
      (effect.term_word, effect.terms) = (word, first.bits)
      rest.terms.removeFirst()
    }
    effect.rest = effects.store(rest, keeps: keeps)
    return effect
  }

  /// The words of a set of numbers that are not zero, in a row that begins at `start`.
  private func parts(_ members: [Int], from start: Int) -> [EffectTable.Part] {
    var bits: [Int: UInt64] = [:]
    for member in members { bits[member / 64, default: 0] |= 1 << UInt64(member % 64) }
    return bits.sorted { $0.key < $1.key }
      .map { EffectTable.Part(word: start + $0.key, bits: $0.value) }
  }

  /// Says yes or no to the question's one criterion; any other text says nothing.
  private func scaleEffect(_ cell: String) -> CompiledEffect {
    var effect = CompiledEffect()
    guard let criterion = interpreter.question.criterion else { return effect }
    switch interpreter.scaleMeaning(of: cell) {
    case .affirms:
      effect.flags = AnswerFlags.isAnswer.rawValue
      (effect.criterion_word, effect.criteria) = (
        UInt8(criterion / 64), 1 << UInt64(criterion % 64)
      )
    case .denies: effect.flags = AnswerFlags([.isAnswer, .denies]).rawValue
    case .saysNeither, .missing: break
    }
    return effect
  }
}
