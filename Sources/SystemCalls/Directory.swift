import CSystemCalls
import SystemPackage

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// An open directory: its entries are reached through it, wherever its path leads in the meantime.
///
/// No call follows a symbolic link that stands as an entry.
package final class Directory: Sendable {
  /// As the user named it, for messages.
  package let path: String
  private let descriptor: Int32

  /// Opens the directory behind a path.
  package init(path: String) throws(SystemCallError) {
    self.path = path
    descriptor = try SystemCalls.retrying("open", path) {
      open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    }
  }

  private init(path: String, descriptor: Int32) {
    (self.path, self.descriptor) = (path, descriptor)
  }

  deinit { close(descriptor) }

  package func path(of name: String) -> String { (path == "/" ? "" : path) + "/" + name }

  /// Opens a directory in this one.
  package func directory(_ name: String) throws(SystemCallError) -> Directory {
    let flags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC
    return Directory(path: path(of: name), descriptor: try openEntry(name, flags))
  }

  package func status() throws(SystemCallError) -> SystemCalls.FileStatus {
    try SystemCalls.status(descriptor, path: path)
  }

  /// The status of an entry itself. Nil where there is none of that name.
  package func status(of name: String) throws(SystemCallError) -> SystemCalls.FileStatus? {
    var buffer = stat()
    do {
      _ = try SystemCalls.retrying("fstatat", path(of: name)) {
        fstatat(descriptor, name, &buffer, AT_SYMLINK_NOFOLLOW)
      }
    } catch {
      if error.errno == .noSuchFileOrDirectory { return nil }
      throw error
    }
    return SystemCalls.FileStatus(buffer)
  }

  /// The names in the directory, in byte order, without `.` and `..`.
  package func names() throws(SystemCallError) -> [String] {
    // A descriptor of its own: the stream takes it, and its place in the directory.
    let listed = try openEntry(".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard let stream = fdopendir(listed) else {
      let reason = Errno(rawValue: errno)
      close(listed)
      throw SystemCallError(call: "fdopendir", path: path, errno: reason)
    }
    defer { closedir(stream) }
    var names: [String] = []
    while true {
      errno = 0
      guard let entry = readdir(stream) else { break }
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if name != ".", name != ".." { names.append(name) }
    }
    if errno != 0 {
      throw SystemCallError(call: "readdir", path: path, errno: Errno(rawValue: errno))
    }
    return names.sorted { Array($0.utf8).lexicographicallyPrecedes(Array($1.utf8)) }
  }

  package func makeDirectory(_ name: String) throws(SystemCallError) {
    _ = try SystemCalls.retrying("mkdir", path(of: name)) { mkdirat(descriptor, name, 0o777) }
  }

  package func removeDirectory(_ name: String) throws(SystemCallError) {
    _ = try SystemCalls.retrying("rmdir", path(of: name)) {
      unlinkat(descriptor, name, AT_REMOVEDIR)
    }
  }

  package func removeFile(_ name: String) throws(SystemCallError) {
    _ = try SystemCalls.retrying("unlink", path(of: name)) { unlinkat(descriptor, name, 0) }
  }

  /// Creates a new file for writing; an existing entry of that name is an error.
  package func createFile(_ name: String) throws(SystemCallError) -> Int32 {
    try openEntry(name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC)
  }

  /// Opens a file for reading and writing, or creates it. Does not wait for anybody.
  package func openOrCreateFile(_ name: String) throws(SystemCallError) -> Int32 {
    try openEntry(name, O_RDWR | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
  }

  /// The first bytes of a file.
  package func start(of name: String, count: Int) throws(SystemCallError) -> [UInt8] {
    let file = try openEntry(name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
    defer { close(file) }
    return try SystemCalls.start(of: file, count: count, path: path(of: name))
  }

  private func openEntry(_ name: String, _ flags: Int32) throws(SystemCallError) -> Int32 {
    try SystemCalls.retrying("open", path(of: name)) { openat(descriptor, name, flags, 0o666) }
  }

  /// Gives an entry a new name, here or in another directory. A file of that name is replaced in
  /// one step; a directory is replaced only where it is empty.
  package func move(
    _ name: String, to directory: Directory? = nil, as new: String
  ) throws(SystemCallError) {
    let other = directory ?? self
    _ = try SystemCalls.retrying("rename", other.path(of: new)) {
      renameat(descriptor, name, other.descriptor, new)
    }
  }

  /// Swaps two entries in one step: whoever looks sees one or the other, never neither.
  ///
  /// - Throws: `EINVAL`, `ENOSYS` or `ENOTSUP` where the file system cannot.
  package func exchange(_ first: String, _ second: String) throws(SystemCallError) {
    _ = try SystemCalls.retrying("renameat2", path(of: second)) {
      stagecraft_exchange(descriptor, first, second)
    }
  }

  /// Forces the directory's entries to the disk, so that a rename in it lasts.
  package func synchronize() throws(SystemCallError) {
    try SystemCalls.synchronize(descriptor, path: path)
  }

  package func setPermissions(_ permissions: UInt32) throws(SystemCallError) {
    _ = try SystemCalls.retrying("fchmod", path) { fchmod(descriptor, mode_t(permissions)) }
  }

  package func setGroup(_ group: UInt32) throws(SystemCallError) {
    _ = try SystemCalls.retrying("fchown", path) { fchown(descriptor, uid_t.max, gid_t(group)) }
  }
}

extension SystemCalls {
  /// The first bytes of an open file, fewer only where it has no more.
  package static func start(
    of descriptor: Int32, count: Int, path: String
  ) throws(SystemCallError) -> [UInt8] {
    let block = UnsafeMutableRawBufferPointer.allocate(byteCount: count, alignment: 16)
    defer { block.deallocate() }
    var filled = 0
    while filled < count {
      let rest = UnsafeMutableRawBufferPointer(rebasing: block[filled...])
      let read = try read(descriptor, into: rest, at: Int64(filled), path: path)
      if read == 0 { break }
      filled += read
    }
    return Array(block[..<filled])
  }

  /// Takes the lock on an open file, which ends with the process; false where another has it.
  package static func lock(_ descriptor: Int32, path: String) throws(SystemCallError) -> Bool {
    do {
      _ = try retrying("flock", path) { flock(descriptor, LOCK_EX | LOCK_NB) }
      return true
    } catch {
      if error.errno == .wouldBlock { return false }
      throw error
    }
  }

  /// Cuts an open file to nothing.
  package static func empty(_ descriptor: Int32, path: String) throws(SystemCallError) {
    _ = try retrying("ftruncate", path) { ftruncate(descriptor, 0) }
  }

  package static func setPermissions(
    _ descriptor: Int32, _ permissions: UInt32, path: String
  ) throws(SystemCallError) {
    _ = try retrying("fchmod", path) { fchmod(descriptor, mode_t(permissions)) }
  }
}
