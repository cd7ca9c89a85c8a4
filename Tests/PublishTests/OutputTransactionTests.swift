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

  /// What every run report begins with; without it a set is no set.
  private static func report(_ text: String) -> String {
    "{\n  \"schema\": \"stagecraft/run/1\", \"text\": \"\(text)\""
  }

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
      // The lock, and the set.
      #expect(directory.names().count == 2)
    }
    #expect(directory.names().isEmpty)
  }

  @Test func theOldSetIsReplacedAsAWhole() throws {
    try publish(["run.json": OutputTransactionTests.report("old"), "respondents.csv": "old"])
    try publish(["run.json": OutputTransactionTests.report("new")])
    #expect(directory.names(in: "out") == ["run.json"])
    #expect(try PackageFiles.text(target + "/run.json").contains("new"))
    #expect(directory.names() == ["out"])
  }

  @Test func theOldSetStaysUntilTheCommit() throws {
    try publish(["run.json": OutputTransactionTests.report("old")])
    do {
      let transaction = try OutputTransaction(target: target)
      try transaction.makeFile("run.json").write(Array("new".utf8))
    }
    #expect(try PackageFiles.text(target + "/run.json").contains("old"))
    #expect(directory.names() == ["out"])
  }

  @Test func anEmptyDirectoryIsReplaced() throws {
    try makeDirectory("out")
    try publish(["run.json": OutputTransactionTests.report("new")])
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
    try publish(["run.json": OutputTransactionTests.report("new")])
    #expect(directory.names() == ["out"])
  }

  /// In a container every run may have the same process number.
  @Test func whatADeadRunWithOurOwnNumberLeftIsRemovedToo() throws {
    _ = try leftover(SystemCalls.processID())
    try publish(["run.json": OutputTransactionTests.report("new")])
    #expect(directory.names() == ["out"])
    #expect(try PackageFiles.text(target + "/run.json").contains("new"))
  }

  /// Who has the lock knows that nobody else writes, whoever has the number by now.
  @Test func whatADeadRunLeftIsRemovedEvenWhereItsNumberIsInUse() throws {
    _ = try leftover(1)
    try publish(["run.json": "new"])
    #expect(directory.names() == ["out"])
  }

  @Test func aForeignFileInALeftoverIsKept() throws {
    let name = try leftover(endedProcess())
    try directory.write("mine", as: name + "/notes.txt")
    try publish(["run.json": "new"])
    #expect(directory.names() == [name, "out"])
    #expect(directory.names(in: name) == ["notes.txt"])
  }

  @Test func theLeftoversOfAnotherTargetAreNotOurs() throws {
    let name = ".out2.stagecraft-partial-\(try endedProcess())"
    try makeDirectory(name)
    try publish(["run.json": OutputTransactionTests.report("new")])
    #expect(directory.names() == [name, "out"])
  }

  private static let rejects = "source,record,line,byte_offset,column,reason,detail\n"

  private func withhold() throws -> String {
    let transaction = try OutputTransaction(target: target)
    let rejects = try transaction.makeFile("rejects.csv")
    try rejects.write(Array(OutputTransactionTests.rejects.utf8))
    _ = try transaction.finish(rejects)
    return try transaction.withhold()
  }

  @Test func withholdingKeepsTheRejectsBesideTheTarget() throws {
    try publish(["run.json": OutputTransactionTests.report("old")])
    #expect(try withhold() == target + ".rejects.csv")
    #expect(directory.names() == ["out", "out.rejects.csv"])
    #expect(try PackageFiles.text(target + ".rejects.csv") == OutputTransactionTests.rejects)
    #expect(try PackageFiles.text(target + "/run.json").contains("old"))
  }

  @Test func rejectsKeptByAnOlderRunAreReplaced() throws {
    try directory.write(OutputTransactionTests.rejects + "old", as: "out.rejects.csv")
    _ = try withhold()
    #expect(try PackageFiles.text(target + ".rejects.csv") == OutputTransactionTests.rejects)
  }

  @Test func rejectsKeptByAnOlderRunGoWithTheNextSet() throws {
    _ = try withhold()
    try publish(["run.json": "new"])
    #expect(directory.names() == ["out"])
  }

  @Test func aForeignFileWithTheNameOfKeptRejectsIsNeverTouched() throws {
    try directory.write("mine", as: "out.rejects.csv")
    #expect(throws: PublishError.foreignFileInTheWay(path: target + ".rejects.csv")) {
      try withhold()
    }
    try publish(["run.json": "new"])
    #expect(directory.names() == ["out", "out.rejects.csv"])
    #expect(try PackageFiles.text(target + ".rejects.csv") == "mine")
  }

  @Test func slashesAtTheEndOfTheTargetMeanNothing() throws {
    let transaction = try OutputTransaction(target: target + "//")
    _ = try transaction.finish(try transaction.makeFile("run.json"))
    try transaction.commit()
    #expect(directory.names(in: "out") == ["run.json"])
  }
}
