/// The effects of answers, gathered for one response: rows of bits, to be or-ed together.
struct EffectRow {
  let shape: ResponseBatch.Shape
  var yes: [UInt64]
  var no: [UInt64]
  var terms: [UInt64]
  var merged: [UInt64]
  var unmapped: [ResponseBatch.UnmappedAnswer] = []

  init(shape: ResponseBatch.Shape) {
    self.shape = shape
    yes = Array(repeating: 0, count: shape.criterionWords)
    no = yes
    terms = Array(repeating: 0, count: shape.termWords)
    merged = Array(repeating: 0, count: shape.mergedWords)
  }

  mutating func clear() {
    for word in yes.indices { (yes[word], no[word]) = (0, 0) }
    for word in terms.indices { terms[word] = 0 }
    for word in merged.indices { merged[word] = 0 }
    unmapped.removeAll(keepingCapacity: true)
  }

  /// Adds the row as one more response. Across questions a yes wins over a no.
  func append(to responses: ResponseBatch) {
    responses.yes += yes
    for word in no.indices { responses.no.append(no[word] & ~yes[word]) }
    responses.terms += terms
    responses.merged += merged
    responses.unmapped += unmapped
  }
}

/// A row of bits that stands for a set of small numbers.
func bitRow(_ members: some Sequence<Int>, words: Int) -> [UInt64] {
  var row = [UInt64](repeating: 0, count: words)
  for member in members { row[member / 64] |= 1 << UInt64(member % 64) }
  return row
}
