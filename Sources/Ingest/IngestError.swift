import SystemCalls

/// Why an input cannot be read at all. A single bad record is a ``Reject`` instead.
package enum IngestError: Error, Hashable, Sendable {
  case cannotOpen(SystemCallError)
  case isDirectory(path: String)
  case isDevice(path: String)
  case cannotRead(SystemCallError, byteOffset: UInt64)
  /// The file's size, date or identity changed between opening it and reading its end.
  case changedWhileReading(path: String)
  /// A compressed input is damaged, encrypted or of an unknown kind.
  case cannotDecompress(path: String, reason: String)
  case expandsTooFar(path: String, limit: UInt64)
  /// A member's name points out of the archive.
  case unsafeMember(path: String, member: String)
  /// Several members share a name, by which only one of them could be read.
  case repeatedMember(path: String, member: String)
  /// No member of the archive looks like data, or matches the pattern.
  case noMember(path: String, members: [String], pattern: String?)
  /// Several members look like data and no pattern says which are meant.
  case severalMembers(path: String, members: [String])
  /// There is not one record in it.
  case isEmpty(path: String)
  case headerIncomplete(path: String, found: Int, expected: Int)
  case headerUnreadable(path: String, Reject)
  /// The first bytes mark another encoding than the declared one.
  case encodingMismatch(path: String, declared: CharacterEncoding, found: String)
  /// This system cannot decode the encoding.
  case encodingUnsupported(CharacterEncoding)
  /// The reader reached a state that the code rules out; a bug of ours.
  case readersDisagree(path: String, byteOffset: UInt64)
}
