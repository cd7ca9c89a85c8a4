/// Names the columns of a question as a survey file does: one name, a pattern, or a list.
struct ColumnPatterns {
  /// Of all columns, as the export has them.
  let names: [String]

  struct Naming: Hashable {
    var columns: [String]
    var except: [String] = []
  }

  /// For people: short, and not always exact.
  func title(of block: [Int]) -> String {
    guard let first = block.first else { return "" }
    let distinct = Set(block.map { names[$0] })
    if distinct.count == 1 { return names[first].isEmpty ? "(column \(first + 1))" : names[first] }
    if let prefix = prefix(of: block) { return prefix + "*" }
    return "\(names[first]) … \(names[block[block.count - 1]])"
  }

  /// The names that a survey file needs to mean these columns and no others; nil where names
  /// cannot do it.
  ///
  /// - Parameter mayExclude: columns that may be taken out again by name.
  func naming(of block: [Int], mayExclude: [Int]) -> Naming? {
    let wanted = Set(block)
    if block.contains(where: { names[$0].isEmpty }) { return nil }
    if block.count > 1, let prefix = prefix(of: block) {
      let matched = names.indices.filter { names[$0].utf8.starts(with: prefix.utf8) }
      let extra = matched.filter { !wanted.contains($0) }
      let exceptions = distinctNames(extra)
      let clash = exceptions.contains { name in block.contains { isSame(names[$0], name) } }
      if !clash, extra.allSatisfy(mayExclude.contains) {
        return Naming(columns: [prefix + "*"], except: exceptions)
      }
    }
    let own = distinctNames(block)
    let matched = names.indices.filter { index in own.contains { matches(names[index], $0) } }
    // Columns of one name that hold the words of "other" cannot be told apart from the options.
    return Set(matched).subtracting(wanted).isSubset(of: mayExclude) ? Naming(columns: own) : nil
  }

  private func distinctNames(_ block: [Int]) -> [String] {
    var seen: Set<[UInt8]> = []
    return block.map { names[$0] }.filter { seen.insert(Array($0.utf8)).inserted }
  }

  /// A name that ends in `*` is a pattern, whatever was meant.
  private func matches(_ name: String, _ pattern: String) -> Bool {
    pattern.hasSuffix("*")
      ? name.utf8.starts(with: pattern.utf8.dropLast()) : isSame(name, pattern)
  }

  private func isSame(_ name: String, _ other: String) -> Bool {
    name.utf8.elementsEqual(other.utf8)
  }

  /// What all names begin with, up to a mark that ends a part of a name.
  private func prefix(of block: [Int]) -> String? {
    guard let first = block.first, block.contains(where: { names[$0] != names[first] }) else {
      return nil
    }
    var shared = Substring(names[first])
    for index in block.dropFirst() {
      shared =
        shared[
          ..<zip(shared.indices, zip(shared, names[index])).prefix { $1.0 == $1.1 }
            .reduce(shared.startIndex) { shared.index(after: $1.0) }]
    }
    guard let mark = shared.lastIndex(where: { "_[/.(".contains($0) }) else { return nil }
    let prefix = String(shared[...mark])
    return prefix.count >= 2 ? prefix : nil
  }
}
