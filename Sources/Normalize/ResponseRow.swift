import SurveyMapping

/// One response in the making: sets of criteria and terms as rows of bits, to be or-ed together.
///
/// All rows lie in one memory, so that what an answer says is a few words to be or-ed into it.
final class ResponseRow {
  let shape: ResponseBatch.Shape
  let words: UnsafeMutablePointer<UInt64>
  /// Unmapped answers, once per question and text.
  var unmapped: [ResponseBatch.UnmappedAnswer] = []
  /// Which response it is, among all that were made here.
  private(set) var response: UInt64 = 0

  // Where each row begins. The first two belong to the question at hand.
  let proved = 0
  let maybe: Int
  let terms: Int
  let merged: Int
  let yes: Int
  let no: Int
  private let end: Int

  init(shape: ResponseBatch.Shape) {
    self.shape = shape
    maybe = shape.criterionWords
    terms = 2 * shape.criterionWords
    merged = terms + shape.termWords
    yes = merged + shape.mergedWords
    no = yes + shape.criterionWords
    end = no + shape.criterionWords
    words = .allocate(capacity: max(1, end))
    words.initialize(repeating: 0, count: max(1, end))
  }

  deinit { words.deallocate() }

  /// Begins another response.
  func clear() {
    for word in 0..<end { words[word] = 0 }
    response &+= 1
    if !unmapped.isEmpty { unmapped.removeAll(keepingCapacity: true) }
  }

  @inline(__always)
  func beginQuestion() {
    for word in 0..<terms { words[word] = 0 }
  }

  /// Takes over what the question at hand says.
  ///
  /// - Parameter denied: criteria that are no unless something proves them; nil: none.
  @inline(__always)
  func endQuestion(denied: UnsafePointer<UInt64>?) {
    for word in 0..<shape.criterionWords {
      words[yes &+ word] |= words[word]
      if let denied {
        words[no &+ word] |= denied[word] & ~words[word] & ~words[maybe &+ word]
      }
    }
  }

  /// The numbers in one of the rows, ascending.
  func members(from start: Int, words count: Int) -> [Int] {
    var members: [Int] = []
    for word in 0..<count {
      var rest = words[start + word]
      while rest != 0 {
        members.append(64 * word + rest.trailingZeroBitCount)
        rest &= rest - 1
      }
    }
    return members
  }
}

/// A row of bits that stands for a set of small numbers.
func bitRow(_ members: some Sequence<Int>, words: Int) -> [UInt64] {
  var row = [UInt64](repeating: 0, count: words)
  for member in members { row[member / 64] |= 1 << UInt64(member % 64) }
  return row
}
