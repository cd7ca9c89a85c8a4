#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Bytes as an open file that has no name any more, since a reader reads files.
final class ScratchFile {
  let descriptor: Int32

  init(_ bytes: ArraySlice<UInt8>) {
    let directory = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
    var name = Array("\(directory)/stagecraft-fuzz-XXXXXX".utf8CString)
    descriptor = mkstemp(&name)
    precondition(descriptor >= 0, "a temporary file can be made in \(directory)")
    unlink(name)
    let written = bytes.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
    precondition(written == bytes.count, "the input fits into \(directory)")
  }

  deinit { close(descriptor) }
}
