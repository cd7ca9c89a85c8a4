import SystemPackage

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

extension SystemCalls {
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

  /// - Throws: where this process may not write there.
  package static func checkWritable(_ path: String) throws(SystemCallError) {
    _ = try retrying("access", path) { access(path, W_OK) }
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
