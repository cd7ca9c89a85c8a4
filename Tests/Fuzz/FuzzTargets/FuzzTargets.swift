#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// What libFuzzer makes up inputs for; the name of one of them stands in STAGECRAFT_FUZZ_TARGET.
private enum FuzzTarget: String {
  /// Both readers against each other.
  case readers
  /// The list splitter against a slow one.
  case splitter
  /// Survey files: read or refused.
  case survey
  /// Model files: read or refused.
  case model
  /// What is remembered of answers against the rules themselves.
  case normalize

  static let chosen =
    getenv("STAGECRAFT_FUZZ_TARGET")
    .flatMap { FuzzTarget(rawValue: String(cString: $0)) } ?? .readers

  func read(_ input: [UInt8]) {
    switch self {
    case .readers: FuzzedReading.compare(input)
    case .splitter: FuzzedList.compare(input)
    case .survey: FuzzedDocument.readSurvey(input)
    case .model: FuzzedDocument.readModel(input)
    case .normalize: FuzzedAnswers.compare(input)
    }
  }
}

/// libFuzzer's own entry point is not used: the package manager names that of an executable itself.
@main struct FuzzTargets {
  static func main() {
    var argumentCount = CommandLine.argc
    var arguments = CommandLine.unsafeArgv
    exit(runFuzzer(&argumentCount, &arguments, readFuzzedInput))
  }
}

@_silgen_name("LLVMFuzzerRunDriver")
private func runFuzzer(
  _ argumentCount: UnsafeMutablePointer<CInt>,
  _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>,
  _ readOne: @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt
) -> CInt

/// One input of libFuzzer's.
@_cdecl("LLVMFuzzerTestOneInput")
public func readFuzzedInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  FuzzTarget.chosen.read(Array(UnsafeBufferPointer(start: start, count: count)))
  return 0
}
