#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

extension SystemCalls {
  /// Zeroed memory straight from the system, to which it goes back when it is released.
  ///
  /// The allocator of the C library keeps large pieces that were given back, for as long as they
  /// happen to lie between others; a table that grows piece by piece would cost twice its size.
  package static func zeroedMemory(bytes: Int) throws(SystemCallError) -> UnsafeMutableRawPointer {
    var memory: UnsafeMutableRawPointer?
    _ = try retrying("mmap", "memory") {
      memory = mmap(nil, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANON, -1, 0)
      return memory == MAP_FAILED ? -1 : 0
    }
    guard let memory else {
      throw SystemCallError(call: "mmap", path: "memory", errno: .noMemory)
    }
    return memory
  }

  /// Gives back what ``zeroedMemory(bytes:)`` gave.
  package static func releaseMemory(_ memory: UnsafeMutableRawPointer, bytes: Int) {
    munmap(memory, bytes)
  }
}
