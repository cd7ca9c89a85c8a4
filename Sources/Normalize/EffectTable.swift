import CAnswerLists

/// What an answer says, ready to be or-ed into the rows of a response.
///
/// Most answers prove one criterion with one term, or have one of the two: bits for one word of each
/// row. `criterion_word` counts the row of the criteria proved, and behind it that of the criteria
/// left open; `rest` is the number of everything else it says, in the question's ``EffectTable``.
typealias CompiledEffect = answer_effect

/// What cells say about the question as a whole, as in `flags` of an ``answer_effect``.
struct AnswerFlags: OptionSet {
  let rawValue: UInt8
  static let isAnswer = AnswerFlags(rawValue: 1)
  static let somethingElse = AnswerFlags(rawValue: 2)
  /// A scale's text that denies the criterion.
  static let denies = AnswerFlags(rawValue: 4)
}

/// What the few answers say whose effect does not fit into a ``CompiledEffect``, for one question.
/// Belongs to one worker.
final class EffectTable {
  /// Bits for one word of a row.
  struct Part {
    let word: Int
    let bits: UInt64
  }

  struct Rest {
    var criteria: [Part] = []
    var terms: [Part] = []
    var merged: [Part] = []
    /// Numbers of unmapped texts in the worker's vocabulary.
    var unmapped: [Int32] = []

    var isEmpty: Bool {
      criteria.isEmpty && terms.isEmpty && merged.isEmpty && unmapped.isEmpty
    }
  }

  /// Number 0 is nothing, number 1 is overwritten again and again once a memo is full.
  private var rests = [Rest(), Rest()]

  /// Whether one more may be kept: the memos of a question with thousands of columns are bounded one
  /// by one, what they have in common here.
  var hasRoom: Bool { rests.count < 1 << 16 }

  /// What goes by a number.
  subscript(number: Int32) -> Rest { rests[Int(number)] }

  /// Numbers what an answer says beside its first parts.
  ///
  /// - Parameter keeps: the answer will be remembered; else the number is good until the next call.
  func store(_ rest: Rest, keeps: Bool) -> Int32 {
    if rest.isEmpty { return 0 }
    if !keeps {
      rests[1] = rest
      return 1
    }
    rests.append(rest)
    return Int32(rests.count - 1)
  }
}
