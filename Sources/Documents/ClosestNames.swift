import TextFolding

/// The names people most likely meant by a name that does not exist, the closest first.
///
/// Close means few edits (insert, delete, replace, swap two neighbours) between the folded names:
/// at most two, or a third of the length. A name that contains the other one is close as well.
/// Ties keep the order of `names`.
/// - Complexity: O(length²) for each name of a similar length.
package func closest(to name: String, among names: [String], limit: Int) -> [String] {
  let wanted = comparable(name)
  let mostEdits = max(2, wanted.count / 3)
  var ranked: [(edits: Int, place: Int)] = []
  for (place, candidate) in names.enumerated() {
    let other = comparable(candidate)
    if let edits = edits(from: wanted, to: other, atMost: mostEdits), edits < wanted.count {
      ranked.append((edits, place))
    } else if contains(wanted, other) || contains(other, wanted) {
      ranked.append((mostEdits + 1, place))
    }
  }
  return ranked.sorted { ($0.edits, $0.place) < ($1.edits, $1.place) }.prefix(limit).map {
    names[$0.place]
  }
}

/// Questions used as column names run to hundreds of characters; their beginning tells enough.
private func comparable(_ name: String) -> [Unicode.Scalar] {
  Array(TextFolding.fold(name).unicodeScalars.prefix(120))
}

/// One or two characters stand in nearly every name.
private func contains(_ long: [Unicode.Scalar], _ short: [Unicode.Scalar]) -> Bool {
  short.count >= 3 && long.count > short.count && long.contains(short)
}

/// The Damerau-Levenshtein distance (each pair swapped once), or nil when it is above `most`.
private func edits(
  from left: [Unicode.Scalar], to right: [Unicode.Scalar], atMost most: Int
) -> Int? {
  if abs(left.count - right.count) > most { return nil }
  var twoBack: [Int] = []
  var above = Array(0...right.count)
  for (row, scalar) in left.enumerated() {
    var current = [row + 1]
    for (column, other) in right.enumerated() {
      let replaced = above[column] + (scalar == other ? 0 : 1)
      var best = min(replaced, above[column + 1] + 1, current[column] + 1)
      if row > 0, column > 0, scalar == right[column - 1], left[row - 1] == other {
        best = min(best, twoBack[column - 1] + 1)
      }
      current.append(best)
    }
    // The next row of the table builds on these two only.
    if (current.min() ?? 0) > most, (above.min() ?? 0) > most { return nil }
    (twoBack, above) = (above, current)
  }
  return above[right.count] <= most ? above[right.count] : nil
}
