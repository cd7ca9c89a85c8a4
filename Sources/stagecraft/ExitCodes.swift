import ArgumentParser
import SystemCalls

extension ExitCode {
  /// The codes of sysexits.h that stagecraft uses; the README lists them.
  static let usage = ExitCode(64)
  static let dataUnusable = ExitCode(65)
  static let inputMissing = ExitCode(66)
  static let ourBug = ExitCode(70)
  static let cannotCreate = ExitCode(73)
  static let inputOutput = ExitCode(74)
  static let otherRun = ExitCode(75)
  static let definitionWrong = ExitCode(78)
  /// What a shell says of a program that SIGPIPE ended: nobody reads the output to its end.
  static let outputClosed = ExitCode(141)

  /// What a shell says of a program that a signal ended.
  static func stopped(by signal: Interruption.Signal) -> ExitCode { ExitCode(128 + signal.number) }
}
