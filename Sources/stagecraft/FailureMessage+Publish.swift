import Publish
import SystemCalls

extension FailureMessage {
  init(_ error: PublishError) {
    self =
      switch error {
      case .cannotCreate(let error) where FailureMessage.isShortOfDescriptors(error):
        FailureMessage(shortOfDescriptors: error)
      case .cannotCreate(let error):
        FailureMessage("\(error.path): cannot be created: \(error.reason)", .cannotCreate)
      case .cannotWrite(let error) where error.path == SystemCalls.standardOutput:
        FailureMessage(error)
      case .cannotWrite(let error):
        FailureMessage(
          "\(error.path): \(error.call) failed: \(error.reason); nothing was published",
          .inputOutput)
      case .noSpace(let error, let bytes):
        FailureMessage(
          "\(error.path): \(error.call) failed: \(error.reason), where more than \(bytes) bytes "
            + "are needed; nothing was published", .inputOutput)
      case .damaged(let path):
        FailureMessage(
          "\(path): is not what was written there; nothing was published", .inputOutput)
      case .notDurable(let error):
        FailureMessage(
          "\(error.path): the new output is in place, but \(error.call) failed: \(error.reason); "
            + "it may not outlast a loss of power, so run again", .inputOutput)
      case .locked(let path, let process):
        FailureMessage(
          "\(path): another run publishes there"
            + (process.map { " (process \($0))" } ?? "") + "; try again when it has ended",
          .otherRun)
      case .exposesFew(let path, let exposure): FailureMessage(exposure, path: path)
      default: FailureMessage(refusal: error)
      }
  }

  /// A target that cannot, or must not, be replaced.
  private init(refusal error: PublishError) {
    let text =
      switch error {
      case .targetIsNotADirectory(let path):
        "\(path): is there and is no directory that can be replaced; name another --out"
      case .targetIsNotAFile(let path):
        "\(path): is there and is no plain file that can be replaced; name another"
      case .targetHoldsForeignFile(let path, let name):
        "\(path): holds '\(name)', which stagecraft did not write, so it is not replaced; name "
          + "another --out, or a subdirectory of it"
      case .targetNameTooLong(let path, let most):
        "\(path): the name has more than \(most) bytes, so that rejects could not be kept beside "
          + "it; take a shorter one"
      case .targetCannotBeSwapped(let path):
        "\(path): is a mount point or the directory you are in, which nothing can take the place "
          + "of; name a subdirectory of it, such as \(path)/results"
      case .targetChanged(let path):
        "\(path): was removed, replaced or created by somebody else during the run; nothing was "
          + "published"
      case .oldReleaseUnreadable(let path, let name):
        "\(path): its \(name) cannot be read, so it cannot be said what a difference from it would "
          + "tell; name another --out, or move it away"
      case .parentMissing(let path): "\(path): there is no such directory to publish in"
      case .parentNotWritable(let error, let target):
        "\(error.path): \(error.reason): the directory around \(target) cannot be written; name a "
          + "directory elsewhere, or a subdirectory, such as \(target)/results"
      case .foreignFileInTheWay(let path):
        "\(path): is not a file that stagecraft wrote; move it, or name another --out"
      default: "the output cannot be created"
      }
    self.init(text, .cannotCreate)
  }
}
