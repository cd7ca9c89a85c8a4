import ArgumentParser
import Documents
import Report

/// `; did you mean 'industry'?`, or a full stop where no name is close.
func suggestion(for name: String, among names: [String]) -> String {
  closest(to: name, among: names, limit: 1).first.map { "; did you mean '\($0)'?" } ?? "."
}

extension FailureMessage {
  init(_ failure: ShowFailure) {
    self =
      switch failure {
      case .set(let failure): FailureMessage(failure)
      case .noSegment(let name, let known):
        FailureMessage(
          "there is no segment '\(name)'"
            + (known.isEmpty
              ? ": the survey file has none"
              : suggestion(for: name, among: known) + " There is "
                + known.prefix(20).joined(separator: ", ")),
          .usage)
      case .noTable(let name, let known):
        FailureMessage(
          "there is no table '\(name)'" + suggestion(for: name, among: known) + " There is "
            + known.joined(separator: ", "), .usage)
      case .noStage(let stage, let highest):
        FailureMessage("--stage is a number from 0 to \(highest), not \(stage)", .usage)
      case .noColumn(let column, let table):
        FailureMessage("the table \(table) has no column '\(column)' to choose by", .usage)
      }
  }

  private init(_ failure: PublishedSetFailure) {
    self =
      switch failure {
      case .unreadable(let error):
        FailureMessage("\(error.path): cannot be read: \(error.reason)", .inputMissing)
      case .noSet(let path):
        FailureMessage(
          "\(path): holds no run.json of stagecraft; name the directory that a run published "
            + "(its --out)", .inputMissing)
      case .otherVersion(let path, let schema):
        FailureMessage(
          "\(path): was published in the format \(schema), which this version does not know; use "
            + "the stagecraft that wrote it, or a newer one", .dataUnusable)
      case .damaged(let path):
        FailureMessage(
          "\(path): is not what the run wrote: run.json has another SHA-256 of it, or it is gone; "
            + "run again, or fetch the whole directory again", .dataUnusable)
      case .tooLarge(let path, let limit):
        FailureMessage(
          "\(path): has more than \(limit >> 20) MiB; a database reads it better", .dataUnusable)
      }
  }
}
