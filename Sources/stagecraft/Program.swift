import ArgumentParser
import SystemCalls

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Arguments in, exit code out.
@main
enum Program {
  static func main() {
    Interruption.watch()
    let code = run()
    // What was asked for is done, but not all that was to be said of it has been.
    exit(
      code == .success && StandardError.hasFailed ? ExitCode.inputOutput.rawValue : code.rawValue)
  }

  private static func run() -> ExitCode {
    do {
      try checkArguments()
      try checkCommand()
      var command = try StagecraftCommand.parseAsRoot()
      try command.run()
      return .success
    } catch {
      let code = StagecraftCommand.exitCode(for: error)
      // The library repeats arguments as they were typed.
      let message = TerminalText.report(StagecraftCommand.fullMessage(for: error))
      if message.isEmpty { return code }
      if code == .success { return printed(message) }
      StandardError.write(message + "\n")
      return code
    }
  }

  /// Help, or the version.
  private static func printed(_ text: String) -> ExitCode {
    do {
      try writeOutput(text + "\n")
      return .success
    } catch {
      let message = FailureMessage(ending: error)
      for line in message?.lines ?? [] { StandardError.write("stagecraft: error: \(line)\n") }
      return message?.exitCode ?? .inputOutput
    }
  }

  /// The library knows similar options, but no similar commands.
  private static func checkCommand() throws {
    guard let name = CommandLine.arguments.dropFirst().first, !name.hasPrefix("-") else { return }
    let known =
      StagecraftCommand.configuration.subcommands.compactMap { $0.configuration.commandName } + [
        "help"
      ]
    if !known.contains(name) {
      throw ValidationError(
        "there is no command '\(name)'" + suggestion(for: name, among: known) + " There is "
          + known.joined(separator: ", "))
    }
  }

  /// A name that is not UTF-8 would not survive on its way to the file system.
  private static func checkArguments() throws {
    for index in 1..<max(1, Int(CommandLine.argc)) {
      guard let argument = CommandLine.unsafeArgv[index], String(validatingCString: argument) == nil
      else { continue }
      throw ValidationError(
        "argument \(index) is not UTF-8: '\(escaped(argument))'; rename the file, or link to it")
    }
  }

  /// The text with its bytes beyond ASCII as `\\x` and two digits.
  private static func escaped(_ text: UnsafePointer<CChar>) -> String {
    UnsafeBufferPointer(start: text, count: strlen(text)).map { character in
      let byte = UInt8(bitPattern: character)
      if (0x20..<0x7F).contains(byte) { return String(UnicodeScalar(byte)) }
      return "\\x" + (byte < 16 ? "0" : "") + String(byte, radix: 16)
    }.joined()
  }
}
