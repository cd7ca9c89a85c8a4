import Statistics

/// A question about the respondent's organisation; unknown where the metrics that decide it are.
package struct Condition: Hashable, Sendable {
  /// A snake_case name.
  package let id: String
  /// The condition holds when one of these does; never empty.
  package let any: [ConditionItem]
}

/// A metric and the threshold it must exceed.
package struct ConditionItem: Hashable, Sendable {
  /// The id of a metric in the survey file.
  package let metric: String
  /// Strictly above.
  package let above: Billionths
  /// The item is dropped where the respondent told this metric.
  package let unlessKnown: String?
}
