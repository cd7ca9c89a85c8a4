import Aggregate

extension FailureMessage {
  /// Values of segments are respondents' texts: only names of the survey file are said.
  init(_ failure: RakingFailure) {
    self =
      switch failure {
      case .emptyCategories(let names):
        FailureMessage(
          names.map {
            "rake.margins.\($0.segment): no scored response with a weight is '\($0.category)', so "
              + "nothing can be given its share; merge it with another category, or check the "
              + "spelling"
          }, .dataUnusable)
      case .unnamedValues(let margins):
        FailureMessage(margins.flatMap(FailureMessage.lines), .dataUnusable)
      case .notConverged(let iterations, let largestError, let name, let isTrimmed):
        FailureMessage(
          "raking does not converge: after \(iterations) iterations the share of "
            + "'\(name.category)' in \(name.segment) is still \(largestError) from its target. "
            + (isTrimmed
              ? "Widen rake.trim, merge small categories"
              : "Merge small categories, or combinations of them that nobody has")
            + ", or allow more with rake.tolerance or rake.iterations.", .dataUnusable)
      case .factorOutOfRange:
        FailureMessage(
          "raking would multiply weights by less than a billionth or by more than a billion; merge "
            + "small categories, or limit it with rake.trim", .dataUnusable)
      }
  }

  private static func lines(_ margin: RakingFailure.UnnamedValues) -> [String] {
    let place = "rake.margins.\(margin.segment): "
    var lines: [String] = []
    if margin.responses > 0 {
      lines.append(
        place + "\(margin.responses) scored responses have \(margin.values) values that are not "
          + "named; name them or add '(other)'. A run without 'rake' lists them in "
          + "stage_distribution.csv")
    }
    if margin.missing > 0 {
      lines.append(
        place + "\(margin.missing) scored responses have no value; add the category '(missing)' "
          + "with its share")
    }
    return lines
  }
}
