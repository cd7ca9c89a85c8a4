import ArgumentParser

extension ExitCode {
  /// The codes of sysexits.h that stagecraft uses; the README lists them.
  static let usage = ExitCode(64)
  static let dataUnusable = ExitCode(65)
  static let inputMissing = ExitCode(66)
  static let ourBug = ExitCode(70)
  static let cannotCreate = ExitCode(73)
  static let inputOutput = ExitCode(74)
  static let definitionWrong = ExitCode(78)
}
