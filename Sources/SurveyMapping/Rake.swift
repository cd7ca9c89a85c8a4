import Statistics
import TextFolding

/// The margins that weights are raked to, and how.
package struct Rake: Hashable, Sendable {
  /// In file order.
  package let margins: [Margin]
  package let trim: Trim
  /// How far a share may be from its target.
  package let tolerance: Billionths
  /// How many times all margins are gone through at most.
  package let iterations: Int

  /// Every joint cell of the margins has a tally of its own: this many fit into memory.
  package static let mostCells = 1_000
  /// The category of those without a value.
  package static let missing = "(missing)"
  /// The category of all values that a margin does not name, but for missing ones.
  package static let other = "(other)"

  /// The shares that the values of one segment have in the population.
  package struct Margin: Hashable, Sendable {
    /// Its place among the survey's segments.
    package let segment: Int
    /// At least two, in file order; no two fold to one text.
    package let categories: [Category]

    /// What the targets add up to: one, or so near it that rounding explains it.
    package var total: Billionths {
      Billionths(count: categories.reduce(0) { $0 + $1.target.count })
    }

    /// The category of a segment value; nil where none is meant.
    ///
    /// Who gave no answer is not among the others: what they are is not known.
    package func category(of value: String) -> Int? {
      let folded = TextFolding.fold(value)
      if let named = categories.firstIndex(where: { $0.folded == folded }) { return named }
      return value == Rake.missing ? nil : categories.firstIndex { $0.name == Rake.other }
    }
  }

  package struct Category: Hashable, Sendable {
    /// As written.
    package let name: String
    package let folded: String
    /// Above 0.
    package let target: Billionths
  }

  /// Between which factors a response's weight may be multiplied.
  package struct Trim: Hashable, Sendable {
    package let low: Billionths?
    package let high: Billionths?
  }

  /// Joint cells, empty ones too.
  package var cells: Int { margins.reduce(1) { $0 * $1.categories.count } }
}
