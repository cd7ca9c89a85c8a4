import SystemPackage

/// A system call that failed: which one, on what, and the system's reason.
package struct SystemCallError: Error, Hashable, Sendable {
  /// The call's C name, as `man 2` has it.
  package let call: String
  /// The file or directory it was made on, as the user named it.
  package let path: String
  package let errno: Errno

  package init(call: String, path: String, errno: Errno) {
    self.call = call
    self.path = path
    self.errno = errno
  }

  /// The system's words for the reason: `No such file or directory`.
  package var reason: String { errno.description }
}
