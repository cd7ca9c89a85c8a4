#if DEBUG
  import Synchronization
  import SystemPackage

  #if canImport(Glibc)
    import Glibc
  #elseif canImport(Musl)
    import Musl
  #elseif canImport(Darwin)
    import Darwin
  #endif

  /// System calls that are made to fail, for tests: not there in a release build.
  ///
  /// `STAGECRAFT_FAULT=CALL:N:ACTION` takes the N-th call of that name (`N+`: and all behind it);
  /// several are told apart by commas. ACTION is the name of an error, `short` for a single byte, or
  /// the name of a signal that is raised before the call. A file named by `STAGECRAFT_FAULT_REPORT`
  /// appears when the last of them happens.
  final class Faults: Sendable {
    private enum Action: Sendable {
      case fail(Int32)
      case raise(Int32)
      case short
    }

    private let call: String
    private let first: Int
    private let isLasting: Bool
    private let action: Action
    private let isLast: Bool
    private let calls = Atomic<Int>(0)

    private static let chosen: [Faults] = {
      let text = getenv("STAGECRAFT_FAULT").map { String(cString: $0) } ?? ""
      let faults = text.split(separator: ",")
      return faults.enumerated().compactMap { Faults($1, isLast: $0 == faults.count - 1) }
    }()

    private init?(_ text: Substring, isLast: Bool) {
      self.isLast = isLast
      let parts = text.split(separator: ":")
      guard parts.count == 3, let first = Int(parts[1].filter { $0 != "+" }),
        let action = Faults.actions[String(parts[2])]
      else { return nil }
      (call, self.first, isLasting) = (String(parts[0]), first, parts[1].hasSuffix("+"))
      self.action = action
    }

    private static let actions: [String: Action] = [
      "short": .short, "SIGKILL": .raise(SIGKILL), "SIGTERM": .raise(SIGTERM),
      "SIGINT": .raise(SIGINT), "EINTR": .fail(EINTR), "EIO": .fail(EIO), "ENOSPC": .fail(ENOSPC),
      "EDQUOT": .fail(EDQUOT), "EFBIG": .fail(EFBIG), "EACCES": .fail(EACCES),
      "EMFILE": .fail(EMFILE), "ENOSYS": .fail(ENOSYS), "EINVAL": .fail(EINVAL),
      "EXDEV": .fail(EXDEV), "EBUSY": .fail(EBUSY), "EROFS": .fail(EROFS),
    ]

    /// Whether the call that is about to be made fails instead; errno is set then.
    static func fails(_ call: String) -> Bool {
      guard let fault = chosen.first(where: { $0.call == call }) else { return false }
      switch fault.action {
      case .short: return false
      case .raise(let signal):
        if fault.isNow() { raise(signal) }
        return false
      case .fail(let reason):
        guard fault.isNow() else { return false }
        errno = reason
        return true
      }
    }

    /// How many of so many bytes the call that is about to be made may move.
    static func count(_ call: String, _ count: Int) -> Int {
      guard let fault = chosen.first(where: { $0.call == call }), case .short = fault.action,
        fault.isNow()
      else {
        return count
      }
      return min(1, count)
    }

    private func isNow() -> Bool {
      let number = calls.add(1, ordering: .relaxed).newValue
      guard number == first || (isLasting && number > first) else { return false }
      if isLast, let report = getenv("STAGECRAFT_FAULT_REPORT") {
        close(open(report, O_WRONLY | O_CREAT | O_CLOEXEC, 0o666))
      }
      return true
    }
  }
#endif
