import Foundation
import StagecraftTestSupport
import Testing

/// Signals, and outputs that take no more: a clean end, and the old set as it was.
@Suite struct SignalTests {
  /// A run that has begun and waits for an export from a pipe that nobody writes to.
  private func waiting(_ fixture: RunFixture) throws -> BuiltCommand.Running {
    let pipe = fixture.directory.path("pipe")
    #expect(mkfifo(pipe, 0o600) == 0)
    let running = try BuiltCommand.start(
      ["run", pipe, "--survey", fixture.survey, "--out", fixture.out])
    let lock = fixture.directory.path(".out.lock")
    // The lock is signed when its owner is in it.
    while running.isRunning, (try? PackageFiles.bytes(lock))?.last != UInt8(ascii: "\n") {
      usleep(1000)
    }
    return running
  }

  @Test(arguments: [
    (SIGTERM, Int32(143), "SIGTERM"), (SIGINT, 130, "SIGINT"), (SIGHUP, 129, "SIGHUP"),
  ])
  func aSignalStopsARunCleanly(_ signal: Int32, _ code: Int32, _ name: String) throws {
    let fixture = try RunFixture()
    #expect(try fixture.run().exitCode == 0)
    let before = try fixture.allFiles()
    let running = try waiting(fixture)
    running.send(signal)
    let result = try running.wait()
    #expect(result.exitCode == code)
    #expect(!result.isKilled)
    #expect(result.lines == ["stagecraft: error: stopped by \(name); no output was replaced"])
    #expect(try fixture.allFiles() == before)
    #expect(fixture.names.filter { $0.hasPrefix(".") }.isEmpty)
  }

  @Test func aSecondRunToTheSameOutputIs75AndNamesTheFirst() throws {
    let fixture = try RunFixture()
    let running = try waiting(fixture)
    let result = try fixture.run()
    #expect(result.exitCode == 75)
    #expect(
      result.lines == [
        "stagecraft: error: \(fixture.out): another run publishes there (process "
          + "\(running.number)); try again when it has ended"
      ])
    running.send(SIGKILL)
    _ = try running.wait()
    #expect(fixture.names.contains(".out.lock"))
    #expect(try fixture.run().exitCode == 0)
    #expect(fixture.names.filter { $0.hasPrefix(".") }.isEmpty)
  }

  @Test func outputThatNobodyReadsIsQuiet() throws {
    let pipe = Pipe()
    try pipe.fileHandleForReading.close()
    let result = try BuiltCommand.run(["model"], output: pipe.fileHandleForWriting)
    #expect(result.exitCode == 141)
    #expect(!result.isKilled)
    #expect(result.messages.isEmpty)
  }

  private static let hasFullDevice = PackageFiles.exists("/dev/full")

  @Test(.enabled(if: hasFullDevice), arguments: [["model"], ["--help"], ["--version"]])
  func anOutputThatIsFullIs74(_ arguments: [String]) throws {
    let result = try BuiltCommand.run(
      arguments, output: FileHandle(forWritingAtPath: "/dev/full"))
    #expect(result.exitCode == 74)
    #expect(
      result.lines == [
        "stagecraft: error: standard output: write failed: No space left on device"
      ])
  }

  /// What is published stays; the code tells that the summary was lost.
  @Test(.enabled(if: hasFullDevice)) func messagesThatCannotBeWrittenAre74() throws {
    let fixture = try RunFixture()
    let result = try BuiltCommand.run(
      ["run", fixture.export, "--survey", fixture.survey, "--out", fixture.out],
      prelude: "exec 2>/dev/full")
    #expect(result.exitCode == 74)
    #expect(fixture.isPublished)
  }

  @Test func aFileThatBecomesTooLargeIs74() throws {
    let fixture = try RunFixture()
    let result = try BuiltCommand.run(
      ["run", fixture.export, "--survey", fixture.survey, "--out", fixture.out],
      prelude: "ulimit -f 1")
    #expect(result.exitCode == 74)
    #expect(result.messages.contains("File too large"))
    #expect(result.lines.count == 1)
    #expect(!fixture.isPublished)
    #expect(fixture.names.filter { $0.hasPrefix(".") }.isEmpty)
  }

  @Test(arguments: [9, 12, 16, 18]) func tooFewOpenFilesAreAnOrdinaryFailure(_ limit: Int) throws {
    let fixture = try RunFixture()
    let result = try BuiltCommand.run(
      ["run", fixture.export, "--survey", fixture.survey, "--out", fixture.out, "--jobs", "1"],
      prelude: "ulimit -n \(limit)")
    #expect(!result.isKilled)
    #expect(result.exitCode == (fixture.isPublished ? 0 : 74))
    #expect(result.exitCode == 0 || result.messages.contains("ulimit -n"))
    #expect(fixture.names.filter { $0.hasPrefix(".") }.isEmpty)
  }
}
