import Publish
import SystemCalls

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Measures how long the parts of a run take, for the run report.
struct StageClock {
  let startedAt = StageClock.now()
  private(set) var timings: [RunReport.Timing] = []
  private var last = SystemCalls.monotonicNanoseconds()

  /// Ends a part: everything since the last mark.
  mutating func mark(_ name: String) {
    let now = SystemCalls.monotonicNanoseconds()
    timings.append(RunReport.Timing(name: name, seconds: Double(now - last) / 1e9))
    last = now
  }

  /// The time of day in UTC, as ISO 8601 with `Z`, whatever the time zone.
  static func now() -> String {
    var seconds = time_t(SystemCalls.wallClock().seconds)
    var parts = tm()
    gmtime_r(&seconds, &parts)
    let date = [parts.tm_year + 1900, parts.tm_mon + 1, parts.tm_mday].map(twoDigits)
    let time = [parts.tm_hour, parts.tm_min, parts.tm_sec].map(twoDigits)
    return date.joined(separator: "-") + "T" + time.joined(separator: ":") + "Z"
  }

  private static func twoDigits(_ number: Int32) -> String {
    number < 10 ? "0\(number)" : String(number)
  }
}
