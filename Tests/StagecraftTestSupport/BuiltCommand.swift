import Foundation

/// The built `stagecraft`, run as people run it.
///
/// A test target that uses it depends on the executable, so that it is built first.
package enum BuiltCommand {
  /// What one run left behind.
  package struct Result: Sendable {
    package let exitCode: Int32
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
  package static func run(
    _ arguments: [String], input: String? = nil, environment: [String: String?] = [:]
  ) throws -> Result {
    guard let path else { throw NotBuilt() }
    let scratch = try ScratchDirectory()
    let process = Process()
    process.executableURL = URL(fileURLWithPath: path)
    process.arguments = arguments
    process.environment = ProcessInfo.processInfo.environment.merging(
      environment.compactMapValues { $0 }
    ) { $1 }.filter { environment[$0.key] != .some(nil) }
    process.standardInput = FileHandle(forReadingAtPath: input ?? "/dev/null")
    // Files, not pipes: nothing can block on a full one.
    process.standardOutput = FileHandle(forWritingAtPath: try scratch.write("", as: "out"))
    process.standardError = FileHandle(forWritingAtPath: try scratch.write("", as: "err"))
    try process.run()
    process.waitUntilExit()
    return Result(
      exitCode: process.terminationStatus,
      output: try PackageFiles.bytes(scratch.path("out")),
      messages: try PackageFiles.text(scratch.path("err")))
  }
}
