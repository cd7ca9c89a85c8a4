/// Whole numbers of which sums are known, and what follows of them: what somebody who subtracts
/// published counts from each other can find out.
struct CountPuzzle {
  private var places: [String: Int] = [:]
  private(set) var names: [String] = []
  private var low: [Int] = []
  private var high: [Int] = []
  private var relations: [Relation] = []

  private struct Relation {
    var terms: [(place: Int, factor: Int)]
    var sum: Int
  }

  /// More than there are responses.
  private static let most = 1 << 40
  private static let prime: UInt64 = 2_147_483_647

  private mutating func place(_ name: String) -> Int {
    if let place = places[name] { return place }
    places[name] = names.count
    names.append(name)
    low.append(0)
    high.append(CountPuzzle.most)
    return names.count - 1
  }

  mutating func know(_ name: String, _ value: Int) {
    let place = place(name)
    (low[place], high[place]) = (value, value)
  }

  mutating func know(_ name: String, atLeast value: Int) {
    let place = place(name)
    low[place] = max(low[place], value)
  }

  /// Says that the whole is the sum of its parts, each so many times, where all is multiplied alike.
  mutating func relate(_ whole: String, _ factor: Int = 1, _ parts: [(String, Int)]) {
    var terms = [(place(whole), -factor)]
    for (name, factor) in parts { terms.append((place(name), factor)) }
    relations.append(Relation(terms: terms, sum: 0))
  }

  mutating func relate(_ whole: String, _ parts: [String]) {
    relate(whole, 1, parts.map { ($0, 1) })
  }

  /// The value of a number that can be only one; nil where it can be several.
  func value(_ name: String) -> Int? {
    places[name].flatMap { low[$0] == high[$0] ? low[$0] : nil }
  }

  /// Whether no value is left to some number: then the relations are not true.
  var isContradictory: Bool { zip(low, high).contains { $0 > $1 } }

  /// Finds all that follows from bounds, and from subtracting relations from each other.
  mutating func solve() {
    repeat { narrow() } while eliminate()
  }

  /// Every number is at least, and at most, what is left when the others are as large, or as small,
  /// as they can be.
  private mutating func narrow() {
    var isChanged = true
    while isChanged {
      isChanged = false
      for relation in relations {
        // What is left of the sum when all are as small, or as large, as they can be.
        var (least, greatest) = (relation.sum, relation.sum)
        for term in relation.terms {
          least -= self.greatest(term)
          greatest -= self.least(term)
        }
        for term in relation.terms {
          let (least, greatest) = (least + self.greatest(term), greatest + self.least(term))
          let ends =
            term.factor > 0
            ? (roundedUp(least, term.factor), roundedDown(greatest, term.factor))
            : (roundedUp(-greatest, -term.factor), roundedDown(-least, -term.factor))
          let (low, high) = (self.low[term.place], self.high[term.place])
          if ends.0 <= low && ends.1 >= high { continue }
          self.low[term.place] = max(low, ends.0)
          self.high[term.place] = min(high, ends.1)
          if self.low[term.place] > self.high[term.place] { return }
          isChanged = true
          // The sums are old now; the next round has them new, and they were only wider.
        }
      }
    }
  }

  private func least(_ term: (place: Int, factor: Int)) -> Int {
    term.factor * (term.factor > 0 ? low[term.place] : high[term.place])
  }

  private func greatest(_ term: (place: Int, factor: Int)) -> Int {
    term.factor * (term.factor > 0 ? high[term.place] : low[term.place])
  }

  private func roundedDown(_ value: Int, _ divisor: Int) -> Int {
    value >= 0 ? value / divisor : -((-value + divisor - 1) / divisor)
  }

  private func roundedUp(_ value: Int, _ divisor: Int) -> Int { -roundedDown(-value, divisor) }

  /// Gaussian elimination, modulo a prime. A row with one number left tells it.
  ///
  /// - Returns: whether it told any.
  private mutating func eliminate() -> Bool {
    if isContradictory { return false }
    let open = names.indices.filter { low[$0] < high[$0] }
    let columns = Dictionary(uniqueKeysWithValues: open.enumerated().map { ($1, $0) })
    let width = open.count + 1
    var matrix: [UInt64] = []
    for relation in relations where relation.terms.contains(where: { columns[$0.place] != nil }) {
      var row = Array(repeating: UInt64(0), count: width)
      var sum = relation.sum
      for term in relation.terms {
        if let column = columns[term.place] {
          row[column] = CountPuzzle.modulo(term.factor)
        } else {
          sum -= term.factor * low[term.place]
        }
      }
      row[open.count] = CountPuzzle.modulo(sum)
      matrix += row
    }
    let told = matrix.withUnsafeMutableBufferPointer { CountPuzzle.reduce($0, width: width) }
    for (column, value) in told { (low[open[column]], high[open[column]]) = (value, value) }
    return !told.isEmpty
  }

  /// - Returns: the columns of rows that have no other, with their values.
  private static func reduce(
    _ matrix: UnsafeMutableBufferPointer<UInt64>, width: Int
  ) -> [(Int, Int)] {
    let rows = matrix.count / width
    var done = 0
    var pivots: [Int] = []
    for column in 0..<width - 1 where done < rows {
      guard let next = (done..<rows).first(where: { matrix[$0 * width + column] != 0 }) else {
        continue
      }
      let scale = inverse(matrix[next * width + column])
      for place in column..<width {
        matrix.swapAt(next * width + place, done * width + place)
        matrix[done * width + place] = matrix[done * width + place] &* scale % prime
      }
      for row in 0..<rows where row != done && matrix[row * width + column] != 0 {
        let factor = prime &- matrix[row * width + column]
        var place = column
        while place < width {
          let value = matrix[done &* width &+ place]
          if value != 0 {
            let sum = matrix[row &* width &+ place] &+ factor &* value
            matrix[row &* width &+ place] = sum % prime
          }
          place &+= 1
        }
      }
      pivots.append(column)
      done += 1
    }
    return pivots.enumerated().compactMap { row, column in
      let others = (column + 1..<width - 1).contains { matrix[row * width + $0] != 0 }
      return others ? nil : (column, Int(matrix[row * width + width - 1]))
    }
  }

  private static func modulo(_ value: Int) -> UInt64 {
    let rest = value % Int(prime)
    return UInt64(rest < 0 ? rest + Int(prime) : rest)
  }

  private static func inverse(_ value: UInt64) -> UInt64 {
    var (result, base, exponent): (UInt64, UInt64, UInt64) = (1, value, prime - 2)
    while exponent > 0 {
      if exponent & 1 == 1 { result = result * base % prime }
      base = base * base % prime
      exponent >>= 1
    }
    return result
  }
}
