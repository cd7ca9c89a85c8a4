import Foundation

/// The built `stagecraft`, run as people run it.
///
/// A test target that uses it depends on the executable, so that it is built first.
package enum BuiltCommand {
  /// What one run left behind.
  package struct Result: Sendable {
    /// Where a signal ended it, its number.
    package let exitCode: Int32
    package let isKilled: Bool
    package let output: [UInt8]
    /// Standard error.
    package let messages: String

    package var outputText: String { String(decoding: output, as: UTF8.self) }
    package var lines: [String] { messages.split(separator: "\n").map(String.init) }
  }

  /// The binary lies where the tests' own bundle was built.
  private static let path: String? = {
    let places = CommandLine.arguments + [Bundle.main.bundlePath]
    for place in places where place.contains("/") {
      var directory = URL(fileURLWithPath: place)
      for _ in 0..<5 {
        directory.deleteLastPathComponent()
        let candidate = directory.appendingPathComponent("stagecraft").path
        var isDirectory: ObjCBool = false
        if FileManager.default.fileExists(atPath: candidate, isDirectory: &isDirectory),
          !isDirectory.boolValue
        {
          return candidate
        }
      }
    }
    return nil
  }()

  package struct NotBuilt: Error {}

  /// Runs it and waits for its end.
  ///
  /// - Parameters:
  ///   - input: a file that becomes standard input; nil: nothing to read.
  ///   - environment: variables to set; nil: to remove.
  ///   - prelude: what a shell does before it becomes the program, such as setting a limit.
  ///   - output: what becomes standard output, instead of what the result has.
  package static func run(
    _ arguments: [String], input: String? = nil, environment: [String: String?] = [:],
    prelude: String? = nil, output: FileHandle? = nil
  ) throws -> Result {
    try start(
      arguments, input: input, environment: environment, prelude: prelude, output: output
    ).wait()
  }

  /// The directory of the binary, to be put on a shell's path.
  package static func directory() throws -> String {
    guard let path else { throw NotBuilt() }
    return URL(fileURLWithPath: path).deletingLastPathComponent().path
  }

  /// Runs a shell's commands instead of the program, and waits for their end.
  package static func shell(
    _ script: String, environment: [String: String?] = [:]
  ) throws -> Result {
    try start([], environment: environment, prelude: script + "\nexit").wait()
  }

  /// Starts it.
  package static func start(
    _ arguments: [String], input: String? = nil, environment: [String: String?] = [:],
    prelude: String? = nil, output: FileHandle? = nil
  ) throws -> Running {
    guard let path else { throw NotBuilt() }
    let scratch = try ScratchDirectory()
    let process = Process()
    process.executableURL = URL(fileURLWithPath: prelude == nil ? path : "/bin/sh")
    process.arguments =
      (prelude.map { ["-c", $0 + "\nexec \"$0\" \"$@\"", path] } ?? []) + arguments
    process.environment = ProcessInfo.processInfo.environment.merging(
      environment.compactMapValues { $0 }
    ) { $1 }.filter { environment[$0.key] != .some(nil) }
    process.standardInput = FileHandle(forReadingAtPath: input ?? "/dev/null")
    // Files, not pipes: nothing can block on a full one.
    let outputFile = try scratch.write("", as: "out")
    process.standardOutput = output ?? FileHandle(forWritingAtPath: outputFile)
    process.standardError = FileHandle(forWritingAtPath: try scratch.write("", as: "err"))
    // Whoever runs the tests may ignore these, and what is started would, too.
    for number in [SIGINT, SIGHUP] { signal(number, SIG_DFL) }
    try process.run()
    return Running(process: process, scratch: scratch)
  }

  /// One that has not been waited for yet.
  package struct Running {
    fileprivate let process: Process
    fileprivate let scratch: ScratchDirectory

    package var isRunning: Bool { process.isRunning }
    package var number: Int32 { process.processIdentifier }

    package func send(_ signal: Int32) { kill(process.processIdentifier, signal) }

    /// Waits for its end, and brings it about where something hangs.
    package func wait() throws -> Result {
      let number = process.processIdentifier
      let hangs = DispatchWorkItem { kill(number, SIGKILL) }
      DispatchQueue.global().asyncAfter(deadline: .now() + 120, execute: hangs)
      process.waitUntilExit()
      hangs.cancel()
      return Result(
        exitCode: process.terminationStatus,
        isKilled: process.terminationReason == .uncaughtSignal,
        output: (try? PackageFiles.bytes(scratch.path("out"))) ?? [],
        messages: try PackageFiles.text(scratch.path("err")))
    }
  }
}
