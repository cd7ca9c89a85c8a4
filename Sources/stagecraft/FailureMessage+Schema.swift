import Publish

extension FailureMessage {
  /// A directory that holds no tables to be defined.
  init(_ error: PostgreSQLDefinitions.UnknownSet) {
    self =
      switch error {
      case .unreadable(let error):
        FailureMessage("\(error.path): cannot be read: \(error.reason)", .inputMissing)
      case .noTables(let path):
        FailureMessage("\(path): holds no table that stagecraft published", .inputMissing)
      case .otherColumns(let path):
        FailureMessage(
          "\(path): has other columns than this version of stagecraft publishes; publish it again",
          .dataUnusable)
      }
  }
}
