import SystemCalls

/// Why the outputs could not be published. Nothing of the old ones has been touched then.
package enum PublishError: Error, Hashable, Sendable {
  case cannotCreate(SystemCallError)
  case cannotWrite(SystemCallError)
  /// The target is there and is no directory.
  case targetIsNotADirectory(path: String)
  /// The target holds something stagecraft did not write.
  case targetHoldsForeignFile(path: String, name: String)
  /// The target's parent is not there.
  case parentMissing(path: String)
}
