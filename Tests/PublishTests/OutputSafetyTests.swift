import Foundation
import Publish
import StagecraftTestSupport
import SystemCalls
import Testing

/// Others at the same place: a second run, and whoever puts, moves or links something there.
@Suite struct OutputSafetyTests {
  private let directory: ScratchDirectory
  private let files = FileManager.default
  private var target: String { directory.path("out") }
  private var hidden: [String] { directory.names().filter { $0.hasPrefix(".") } }

  init() throws { directory = try ScratchDirectory() }

  private static let report = "{\n  \"schema\": \"stagecraft/run/1\"\n"

  private func begin() throws -> OutputTransaction {
    let transaction = try OutputTransaction(target: target)
    let file = try transaction.makeFile("run.json")
    try file.write(Array((OutputSafetyTests.report + "new").utf8))
    _ = try transaction.finish(file)
    return transaction
  }

  private func makeSet(_ name: String = "out") throws {
    try files.createDirectory(
      atPath: directory.path(name), withIntermediateDirectories: false)
    try directory.write(OutputSafetyTests.report + "old", as: name + "/run.json")
  }

  private var published: String {
    get throws { try PackageFiles.text(target + "/run.json") }
  }

  /// What a commit fails with after something has been done to the target during the run.
  private func failure(after change: () throws -> Void) throws -> PublishError? {
    let transaction = try begin()
    try change()
    do throws(PublishError) {
      try transaction.commit()
      return nil
    } catch {
      return error
    }
  }

  @Test func aSecondRunIsRefusedAtOnceAndToldWhoTheFirstIs() throws {
    let first = try begin()
    #expect(throws: PublishError.locked(path: target, process: SystemCalls.processID())) {
      try OutputTransaction(target: target)
    }
    try first.commit()
    #expect(directory.names() == ["out"])
    try begin().commit()
  }

  @Test func aDeadOwnersLockIsTakenOver() throws {
    try directory.write("1\n", as: ".out.lock")
    try begin().commit()
    #expect(directory.names() == ["out"])
  }

  @Test func aFileWithTheNameOfTheLockIsNeverTouched() throws {
    try directory.write("mine", as: ".out.lock")
    #expect(throws: PublishError.foreignFileInTheWay(path: directory.path(".out.lock"))) {
      try OutputTransaction(target: target)
    }
    #expect(try PackageFiles.text(directory.path(".out.lock")) == "mine")
  }

  @Test func nothingIsWrittenThroughALinkInTheLocksPlace() throws {
    try directory.write("", as: "precious")
    try files.createSymbolicLink(
      atPath: directory.path(".out.lock"), withDestinationPath: directory.path("precious"))
    #expect(throws: PublishError.foreignFileInTheWay(path: directory.path(".out.lock"))) {
      try OutputTransaction(target: target)
    }
    #expect(try PackageFiles.text(directory.path("precious")) == "")
  }

  @Test func aForeignFileThatArrivesDuringTheRunIsKept() throws {
    try makeSet()
    let failure = try failure { try directory.write("mine", as: "out/notes.txt") }
    #expect(failure == .targetHoldsForeignFile(path: target, name: "notes.txt"))
    #expect(directory.names(in: "out") == ["notes.txt", "run.json"])
    #expect(try published.contains("old"))
    #expect(directory.names() == ["out"])
  }

  @Test func aTargetThatIsRemovedDuringTheRunIsNotMadeAnew() throws {
    try makeSet()
    #expect(
      try failure { try files.removeItem(atPath: target) } == .targetChanged(path: target))
    #expect(directory.names().isEmpty)
  }

  @Test func aTargetThatAppearsDuringTheRunIsNotReplaced() throws {
    #expect(try failure { try makeSet() } == .targetChanged(path: target))
    #expect(try published.contains("old"))
    #expect(directory.names() == ["out"])
  }

  @Test func aTargetThatBecomesALinkIsNotFollowed() throws {
    try makeSet()
    let failure = try failure {
      try files.moveItem(atPath: target, toPath: directory.path("elsewhere"))
      try files.createSymbolicLink(
        atPath: target, withDestinationPath: directory.path("elsewhere"))
    }
    #expect(failure == .targetIsNotADirectory(path: target))
    #expect(try published.contains("old"))
    #expect(hidden.isEmpty)
  }

  @Test func aParentThatBecomesALinkIsNotFollowed() throws {
    try files.createDirectory(
      atPath: directory.path("parent"), withIntermediateDirectories: false)
    try files.createDirectory(
      atPath: directory.path("elsewhere"), withIntermediateDirectories: false)
    let transaction = try OutputTransaction(target: directory.path("parent/out"))
    _ = try transaction.finish(try transaction.makeFile("run.json"))
    try files.moveItem(atPath: directory.path("parent"), toPath: directory.path("moved"))
    try files.createSymbolicLink(
      atPath: directory.path("parent"), withDestinationPath: directory.path("elsewhere"))
    #expect(throws: PublishError.targetChanged(path: directory.path("parent/out"))) {
      try transaction.commit()
    }
    transaction.abandon()
    #expect(directory.names(in: "elsewhere").isEmpty)
    #expect(directory.names(in: "moved").isEmpty)
  }

  @Test func aFileThatIsNotWhatWasWrittenIsNotPublished() throws {
    let staging = ".out.stagecraft-partial-\(SystemCalls.processID())"
    let failure = try failure { try directory.write("cut", as: staging + "/run.json") }
    #expect(failure == .damaged(path: directory.path(staging)))
    #expect(directory.names().isEmpty)
  }

  @Test func theOldDirectorysPermissionsAreKept() throws {
    try makeSet()
    try files.setAttributes([.posixPermissions: 0o2750], ofItemAtPath: target)
    try begin().commit()
    #expect(try files.attributesOfItem(atPath: target)[.posixPermissions] as? Int == 0o2750)
    #expect(try published.contains("new"))
  }

  /// Where the system cannot swap two directories a run may die between two renames.
  @Test func aSetThatADeadRunPutAsideIsPutBack() throws {
    try makeSet(".out.stagecraft-old-12345")
    let transaction = try begin()
    #expect(try published.contains("old"))
    try transaction.commit()
    #expect(try published.contains("new"))
    #expect(directory.names() == ["out"])
  }

  @Test func aSetThatWasPutAsideAndReplacedIsRemoved() throws {
    try makeSet()
    try makeSet(".out.stagecraft-old-12345")
    try begin().commit()
    #expect(directory.names() == ["out"])
  }

  /// `survey.yaml` is a name for a user's own file, too.
  @Test func aDirectoryThatIsNoSetIsRefusedWhateverItsFilesAreCalled() throws {
    try files.createDirectory(atPath: target, withIntermediateDirectories: false)
    try directory.write("mine", as: "out/survey.yaml")
    let refusal = PublishError.targetHoldsForeignFile(path: target, name: "survey.yaml")
    #expect(throws: refusal) { try OutputTransaction(target: target) }
    try directory.write(OutputSafetyTests.report, as: "out/run.json")
    #expect(throws: refusal) { try OutputTransaction(target: target) }
    #expect(directory.names(in: "out") == ["run.json", "survey.yaml"])
  }

  @Test(arguments: [".", "..", "/", "./", ""])
  func whatHasNoNameOfItsOwnCannotBeSwapped(_ path: String) {
    #expect(throws: PublishError.self) { try OutputTransaction(target: path) }
  }

  @Test func aNameAsLongAsRejectsBesideItAllowIsPublished() throws {
    let name = String(repeating: "n", count: 239)
    let transaction = try OutputTransaction(target: directory.path(name))
    _ = try transaction.finish(try transaction.makeFile("run.json"))
    try transaction.commit()
    #expect(directory.names() == [name])
  }

  @Test func aWithheldSetOfTheLongestNameKeepsItsRejects() throws {
    let name = String(repeating: "n", count: 239)
    let transaction = try OutputTransaction(target: directory.path(name))
    for table in ["rejects.csv", "rejects_raw.csv"] {
      _ = try transaction.finish(try transaction.makeFile(table))
    }
    #expect(try transaction.withhold() == directory.path(name + ".rejects.csv"))
    #expect(directory.names() == [name + ".rejects.csv", name + ".rejects_raw.csv"])
  }

  @Test func aNameBesideWhichNoRejectsCouldBeKeptIsRefused() throws {
    let path = directory.path(String(repeating: "n", count: 240))
    #expect(throws: PublishError.targetNameTooLong(path: path, mostBytes: 239)) {
      try OutputTransaction(target: path)
    }
    #expect(directory.names().isEmpty)
  }
}
