import SystemCalls

/// Why the outputs could not be published. Nothing of the old ones has been touched then, but for
/// `notDurable`.
package enum PublishError: Error, Hashable, Sendable {
  case cannotCreate(SystemCallError)
  case cannotWrite(SystemCallError)
  /// The disk, the quota or the file size limit is too small; the outputs need more than so many
  /// bytes.
  case noSpace(SystemCallError, bytesNeeded: UInt64)
  /// The target is there and is no directory.
  case targetIsNotADirectory(path: String)
  /// The target of a single file is there and is no plain file.
  case targetIsNotAFile(path: String)
  /// The target holds something stagecraft did not write.
  case targetHoldsForeignFile(path: String, name: String)
  /// The target is a mount point, or the directory the process is in: no other can take its place.
  case targetCannotBeSwapped(path: String)
  /// The rejects of a run that is not published could not be kept beside it: the name would be longer
  /// than a name can be.
  case targetNameTooLong(path: String, mostBytes: Int)
  /// The target was removed, replaced or created while the run went on.
  case targetChanged(path: String)
  /// The target's parent is not there.
  case parentMissing(path: String)
  case parentNotWritable(SystemCallError, target: String)
  /// Another run publishes there.
  case locked(path: String, process: Int32?)
  /// A file that has the name of the lock, or of the kept rejects, is not ours.
  case foreignFileInTheWay(path: String)
  /// A file is not what was written to it.
  case damaged(path: String)
  /// With the set that is there, the new one would tell of fewer responses than may be told of.
  case exposesFew(path: String, ReleaseExposure)
  /// The set that is there, of which a new one has to differ enough, cannot be understood.
  case oldReleaseUnreadable(path: String, name: String)
  /// The new set is in place, but may not outlast a loss of power.
  case notDurable(SystemCallError)

  /// A failed write, or whatever else is needed for a file to be on the disk.
  init(writing error: SystemCallError, bytesNeeded: UInt64) {
    self =
      switch error.errno {
      case .noSpace, .diskQuotaExceeded, .fileTooLarge: .noSpace(error, bytesNeeded: bytesNeeded)
      default: .cannotWrite(error)
      }
  }
}
