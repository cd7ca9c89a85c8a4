import Publish
import SystemCalls

/// Why two published sets were not compared.
package enum ComparisonFailure: Error, Sendable {
  /// There is no run report, so this is no published set.
  case notASet(path: String)
  case cannotRead(SystemCallError)
  /// A file of a set is not what a run publishes.
  case damaged(path: String)
  /// What is not comparable, and was not excused.
  case notComparable(first: String, second: String, [Obstacle])
}
