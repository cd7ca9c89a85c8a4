#if DEBUG
  import Foundation
  import StagecraftTestSupport
  import Testing

  /// Every system call of a small run made to fail, one after the other: the old set or the new one
  /// is there as a whole, the code is right, and the next run leaves nothing behind.
  ///
  /// In a release build there is nothing that can be made to fail, so these tests are not there.
  /// `STAGECRAFT_EVERY_FAULT=1` tries every call; otherwise the first three and ever fewer after them.
  @Suite struct FaultTests {
    struct Fault: Sendable, CustomTestStringConvertible {
      let call: String
      let action: String
      /// What the run may end with; nil: it is killed.
      let codes: Set<Int32>?
      /// What goes wrong besides, from the first call on.
      var besides = ""

      init(_ call: String, _ action: String, _ codes: Set<Int32>?, besides: String = "") {
        (self.call, self.action, self.codes, self.besides) = (call, action, codes, besides)
      }

      /// Whether the lock is there is not known, or whose it is.
      var leavesLock: Bool { ["fstat", "fstatat", "flock", "close", "open"].contains(call) }

      var testDescription: String { "\(besides)\(call) \(action)" }
    }

    private static let noExchange = "renameat2:1+:ENOSYS,"

    static let faults = [
      Fault("write", "ENOSPC", [74]), Fault("write", "EIO", [74]), Fault("write", "EDQUOT", [74]),
      Fault("write", "EINTR", [0]), Fault("write", "short", [0]), Fault("write", "SIGKILL", nil),
      Fault("write", "SIGTERM", [0, 143]),
      Fault("fsync", "EIO", [74]), Fault("fsync", "ENOSPC", [74]), Fault("fsync", "EINTR", [0]),
      Fault("fsync", "SIGKILL", nil), Fault("fsync", "SIGTERM", [0, 143]),
      // Of inputs and locks that are closed nothing depends.
      Fault("close", "EIO", [0, 74]), Fault("close", "SIGKILL", nil),
      Fault("open", "EACCES", [0, 66, 73, 74, 78]), Fault("open", "EMFILE", [0, 73, 74, 78]),
      Fault("open", "SIGKILL", nil),
      // One of them looks only for what a progress bar can show.
      Fault("pread", "EIO", [0, 66, 73, 74, 78]), Fault("pread", "EINTR", [0]),
      Fault("pread", "short", [0]), Fault("pread", "SIGINT", [0, 130]),
      Fault("pread", "SIGKILL", nil), Fault("read", "EIO", [66, 74, 78]),
      Fault("read", "short", [0]),
      Fault("fstat", "EIO", [0, 66, 73, 74]), Fault("fstatat", "EIO", [0, 73, 74]),
      Fault("mkdir", "ENOSPC", [74]), Fault("mkdir", "EACCES", [73]),
      Fault("mkdir", "SIGKILL", nil), Fault("flock", "EIO", [73, 74]),
      Fault("flock", "SIGKILL", nil), Fault("ftruncate", "EIO", [73, 74]),
      Fault("renameat2", "EIO", [74]), Fault("renameat2", "EXDEV", [73]),
      Fault("renameat2", "EROFS", [73]), Fault("renameat2", "EINTR", [0]),
      Fault("renameat2", "ENOSYS", [0]), Fault("renameat2", "SIGKILL", nil),
      Fault("rename", "EIO", [74], besides: noExchange),
      Fault("rename", "EACCES", [73], besides: noExchange),
      Fault("rename", "SIGKILL", nil, besides: noExchange),
      Fault("fsync", "EIO", [74], besides: noExchange),
      Fault("unlink", "EACCES", [0]), Fault("unlink", "SIGKILL", nil),
      Fault("unlink", "SIGTERM", [0]), Fault("rmdir", "EACCES", [0]),
      Fault("rmdir", "SIGKILL", nil),
    ]

    private let fixture: RunFixture
    private let old: [String: [UInt8]]
    private let new: [String: [UInt8]]

    /// An old set, and what the new one has to be.
    init() throws {
      fixture = try RunFixture()
      #expect(try fixture.run().exitCode == 0)
      new = try fixture.allFiles()
      let less = try fixture.directory.write(
        RunFixture.header + RunFixture.records(2), as: "less.csv")
      #expect(try fixture.run([less]).exitCode == 0)
      old = try fixture.allFiles()
      #expect(old != new)
      try FileManager.default.copyItem(
        atPath: fixture.out, toPath: fixture.directory.path("saved"))
    }

    @Test(arguments: faults) func aCallThatFailsLeavesTheOldSetOrTheNewOne(_ fault: Fault) throws {
      let triesAll = ProcessInfo.processInfo.environment["STAGECRAFT_EVERY_FAULT"] != nil
      var number = 1
      while try happens(fault, number) { number = triesAll || number < 3 ? number + 1 : 2 * number }
      #expect(number > 1, "the call was never made")
      if triesAll { print("faults: \(fault.testDescription): \(number - 1)") }
    }

    /// Makes the N-th call fail and looks at what is left; false where there is no such call.
    private func happens(_ fault: Fault, _ number: Int) throws -> Bool {
      let report = fixture.directory.path("report")
      try? FileManager.default.removeItem(atPath: report)
      let result = try fixture.run(
        environment: [
          "STAGECRAFT_FAULT": "\(fault.besides)\(fault.call):\(number):\(fault.action)",
          "STAGECRAFT_FAULT_REPORT": report, "SWIFT_BACKTRACE": "enable=no",
        ])
      guard PackageFiles.exists(report) else { return false }
      let place = "\(fault.testDescription) \(number): \(result.exitCode) \(result.messages)"
      check(result, fault, place)
      // The next run needs nobody's help, and gives the same bytes.
      #expect(try fixture.run().exitCode == 0, "\(place)")
      #expect(try fixture.allFiles() == new, "\(place)")
      #expect(fixture.names.filter { $0.hasPrefix(".") }.isEmpty, "\(place)")
      try FileManager.default.removeItem(atPath: fixture.out)
      try FileManager.default.copyItem(
        atPath: fixture.directory.path("saved"), toPath: fixture.out)
      return true
    }

    private func check(_ result: BuiltCommand.Result, _ fault: Fault, _ place: String) {
      // The last write of all is the summary: what is published stays.
      let isSummaryLost = fault.call == "write" && result.exitCode == 74 && result.lines.isEmpty
      if let codes = fault.codes {
        #expect(!result.isKilled && codes.contains(result.exitCode), "\(place)")
        #expect(result.exitCode == 0 || isSummaryLost || result.lines.count == 1, "\(place)")
      } else {
        #expect(result.isKilled && result.exitCode == SIGKILL, "\(place)")
      }
      let found = try? fixture.allFiles()
      switch (result.isKilled, result.exitCode) {
      case (false, _) where isSummaryLost || result.exitCode == 0: #expect(found == new, "\(place)")
      case (false, _):
        #expect(found == old, "\(place)")
        #expect(fixture.names.filter { $0.hasPrefix(".") }.isEmpty || fault.leavesLock, "\(place)")
      // Between two renames nothing is there: the next run puts it back.
      default:
        let isBetween = !fault.besides.isEmpty && !fixture.isPublished
        #expect(found == old || found == new || isBetween, "\(place)")
      }
    }

    @Test func aSecondInterruptEndsTheRunAtOnce() throws {
      let result = try fixture.run(
        environment: ["STAGECRAFT_FAULT": "write:3:SIGINT,unlink:1:SIGINT"])
      #expect(result.exitCode == 130)
      #expect(result.messages.isEmpty)
      #expect(try fixture.allFiles() == old)
      #expect(fixture.names.contains { $0.hasPrefix(".out.stagecraft-partial-") })
      #expect(try fixture.run().exitCode == 0)
      #expect(fixture.names.filter { $0.hasPrefix(".") }.isEmpty)
    }

    @Test func aSignalAfterTheSwapUndoesNothing() throws {
      let result = try fixture.run(environment: ["STAGECRAFT_FAULT": "unlink:1:SIGTERM"])
      #expect(result.exitCode == 0)
      #expect(try fixture.allFiles() == new)
    }

    @Test func aFullDiskIsToldWithThePathAndTheBytesNeeded() throws {
      let result = try fixture.run(environment: ["STAGECRAFT_FAULT": "write:4+:ENOSPC"])
      #expect(result.exitCode == 74)
      // Not even the message can be written then.
      #expect(try fixture.allFiles() == old)
      let once = try fixture.run(environment: ["STAGECRAFT_FAULT": "write:4:ENOSPC"])
      #expect(once.messages.contains("write failed: No space left on device, where more than "))
      #expect(once.messages.contains("/.out.stagecraft-partial-"))
    }

    @Test func rejectsThatCannotBeWrittenFailTheWholeRun() throws {
      let bad = try fixture.directory.write(
        RunFixture.header + RunFixture.records(3) + "x,1\n", as: "bad.csv")
      #expect(try fixture.run([bad]).exitCode == 0)
      var number = 1
      var failed = 0
      while number < 100 {
        let result = try fixture.run(
          [bad], environment: ["STAGECRAFT_FAULT": "write:\(number):EIO"])
        if result.messages.contains("/rejects.csv") {
          failed += 1
          #expect(result.exitCode == 74)
        }
        if result.exitCode == 0 { break }
        number += 1
      }
      #expect(failed == 1)
    }
  }
#endif
