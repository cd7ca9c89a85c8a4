import Foundation
import Publish
import StagecraftTestSupport
import SystemCalls
import Testing

/// A set of files appears all at once, or not at all.
@Suite struct OutputTransactionTests {
  private let directory: ScratchDirectory
  private var target: String { directory.path("out") }

  init() throws { directory = try ScratchDirectory() }

  private func publish(_ files: [String: String]) throws {
    let transaction = try OutputTransaction(target: target)
    for (name, text) in files {
      let file = try transaction.makeFile(name)
      try file.write(Array(text.utf8))
      _ = try transaction.finish(file)
    }
    try transaction.commit()
  }

  private func refusal() -> PublishError? {
    do throws(PublishError) {
      _ = try OutputTransaction(target: target)
      return nil
    } catch {
      return error
    }
  }

  @Test func theSetAppearsWithTheCommitAndNotBefore() throws {
    let transaction = try OutputTransaction(target: target)
    let file = try transaction.makeFile("run.json")
    try file.write(Array("{}".utf8))
    let published = try transaction.finish(file)
    #expect(!PackageFiles.exists(target))
    try transaction.commit()
    #expect(directory.names() == ["out"])
    #expect(try PackageFiles.text(target + "/run.json") == "{}")
    #expect((published.name, published.bytes) == ("run.json", 2))
    #expect(
      published.sha256 == "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a")
  }

  @Test func withoutACommitNothingIsLeft() throws {
    do {
      let transaction = try OutputTransaction(target: target)
      try transaction.makeFile("run.json").write(Array("{}".utf8))
      #expect(directory.names().count == 1)
    }
    #expect(directory.names().isEmpty)
  }

  @Test func theOldSetIsReplacedAsAWhole() throws {
    try publish(["run.json": "old", "respondents.csv": "old"])
    try publish(["run.json": "new"])
    #expect(directory.names(in: "out") == ["run.json"])
    #expect(try PackageFiles.text(target + "/run.json") == "new")
    #expect(directory.names() == ["out"])
  }

  @Test func theOldSetStaysUntilTheCommit() throws {
    try publish(["run.json": "old"])
    do {
      let transaction = try OutputTransaction(target: target)
      try transaction.makeFile("run.json").write(Array("new".utf8))
    }
    #expect(try PackageFiles.text(target + "/run.json") == "old")
    #expect(directory.names() == ["out"])
  }

  @Test func anEmptyDirectoryIsReplaced() throws {
    try makeDirectory("out")
    try publish(["run.json": "new"])
    #expect(directory.names(in: "out") == ["run.json"])
  }

  private func makeDirectory(_ name: String) throws {
    try FileManager.default.createDirectory(
      atPath: directory.path(name), withIntermediateDirectories: false)
  }

  @Test(arguments: ["notes.txt", "stage_distribution.csv.bak", ".hidden"])
  func aDirectoryThatHoldsAForeignFileIsRefused(_ name: String) throws {
    try makeDirectory("out")
    try directory.write("x", as: "out/run.json")
    try directory.write("mine", as: "out/" + name)
    #expect(refusal() == .targetHoldsForeignFile(path: target, name: name))
    #expect(directory.names(in: "out").count == 2)
    #expect(directory.names() == ["out"])
  }

  @Test func aFileIsRefused() throws {
    try directory.write("mine", as: "out")
    #expect(refusal() == .targetIsNotADirectory(path: target))
    #expect(try PackageFiles.text(target) == "mine")
  }

  @Test(arguments: ["elsewhere", "nowhere"])
  func aSymbolicLinkIsRefusedEvenADanglingOne(_ destination: String) throws {
    try makeDirectory("elsewhere")
    try FileManager.default.createSymbolicLink(
      atPath: target, withDestinationPath: directory.path(destination))
    #expect(refusal() == .targetIsNotADirectory(path: target))
    #expect(directory.names(in: "elsewhere").isEmpty)
  }

  @Test func aMissingParentIsRefused() throws {
    let parent = directory.path("missing")
    #expect(throws: PublishError.parentMissing(path: parent)) {
      try OutputTransaction(target: parent + "/out")
    }
  }

  /// A process that has ended, and whose number is not given out again so soon.
  private func endedProcess() throws -> Int32 {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = ["-c", "exit 0"]
    try process.run()
    process.waitUntilExit()
    return process.processIdentifier
  }

  private func leftover(_ process: Int32) throws -> String {
    let name = ".out.stagecraft-partial-\(process)"
    try makeDirectory(name)
    try directory.write("half", as: name + "/run.json")
    return name
  }

  @Test func whatADeadRunLeftIsRemoved() throws {
    _ = try leftover(endedProcess())
    try publish(["run.json": "new"])
    #expect(directory.names() == ["out"])
  }

  /// In a container every run may have the same process number.
  @Test func whatADeadRunWithOurOwnNumberLeftIsRemovedToo() throws {
    _ = try leftover(SystemCalls.processID())
    try publish(["run.json": "new"])
    #expect(directory.names() == ["out"])
    #expect(try PackageFiles.text(target + "/run.json") == "new")
  }

  @Test func whatALiveRunIsWritingIsLeftAlone() throws {
    let name = try leftover(1)
    try publish(["run.json": "new"])
    #expect(directory.names() == [name, "out"])
  }

  @Test func theLeftoversOfAnotherTargetAreNotOurs() throws {
    let name = ".out2.stagecraft-partial-\(try endedProcess())"
    try makeDirectory(name)
    try publish(["run.json": "new"])
    #expect(directory.names() == [name, "out"])
  }

  @Test func abandoningKeepsOneFileBesideTheTarget() throws {
    try publish(["run.json": "old"])
    let transaction = try OutputTransaction(target: target)
    let rejects = try transaction.makeFile("rejects.csv")
    try rejects.write(Array("record\n".utf8))
    _ = try transaction.finish(rejects)
    try transaction.abandon(keeping: "rejects.csv", as: ".rejects.csv")
    #expect(directory.names() == ["out", "out.rejects.csv"])
    #expect(try PackageFiles.text(target + ".rejects.csv") == "record\n")
    #expect(try PackageFiles.text(target + "/run.json") == "old")
  }

  @Test func slashesAtTheEndOfTheTargetMeanNothing() throws {
    let transaction = try OutputTransaction(target: target + "//")
    _ = try transaction.finish(try transaction.makeFile("run.json"))
    try transaction.commit()
    #expect(directory.names(in: "out") == ["run.json"])
  }
}
