import SystemCalls

/// Why an input cannot be read at all. A single bad record is a ``Reject`` instead.
package enum IngestError: Error, Hashable, Sendable {
  case cannotOpen(SystemCallError)
  case isDirectory(path: String)
  case isDevice(path: String)
  case cannotRead(SystemCallError, byteOffset: UInt64)
  /// The file's size, date or identity changed between opening it and reading its end.
  case changedWhileReading(path: String)
  case archive(path: String, ArchiveFault)
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

/// What is wrong with a compressed input or an archive.
package enum ArchiveFault: Hashable, Sendable {
  /// It is damaged, encrypted or of an unknown kind.
  case cannotDecompress(reason: String)
  case expandsTooFar(limit: UInt64)
  /// A member's name points out of the archive.
  case unsafeMember(String)
  /// Several members share a name, by which only one of them could be read.
  case repeatedMember(String)
  /// No member looks like data, or matches the pattern.
  case noMember(of: [String], pattern: String?)
  /// Several members look like data and no pattern says which are meant.
  case severalMembers([String])
}
