import CAnswerLists
import StagecraftTestSupport
import Testing

@testable import Normalize

/// The loop in C over the answers of a list, as this processor does it and as every one can.
@Suite struct AnswerListTests {
  private typealias Loop = (
    UnsafePointer<answer_table>, UnsafePointer<UInt8>, Int, Int, UInt8,
    UnsafeMutablePointer<answer_rows>
  ) -> Int

  private struct Result: Equatable {
    var end = 0
    var criteria: [UInt64] = [0, 0, 0]
    var terms: [UInt64] = [0, 0]
    var flags: UInt8 = 0
  }

  private func result(
    of loop: Loop, _ memo: ByteMemo<CompiledEffect>, _ cell: [UInt8], from start: Int
  ) -> Result {
    let padded = cell + [UInt8](repeating: UInt8(ascii: ";"), count: 64)
    var (table, result) = (answer_table(memo.look), Result())
    result.criteria.withUnsafeMutableBufferPointer { criteria in
      result.terms.withUnsafeMutableBufferPointer { terms in
        var rows = answer_rows(criteria: criteria.baseAddress, terms: terms.baseAddress, flags: 0)
        result.end = padded.withUnsafeBufferPointer { bytes in
          bytes.baseAddress.map { loop(&table, $0, cell.count, start, UInt8(ascii: ";"), &rows) }
            ?? -1
        }
        result.flags = rows.flags
      }
    }
    return result
  }

  /// Answers of all lengths around the 32 bytes an entry holds and the 64 of a block.
  private let answers: [[UInt8]] = (0..<70).map { number in
    Array("answer \(number) ".utf8) + [UInt8](repeating: 97, count: number)
  }

  private func memo() -> ByteMemo<CompiledEffect> {
    let memo = ByteMemo<CompiledEffect>()
    for (number, answer) in answers.enumerated() {
      let effect = CompiledEffect(
        criteria: 1 << (number % 64), terms: 1 << (number % 61), rest: number % 23 == 22 ? 7 : 0,
        term_word: UInt16(number % 2), criterion_word: UInt8(number % 3),
        flags: UInt8(number % 4))
      answer.withUnsafeBufferPointer { memo.remember(effect, for: $0) }
    }
    return memo
  }

  @Test func everyProcessorReadsAListAlike() {
    let memo = memo()
    var random = SeededGenerator(seed: 19)
    for round in 0..<2_000 {
      var list: [[UInt8]] = (0..<Int.random(in: 0...12, using: &random)).map { _ in
        answers[Int.random(in: 0..<answers.count, using: &random)]
      }
      if round % 5 == 0 { list.append(Array("never met".utf8)) }
      if round % 11 == 0 { list.append([]) }
      if round % 17 == 0 { list.append(Array("né".utf8)) }
      let cell = Array(list.shuffled(using: &random).joined(separator: [UInt8(ascii: ";")]))
      let starts = [0] + cell.indices.filter { cell[$0] == UInt8(ascii: ";") }.map { $0 + 1 }
      for start in starts {
        #expect(
          result(of: add_known_answers, memo, cell, from: start)
            == result(of: add_known_answers_portable, memo, cell, from: start))
      }
    }
  }

  @Test func aListOfKnownAnswersIsReadToItsEnd() {
    let (memo, cell) = (memo(), answers[0] + [UInt8(ascii: ";")] + answers[40])
    let read = result(of: add_known_answers, memo, cell, from: 0)
    #expect(
      read
        == Result(
          end: cell.count, criteria: [1, 1 << 40, 0], terms: [1 | 1 << 40, 0], flags: 0))
  }

  @Test func theLoopStopsAtAnAnswerThatSaysMoreThanFits() {
    let (memo, cell) = (memo(), answers[0] + [UInt8(ascii: ";")] + answers[22])
    #expect(result(of: add_known_answers, memo, cell, from: 0).end == answers[0].count + 1)
  }

  @Test func aCellWithoutSeparatorsOrWithOtherThanASCIIIsNoPlainList() {
    for cell in [answers[3], Array("né;no".utf8), []] {
      #expect(result(of: add_known_answers, memo(), cell, from: 0).end == no_plain_list)
    }
  }
}
