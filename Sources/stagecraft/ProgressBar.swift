import Pipeline
import Synchronization
import SystemCalls

/// Serializes a line on standard error that says how far a run is. Nothing at all off a terminal.
final class ProgressBar: Sendable {
  private static let width = 24
  private static let nanosecondsBetween: UInt64 = 100_000_000

  private let isShown: Bool
  private let startedAt = SystemCalls.monotonicNanoseconds()
  private let state = Mutex(State())

  private struct State {
    var lastShown: UInt64 = 0
    var isOnScreen = false
  }

  init(isShown: Bool) { self.isShown = isShown }

  func show(_ progress: RunProgress) {
    guard isShown else { return }
    let now = SystemCalls.monotonicNanoseconds()
    state.withLock { state in
      // Small runs are over before anybody could read a bar.
      guard now - startedAt > 3 * ProgressBar.nanosecondsBetween,
        now - state.lastShown > ProgressBar.nanosecondsBetween
      else { return }
      state.lastShown = now
      state.isOnScreen = true
      StandardError.write(
        "\r" + line(progress, seconds: Double(now - startedAt) / 1e9) + "\u{1B}[K")
    }
  }

  /// Takes the line off the screen.
  func clear() {
    state.withLock { state in
      if state.isOnScreen { StandardError.write("\r\u{1B}[K") }
      state.isOnScreen = false
    }
  }

  private func line(_ progress: RunProgress, seconds: Double) -> String {
    let megabytes = Double(progress.bytes) / 1e6
    var parts = ["\(Int(megabytes)) MB", "\(progress.records) records"]
    parts.append("\(Int(megabytes / max(seconds, 0.001))) MB/s")
    guard let expected = progress.expectedBytes, expected > 0 else {
      return parts.joined(separator: "  ")
    }
    let share = min(1, Double(progress.bytes) / Double(expected))
    let filled = Int(share * Double(ProgressBar.width))
    let bar =
      String(repeating: "█", count: filled)
      + String(repeating: "░", count: ProgressBar.width - filled)
    let left = Int((seconds / max(share, 0.001) * (1 - share)).rounded(.up))
    return "\(bar) \(Int(share * 100)) %  " + parts.joined(separator: "  ") + "  \(left) s left"
  }
}
