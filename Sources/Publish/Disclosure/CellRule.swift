/// The least number of responses that a published count may tell of.
struct CellRule: Hashable, Sendable {
  let minimum: UInt64

  /// Whether a count may be published: of nobody, or of enough.
  func allows(_ count: UInt64) -> Bool { count == 0 || count >= minimum }

  func allows(_ counts: [UInt64]) -> Bool { counts.allSatisfy(allows) }

  /// How many of the first parts of a whole can be known only together, so that no part outside of
  /// them, nor all of them in one, has a count that may not be published; nil where even the whole
  /// has one.
  ///
  /// Parts are pooled in one fixed order, so any two pools are one inside the other. Whatever
  /// several tables say of the same parts is then no more than the smallest pool says, and that one
  /// is looked at here.
  /// - Parameters:
  ///   - parts: the counts of each part, in the order of pooling.
  ///   - first: parts that are pooled anyway.
  ///   - isNobodyEmpty: whether each part is known to have somebody, so that a sum which is no more
  ///     than their number tells them all.
  func pool(_ parts: [[UInt64]], from first: Int = 0, isNobodyEmpty: Bool = false) -> Int? {
    let lastRefused = parts.lastIndex { !allows($0) } ?? -1
    var size = max(first, lastRefused + 1)
    var sum = parts[..<size].reduce(into: [UInt64]()) { add($1, to: &$0) }
    while !(allows(sum) && (size == 0 || !isNobodyEmpty || sum[0] > UInt64(size))) {
      if size == parts.count { return nil }
      add(parts[size], to: &sum)
      size += 1
    }
    return size
  }

  private func add(_ counts: [UInt64], to sum: inout [UInt64]) {
    if sum.isEmpty {
      sum = counts
    } else {
      for index in sum.indices { sum[index] += counts[index] }
    }
  }
}

extension [[UInt64]] {
  /// Column by column.
  var sums: [UInt64] {
    guard var sum = first else { return [] }
    for counts in dropFirst() { for index in sum.indices { sum[index] += counts[index] } }
    return sum
  }
}
