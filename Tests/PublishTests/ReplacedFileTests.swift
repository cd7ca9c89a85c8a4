import Foundation
import Publish
import StagecraftTestSupport
import SystemCalls
import Testing

/// A single output file is there as a whole, or not at all.
@Suite struct ReplacedFileTests {
  private let directory: ScratchDirectory
  private var target: String { directory.path("plain.csv") }

  init() throws { directory = try ScratchDirectory() }

  private func write(_ text: String) throws {
    let file = try ReplacedFile(path: target)
    try file.write(Array(text.utf8))
    try file.commit()
  }

  @Test func theOldFileStaysUntilTheCommit() throws {
    try directory.write("old", as: "plain.csv")
    do {
      let file = try ReplacedFile(path: target)
      try file.write(Array("new".utf8))
      #expect(try PackageFiles.text(target) == "old")
    }
    #expect(try PackageFiles.text(target) == "old")
    try write("new")
    #expect(try PackageFiles.text(target) == "new")
    #expect(directory.names() == ["plain.csv"])
  }

  @Test func nothingIsWrittenThroughALink() throws {
    try directory.write("mine", as: "precious")
    try FileManager.default.createSymbolicLink(
      atPath: target, withDestinationPath: directory.path("precious"))
    #expect(throws: PublishError.targetIsNotAFile(path: target)) { try write("new") }
    #expect(try PackageFiles.text(directory.path("precious")) == "mine")
  }

  @Test func aDeviceIsNotReplaced() {
    #expect(throws: PublishError.targetIsNotAFile(path: "/dev/null")) {
      try ReplacedFile(path: "/dev/null")
    }
  }

  @Test func theOldFilesPermissionsAreKept() throws {
    try directory.write("old", as: "plain.csv")
    try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: target)
    try write("new")
    let attributes = try FileManager.default.attributesOfItem(atPath: target)
    #expect(attributes[.posixPermissions] as? Int == 0o640)
  }

  @Test func whatADeadRunLeftIsRemoved() throws {
    try directory.write("half", as: ".plain.csv.stagecraft-partial-\(SystemCalls.processID())")
    try directory.write("live", as: ".plain.csv.stagecraft-partial-1")
    try write("new")
    #expect(directory.names() == [".plain.csv.stagecraft-partial-1", "plain.csv"])
  }
}
