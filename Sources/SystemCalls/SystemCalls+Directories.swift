import CSystemCalls
import SystemPackage

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

extension SystemCalls {
  package static func makeDirectory(_ path: String) throws(SystemCallError) {
    _ = try retrying("mkdir", path) { mkdir(path, 0o777) }
  }

  package static func removeDirectory(_ path: String) throws(SystemCallError) {
    _ = try retrying("rmdir", path) { rmdir(path) }
  }

  package static func removeFile(_ path: String) throws(SystemCallError) {
    _ = try retrying("unlink", path) { unlink(path) }
  }

  /// The names in a directory, in byte order, without `.` and `..`.
  package static func namesInDirectory(_ path: String) throws(SystemCallError) -> [String] {
    guard let stream = opendir(path) else {
      throw SystemCallError(call: "opendir", path: path, errno: Errno(rawValue: errno))
    }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names.sorted { Array($0.utf8).lexicographicallyPrecedes(Array($1.utf8)) }
  }

  /// Forces a directory's entries to the disk, so that a rename in it lasts.
  package static func synchronizeDirectory(_ path: String) throws(SystemCallError) {
    let descriptor = try retrying("open", path) { open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC) }
    defer { close(descriptor) }
    try synchronize(descriptor, path: path)
  }

  /// Gives a file or directory a new name. A file of that name is replaced in one step; a directory
  /// is replaced only where it is empty.
  package static func moveEntry(_ old: String, to new: String) throws(SystemCallError) {
    _ = try retrying("rename", new) { rename(old, new) }
  }

  /// Swaps two directories in one step: whoever looks sees one or the other, never neither.
  ///
  /// - Throws: `EINVAL` or `ENOSYS` where the file system cannot.
  package static func exchange(_ first: String, _ second: String) throws(SystemCallError) {
    _ = try retrying("renameat2", second) { stagecraft_exchange(first, second) }
  }

  /// Creates an unnamed temporary file for writing and reading.
  package static func temporaryFile(in directory: String) throws(SystemCallError) -> Int32 {
    var template = Array((directory + "/stagecraft-XXXXXX").utf8CString)
    let descriptor = try retrying("mkstemp", directory) { mkstemp(&template) }
    template.withUnsafeBufferPointer { name in
      if let start = name.baseAddress { _ = unlink(start) }
    }
    return descriptor
  }

  /// Seconds since the epoch, with nanoseconds: for the run report alone, never for data.
  package static func wallClock() -> (seconds: Int64, nanoseconds: Int64) {
    var now = timespec()
    clock_gettime(CLOCK_REALTIME, &now)
    return (Int64(now.tv_sec), Int64(now.tv_nsec))
  }

  /// Nanoseconds of a clock that only moves forward.
  package static func monotonicNanoseconds() -> UInt64 {
    var now = timespec()
    clock_gettime(CLOCK_MONOTONIC, &now)
    return UInt64(now.tv_sec) * 1_000_000_000 + UInt64(now.tv_nsec)
  }
}

extension SystemCalls {
  /// Where temporary files go: `TMPDIR`, or `/tmp`.
  package static func temporaryDirectory() -> String {
    guard let value = getenv("TMPDIR") else { return "/tmp" }
    let path = String(cString: value)
    return path.isEmpty ? "/tmp" : path
  }

  /// Processors this process may use.
  package static func processorCount() -> Int {
    max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))))
  }

  /// Whether a process of that number runs, whoever it belongs to.
  package static func processExists(_ id: Int32) -> Bool {
    kill(id, 0) == 0 || errno == EPERM
  }
}
