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
  /// How standard output is called in messages.
  package static let standardOutput = "standard output"

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
    package let group: UInt32

    /// Whether two names mean one file.
    package func isSameFile(as other: FileStatus) -> Bool {
      device == other.device && inode == other.inode
    }
  }

  /// Opens a file without waiting: a named pipe that nobody writes to yet is open at once, and
  /// waited for when it is read.
  package static func openForReading(_ path: String) throws(SystemCallError) -> Int32 {
    try retrying("open", path) { open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK) }
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

  /// The status of what is behind a path. Nil where nothing is there.
  package static func fileStatus(_ path: String) throws(SystemCallError) -> FileStatus? {
    var buffer = stat()
    do {
      _ = try retrying("stat", path) { stat(path, &buffer) }
    } catch {
      if error.errno == .noSuchFileOrDirectory || error.errno == .notDirectory { return nil }
      throw error
    }
    return FileStatus(buffer)
  }

  /// Reads at most `buffer.count` bytes at an absolute offset; 0 is the end of the file.
  ///
  /// - Throws: `ECANCELED` once the program has been asked to stop.
  package static func read(
    _ descriptor: Int32, into buffer: UnsafeMutableRawBufferPointer, at offset: Int64, path: String
  ) throws(SystemCallError) -> Int {
    try Interruption.check("pread", path)
    let count = allowed("pread", buffer.count)
    return try retrying("pread", path) {
      pread(descriptor, buffer.baseAddress, count, off_t(offset))
    }
  }

  /// Reads what a pipe has, at most `buffer.count` bytes; 0 is its end. Waits where it has nothing
  /// yet.
  ///
  /// - Throws: `ECANCELED` once the program has been asked to stop.
  package static func read(
    _ descriptor: Int32, into buffer: UnsafeMutableRawBufferPointer, path: String
  ) throws(SystemCallError) -> Int {
    while true {
      try Interruption.waitUntilReadable(descriptor, path: path)
      do throws(SystemCallError) {
        return try readNow(descriptor, into: buffer, path: path)
      } catch {
        // Somebody else read what was there.
        if error.errno != .resourceTemporarilyUnavailable { throw error }
      }
    }
  }

  private static func readNow(
    _ descriptor: Int32, into buffer: UnsafeMutableRawBufferPointer, path: String
  ) throws(SystemCallError) -> Int {
    let count = allowed("read", buffer.count)
    return try retrying("read", path) {
      #if canImport(Darwin)
        Darwin.read(descriptor, buffer.baseAddress, count)
      #elseif canImport(Musl)
        Musl.read(descriptor, buffer.baseAddress, count)
      #else
        Glibc.read(descriptor, buffer.baseAddress, count)
      #endif
    }
  }

  /// Writes all bytes, however many calls that takes.
  ///
  /// - Parameter isMessage: it is written even when the program has been asked to stop; anything
  ///   else fails with `ECANCELED` then.
  package static func writeAll(
    _ descriptor: Int32, _ bytes: UnsafeRawBufferPointer, path: String, isMessage: Bool = false
  ) throws(SystemCallError) {
    var rest = bytes
    while let start = rest.baseAddress, !rest.isEmpty {
      let count = allowed("write", rest.count)
      let written = try retrying("write", path, canBeCancelled: !isMessage) {
        write(descriptor, start, count)
      }
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
    #if DEBUG
      if Faults.fails("close"), errno != EINTR {
        throw SystemCallError(call: "close", path: path, errno: Errno(rawValue: errno))
      }
    #endif
  }

  /// The path with all links followed; nil where nothing is there, or it cannot be seen.
  package static func resolvedPath(_ path: String) -> String? {
    guard let resolved = realpath(path, nil) else { return nil }
    defer { free(resolved) }
    return String(cString: resolved)
  }

  /// How many files a process may have open.
  package static func openFileLimit() -> UInt64 {
    var limit = rlimit()
    #if canImport(Glibc)
      let resource = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
    #else
      let resource = RLIMIT_NOFILE
    #endif
    return getrlimit(resource, &limit) == 0 ? UInt64(limit.rlim_cur) : 0
  }

  package static func isTerminal(_ descriptor: Int32) -> Bool { isatty(descriptor) == 1 }

  package static func processID() -> Int32 { getpid() }

  /// Makes a call until a signal no longer interrupts it; -1 becomes an error.
  ///
  /// - Parameter canBeCancelled: it fails with `ECANCELED` once the program has been asked to stop.
  static func retrying<Value: FixedWidthInteger>(
    _ call: String, _ path: String, canBeCancelled: Bool = false, _ body: () -> Value
  ) throws(SystemCallError) -> Value {
    while true {
      if canBeCancelled { try Interruption.check(call, path) }
      #if DEBUG
        let value = Faults.fails(call) ? -1 : body()
      #else
        let value = body()
      #endif
      if value != -1 { return value }
      let reason = errno
      if reason != EINTR {
        throw SystemCallError(call: call, path: path, errno: Errno(rawValue: reason))
      }
    }
  }

  /// How many of so many bytes a call may move: all but where a test wants it short.
  private static func allowed(_ call: String, _ count: Int) -> Int {
    #if DEBUG
      Faults.count(call, count)
    #else
      count
    #endif
  }
}

extension SystemCalls.FileStatus {
  init(_ buffer: stat) {
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
    group = UInt32(buffer.st_gid)
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
    _ descriptor: Int32, bytes: [UInt8], path: String, isMessage: Bool = false
  ) throws(SystemCallError) {
    var failure: SystemCallError?
    bytes.withUnsafeBytes { buffer in
      do throws(SystemCallError) {
        try writeAll(descriptor, buffer, path: path, isMessage: isMessage)
      } catch {
        failure = error
      }
    }
    if let failure { throw failure }
  }
}
