import Comparison

extension FailureMessage {
  init(_ failure: ComparisonFailure) {
    self =
      switch failure {
      case .notASet(let path):
        FailureMessage(
          "\(path): holds no run.json, so it is no directory that stagecraft run published",
          .inputMissing)
      case .cannotRead(let error):
        FailureMessage("\(error.path): cannot be read: \(error.reason)", .inputMissing)
      case .damaged(let path):
        FailureMessage(
          "\(path): is not as stagecraft run publishes it; run it again", .dataUnusable)
      case .notComparable(let first, let second, let obstacles):
        FailureMessage(
          ["\(first) (A) and \(second) (B) are not comparable as they are:"]
            + obstacles.flatMap(\.facts).map { "  " + $0 } + [
              "compare them all the same with --despite "
                + obstacles.map(\.kind.rawValue).joined(separator: ",")
            ], .dataUnusable)
      }
  }
}
