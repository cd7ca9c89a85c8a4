/// What stagecraft itself wrote, and reads again.
enum OwnOutput {
  private static let first = ["source", "record", "respondent"]
  private static let last = [
    "fate", "stage", "stage_low", "stage_high", "determined", "highest", "compensatory", "progress",
    "readiness", "blocking",
  ]

  /// Whether these are the columns of `respondents.csv`; segments stand in between.
  static func isRespondents(_ names: [String]) -> Bool {
    names.count >= first.count + last.count && names.starts(with: first)
      && names.suffix(last.count).elementsEqual(last)
  }
}
