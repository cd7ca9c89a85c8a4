import Logging
import Publish
import Synchronization
import SystemCalls

/// Writes log messages to standard error: as text for people, or as one JSON object per line.
struct StandardErrorLog: LogHandler {
  var metadata: Logger.Metadata = [:]
  var logLevel: Logger.Level = .info
  private let format: LogFormat

  init(format: LogFormat) { self.format = format }

  subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  func log(event: LogEvent) {
    let text = "\(event.message)"
    switch format {
    case .text:
      let label = event.level >= .error ? "error: " : event.level == .warning ? "warning: " : ""
      StandardError.write("stagecraft: " + label + TerminalText.line(text) + "\n")
    case .json:
      var members: [(String, JSONValue)] = [
        ("level", .string(event.level.rawValue)), ("message", .string(text)),
      ]
      for (key, value) in (event.metadata ?? [:]).sorted(by: { $0.key < $1.key }) {
        members.append((key, .string("\(value)")))
      }
      StandardError.write(TerminalText.json(JSONValue.object(members).line) + "\n")
    }
  }
}

/// Standard error, unbuffered. A message that cannot be written is lost: only the exit code is left
/// to tell.
enum StandardError {
  private static let failed = Atomic<Bool>(false)

  /// Whether a message was lost, other than by a reader who had read enough.
  static var hasFailed: Bool { failed.load(ordering: .relaxed) }

  static func write(_ text: String) {
    do throws(SystemCallError) {
      try SystemCalls.writeAll(
        2, bytes: Array(text.utf8), path: "standard error", isMessage: true)
    } catch {
      if error.errno != .brokenPipe { failed.store(true, ordering: .relaxed) }
    }
  }
}
