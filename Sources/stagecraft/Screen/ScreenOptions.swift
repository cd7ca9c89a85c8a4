import ArgumentParser
import SystemCalls

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// How pictures are drawn on a terminal.
struct ScreenOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Colours: auto is on a terminal, unless NO_COLOR is set or TERM is dumb.", valueName: "when"))
  var color: ColorChoice = .auto

  @Flag(help: "Draw with ASCII alone, as where the locale is not UTF-8.")
  var ascii = false

  enum ColorChoice: String, CaseIterable, ExpressibleByArgument {
    case auto, always, never
  }

  /// - Parameter descriptor: where it is drawn: 1 or 2.
  func screen(on descriptor: Int32) -> Screen {
    Screen(
      width: max(40, TerminalWidth.columns(of: descriptor)),
      isUnicode: !ascii && Surroundings.isUnicode,
      hasColor: color == .always || color == .auto && Surroundings.wantsColor(on: descriptor))
  }
}

/// What the environment says of the terminal.
enum Surroundings {
  /// Whether the locale's characters are UTF-8. Without a locale they are ASCII, as in cron.
  static var isUnicode: Bool {
    let name = ["LC_ALL", "LC_CTYPE", "LANG"].lazy.map(variable).first { !$0.isEmpty } ?? ""
    let codeset = name.lowercased()
    return codeset.contains("utf-8") || codeset.contains("utf8")
  }

  /// Whether a terminal is there that is more than a teletype.
  static func isCapable(_ descriptor: Int32) -> Bool {
    SystemCalls.isTerminal(descriptor) && variable("TERM") != "dumb"
  }

  static func wantsColor(on descriptor: Int32) -> Bool {
    isCapable(descriptor) && variable("NO_COLOR").isEmpty
  }

  private static func variable(_ name: String) -> String {
    getenv(name).map { String(cString: $0) } ?? ""
  }
}
