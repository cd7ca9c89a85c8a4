import Statistics
import SurveyMapping

/// How the weights were raked, and how near they came to the margins.
package struct RakingReport: Sendable {
  /// By margin, in the survey file's order.
  package let categories: [[Category]]
  /// Joint cells that occur.
  package let cells: Int
  package let iterations: Int
  /// How often some factor had to be cut off.
  package let trims: Int
  /// Responses whose factor ended at a limit.
  package let trimmed: UInt64
  /// Everybody, with the weights that raking began with.
  package let base: Sample
  /// The smallest and the largest weight of a response.
  package let least: WeightSum
  package let most: WeightSum

  /// A category of a margin.
  package struct Category: Sendable {
    package let name: String
    /// Its responses, with the weights that raking began with.
    package let base: Sample
    /// What they weigh now.
    package let weight: WeightSum
    package let baseShare: ExactRatio
    package let share: ExactRatio
    package let target: ExactRatio

    /// The share less the target.
    package var error: Double { share.approximation - target.approximation }
  }

  /// The largest distance of a share from its target, with the weights as they are published.
  package var largestError: Double { categories.joined().map { abs($0.error) }.max() ?? 0 }
}

/// Why weights cannot be raked.
package enum RakingFailure: Error, Hashable, Sendable {
  /// Categories that no scored response, or none with a weight, belongs to.
  case emptyCategories([Name])
  /// A margin's segment has values that it does not name.
  case unnamedValues([UnnamedValues])
  /// The margins, or the margins and the limits of the weights, are not met after all iterations.
  case notConverged(iterations: Int, largestError: Double, at: Name, isTrimmed: Bool)
  /// A weight would have to be multiplied by less than 10⁻⁹ or by more than 10⁹.
  case factorOutOfRange

  /// A category of a margin, as the survey file has it.
  package struct Name: Hashable, Sendable {
    package let segment: String
    package let category: String
  }

  package struct UnnamedValues: Hashable, Sendable {
    package let segment: String
    /// Distinct values, but for a missing one.
    package let values: Int
    /// Scored responses that have one of them.
    package let responses: UInt64
    /// Scored responses without a value.
    package let missing: UInt64
  }
}
