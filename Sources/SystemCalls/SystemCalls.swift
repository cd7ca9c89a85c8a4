import SystemPackage

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Every system call of the program is made here, one thin function each.
///
/// A call that a signal interrupts is made again. Nothing above this module sees `errno`: it sees
/// a ``SystemCallError`` that names the call and the path. Called once per block of a file or once
/// per output, never per record.
package enum SystemCalls {
  package enum FileKind: Sendable { case regular, directory, symbolicLink, pipe, device, other }

  /// What `fstat` says of a file, as far as it is of use here.
  package struct FileStatus: Hashable, Sendable {
    package let kind: FileKind
    package let bytes: Int64
    package let device: UInt64
    package let inode: UInt64
    /// Seconds and nanoseconds of the last change.
    package let modifiedSeconds: Int64
    package let modifiedNanoseconds: Int64
    package let permissions: UInt32
  }

  package static func openForReading(_ path: String) throws(SystemCallError) -> Int32 {
    try retrying("open", path) { open(path, O_RDONLY | O_CLOEXEC) }
  }

  /// Creates a new file; an existing one of that name, even a dangling link, is an error.
  package static func createFile(_ path: String) throws(SystemCallError) -> Int32 {
    try retrying("open", path) {
      open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o666)
    }
  }

  package static func status(_ descriptor: Int32, path: String) throws(SystemCallError)
    -> FileStatus
  {
    var buffer = stat()
    _ = try retrying("fstat", path) { fstat(descriptor, &buffer) }
    return FileStatus(buffer)
  }

  /// The status of the path itself: a symbolic link is not followed. Nil where nothing is there.
  package static func linkStatus(_ path: String) throws(SystemCallError) -> FileStatus? {
    var buffer = stat()
    do {
      _ = try retrying("lstat", path) { lstat(path, &buffer) }
    } catch {
      if error.errno == .noSuchFileOrDirectory || error.errno == .notDirectory { return nil }
      throw error
    }
    return FileStatus(buffer)
  }

  /// Reads at most `buffer.count` bytes at an absolute offset; 0 is the end of the file.
  package static func read(
    _ descriptor: Int32, into buffer: UnsafeMutableRawBufferPointer, at offset: Int64, path: String
  ) throws(SystemCallError) -> Int {
    try retrying("pread", path) {
      pread(descriptor, buffer.baseAddress, buffer.count, off_t(offset))
    }
  }

  /// Reads what a pipe has, at most `buffer.count` bytes; 0 is its end.
  package static func read(
    _ descriptor: Int32, into buffer: UnsafeMutableRawBufferPointer, path: String
  ) throws(SystemCallError) -> Int {
    #if canImport(Darwin)
      try retrying("read", path) { Darwin.read(descriptor, buffer.baseAddress, buffer.count) }
    #elseif canImport(Musl)
      try retrying("read", path) { Musl.read(descriptor, buffer.baseAddress, buffer.count) }
    #else
      try retrying("read", path) { Glibc.read(descriptor, buffer.baseAddress, buffer.count) }
    #endif
  }

  /// Writes all bytes, however many calls that takes.
  package static func writeAll(
    _ descriptor: Int32, _ bytes: UnsafeRawBufferPointer, path: String
  ) throws(SystemCallError) {
    var rest = bytes
    while let start = rest.baseAddress, !rest.isEmpty {
      let written = try retrying("write", path) { write(descriptor, start, rest.count) }
      rest = UnsafeRawBufferPointer(rebasing: rest[written...])
    }
  }

  /// Forces a file or directory to the disk. A failure is final: the pages may be gone.
  package static func synchronize(_ descriptor: Int32, path: String) throws(SystemCallError) {
    _ = try retrying("fsync", path) { fsync(descriptor) }
  }

  package static func closeFile(_ descriptor: Int32, path: String) throws(SystemCallError) {
    // Not made again on EINTR: on Linux the descriptor is gone either way.
    if close(descriptor) == -1, errno != EINTR {
      throw SystemCallError(call: "close", path: path, errno: Errno(rawValue: errno))
    }
  }

  package static func isTerminal(_ descriptor: Int32) -> Bool { isatty(descriptor) == 1 }

  package static func processID() -> Int32 { getpid() }

  /// Makes a call until a signal no longer interrupts it; -1 becomes an error.
  static func retrying<Value: FixedWidthInteger>(
    _ call: String, _ path: String, _ body: () -> Value
  ) throws(SystemCallError) -> Value {
    while true {
      let value = body()
      if value != -1 { return value }
      let reason = errno
      if reason != EINTR {
        throw SystemCallError(call: call, path: path, errno: Errno(rawValue: reason))
      }
    }
  }
}

extension SystemCalls.FileStatus {
  fileprivate init(_ buffer: stat) {
    switch mode_t(buffer.st_mode) & S_IFMT {
    case S_IFREG: kind = .regular
    case S_IFDIR: kind = .directory
    case S_IFLNK: kind = .symbolicLink
    case S_IFIFO, S_IFSOCK: kind = .pipe
    case S_IFCHR, S_IFBLK: kind = .device
    default: kind = .other
    }
    bytes = Int64(buffer.st_size)
    device = UInt64(truncatingIfNeeded: buffer.st_dev)
    inode = UInt64(buffer.st_ino)
    #if canImport(Darwin)
      let modified = buffer.st_mtimespec
    #else
      let modified = buffer.st_mtim
    #endif
    modifiedSeconds = Int64(modified.tv_sec)
    modifiedNanoseconds = Int64(modified.tv_nsec)
    permissions = UInt32(buffer.st_mode & 0o7777)
  }
}

extension SystemCalls {
  /// All bytes of a small file, such as a model or a survey file; of one with more than `limit`
  /// bytes, or without an end, a little more than those.
  package static func wholeFile(
    _ path: String, limit: Int
  ) throws(SystemCallError) -> [UInt8] {
    let descriptor = try openForReading(path)
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    let block = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 16)
    defer { block.deallocate() }
    while true {
      let count = try read(descriptor, into: block, path: path)
      if count == 0 || bytes.count > limit { return bytes }
      bytes += UnsafeRawBufferPointer(rebasing: block[..<count])
    }
  }
}

extension SystemCalls {
  package static func writeAll(
    _ descriptor: Int32, bytes: [UInt8], path: String
  ) throws(SystemCallError) {
    var failure: SystemCallError?
    bytes.withUnsafeBytes { buffer in
      do throws(SystemCallError) {
        try writeAll(descriptor, buffer, path: path)
      } catch {
        failure = error
      }
    }
    if let failure { throw failure }
  }
}
