/// Tells printed options from people's own words by how often they were given.
///
/// Where hardly anything was given only once and the answers are few, all that came back were
/// printed. Elsewhere one response in a hundred, three at least, must have given an answer.
struct PrintedOptions {
  private let fewest: UInt64

  init(_ texts: [TextCount], uncounted: UInt64, answered: UInt64) {
    let once = texts.reduce(uncounted) { $0 + ($1.count == 1 ? 1 : 0) }
    let isClosed = uncounted == 0 && texts.count <= 150 && 100 * once <= answered
    fewest = isClosed ? 2 : max(3, (answered + 99) / 100)
  }

  func contains(_ text: TextCount) -> Bool { text.count >= fewest }
}
