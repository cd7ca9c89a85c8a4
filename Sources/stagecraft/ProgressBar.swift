import Pipeline
import Report
import Synchronization
import SystemCalls

/// Serializes a line on standard error that says how far a run is. Nothing at all off a terminal.
final class ProgressBar: Sendable {
  private static let widest = 30
  private static let nanosecondsBetween: UInt64 = 100_000_000

  private let isShown: Bool
  private let screen: Screen
  private let startedAt = SystemCalls.monotonicNanoseconds()
  private let state = Mutex(State())

  private struct State {
    var lastShown: UInt64 = 0
    var isOnScreen = false
  }

  init(isShown: Bool, screen: Screen) {
    self.isShown = isShown
    self.screen = screen
  }

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

  /// What matters most stands first, and what does not fit is left out: a line that wraps could not
  /// be taken off the screen.
  private func line(_ progress: RunProgress, seconds: Double) -> String {
    let rate = Double(progress.bytes) / max(seconds, 0.001)
    var parts: [String] = []
    var share: Double?
    if let expected = progress.expectedBytes, expected > 0 {
      let read = min(1, Double(progress.bytes) / Double(expected))
      share = read
      let left = Double(expected) * (1 - read) / max(rate, 1)
      parts = ["\(Int(read * 100)) %", "\(ProgressBar.duration(left)) left"]
    } else {
      parts = [ProgressBar.duration(seconds)]
    }
    parts += [
      "\(Words.grouped(progress.records)) records", "\(Words.grouped(UInt64(rate / 1e6))) MB/s",
      "\(Words.grouped(progress.bytes / 1_000_000)) MB",
    ]
    // The window may have become another size.
    let room = (TerminalWidth.terminalColumns(of: 2) ?? screen.width) - 1
    while parts.count > 1, ProgressBar.joined(parts).count > room { parts.removeLast() }
    let text = ProgressBar.joined(parts)
    let width = min(ProgressBar.widest, room - text.count - 2)
    guard let share, width >= 8 else { return String(text.prefix(room)) }
    let filled = Int(share * Double(width))
    return String(repeating: screen.isUnicode ? "█" : "#", count: filled)
      + String(repeating: screen.isUnicode ? "░" : ".", count: width - filled) + "  " + text
  }

  private static func joined(_ parts: [String]) -> String { parts.joined(separator: "  ") }

  /// `7 s`, `2:05`, `1:02:05`.
  private static func duration(_ seconds: Double) -> String {
    let all = Int(min(seconds, 360_000).rounded(.up))
    if all < 60 { return "\(all) s" }
    let two = { (number: Int) in number < 10 ? "0\(number)" : String(number) }
    let minutes = "\(two(all % 60))"
    return all < 3600
      ? "\(all / 60):\(minutes)" : "\(all / 3600):\(two(all / 60 % 60)):\(minutes)"
  }
}
