/// Where a batch's answers are written, without looking at the batch each time.
///
/// Per response one row of bits each for the criteria proved and denied, the terms, and the merged
/// terms chosen.
struct AnswerRows {
  let yes: UnsafeMutablePointer<UInt64>
  let no: UnsafeMutablePointer<UInt64>
  let terms: UnsafeMutablePointer<UInt64>
  let merged: UnsafeMutablePointer<UInt64>
  let shape: ResponseBatch.Shape

  init(_ responses: ResponseBatch) {
    yes = responses.yesRows.base
    no = responses.noRows.base
    terms = responses.termRows.base
    merged = responses.mergedRows.base
    shape = responses.shape
  }

  /// Empties the rows of the first responses.
  func clear(_ responses: Int) {
    yes.initialize(repeating: 0, count: responses * shape.criterionWords)
    no.initialize(repeating: 0, count: responses * shape.criterionWords)
    terms.initialize(repeating: 0, count: responses * shape.termWords)
    merged.initialize(repeating: 0, count: responses * shape.mergedWords)
  }

  /// Across questions a yes wins over a no.
  func settle(_ responses: Int) {
    for word in 0..<responses * shape.criterionWords { no[word] &= ~yes[word] }
  }
}

/// A row of bits that stands for a set of small numbers.
func bitRow(_ members: some Sequence<Int>, words: Int) -> [UInt64] {
  var row = [UInt64](repeating: 0, count: words)
  for member in members { row[member / 64] |= 1 << UInt64(member % 64) }
  return row
}

/// The numbers in a row of bits, ascending.
func members(of row: UnsafePointer<UInt64>, words: Int) -> [Int] {
  var members: [Int] = []
  for word in 0..<words {
    var rest = row[word]
    while rest != 0 {
      members.append(64 * word + rest.trailingZeroBitCount)
      rest &= rest - 1
    }
  }
  return members
}
