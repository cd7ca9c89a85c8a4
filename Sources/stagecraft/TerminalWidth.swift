#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// How wide text for people may be.
enum TerminalWidth {
  private static let usual = 80

  /// `COLUMNS`, or the terminal's own width, or eighty characters.
  static func columns(of descriptor: Int32 = 1) -> Int {
    if let text = getenv("COLUMNS").map({ String(cString: $0) }), let columns = Int(text),
      columns > 0
    {
      return columns
    }
    return terminalColumns(of: descriptor) ?? usual
  }

  /// What the terminal itself says at the moment; nil where there is none.
  static func terminalColumns(of descriptor: Int32) -> Int? {
    var size = winsize()
    guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
    return Int(size.ws_col)
  }
}
