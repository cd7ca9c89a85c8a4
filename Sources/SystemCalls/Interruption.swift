import CSystemCalls

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Owns the wish to stop: whether SIGINT, SIGTERM or SIGHUP has come.
///
/// Reading, and writing data, fail with `ECANCELED` from then on, so that every command stops at its
/// next block the way it stops at any failure. Removing what is half done does not fail, and what
/// has been published stays.
package enum Interruption {
  package struct Signal: Hashable, Sendable {
    package let number: Int32

    package var name: String {
      switch number {
      case SIGINT: "SIGINT"
      case SIGHUP: "SIGHUP"
      case SIGTERM: "SIGTERM"
      default: "signal \(number)"
      }
    }
  }

  /// Has the signals reported here from now on, instead of ending the process. Call once, first.
  package static func watch() { stagecraft_watch_signals() }

  /// The signal that came first; nil where none has.
  package static var signal: Signal? {
    let number = stagecraft_requested_signal()
    return number == 0 ? nil : Signal(number: number)
  }

  /// - Throws: `ECANCELED` once the program has been asked to stop.
  package static func check(_ call: String, _ path: String) throws(SystemCallError) {
    if stagecraft_requested_signal() != 0 {
      throw SystemCallError(call: call, path: path, errno: .canceled)
    }
  }

  /// Waits until a descriptor can be read, or the program is asked to stop: a pipe that nobody
  /// writes to holds no process.
  static func waitUntilReadable(_ descriptor: Int32, path: String) throws(SystemCallError) {
    var waiting = [
      pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0),
      pollfd(fd: stagecraft_wakeup_descriptor(), events: Int16(POLLIN), revents: 0),
    ]
    _ = try SystemCalls.retrying("poll", path) { poll(&waiting, 2, -1) }
    try check("read", path)
  }
}
