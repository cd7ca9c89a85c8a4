import Foundation

/// A directory of one test's own, removed with everything in it when the test is over.
package final class ScratchDirectory: Sendable {
  package let path: String

  package init() throws {
    let parent = FileManager.default.temporaryDirectory.path
    path = parent + "/stagecraft-tests-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// The path of a name in the directory, whether or not there is such a file.
  package func path(_ name: String) -> String { path + "/" + name }

  /// Writes a file and returns its path.
  @discardableResult
  package func write(_ bytes: [UInt8], as name: String) throws -> String {
    try Data(bytes).write(to: URL(fileURLWithPath: path(name)))
    return path(name)
  }

  /// Writes a file and returns its path.
  @discardableResult
  package func write(_ text: String, as name: String) throws -> String {
    try write(Array(text.utf8), as: name)
  }

  /// The names in the directory, in byte order; empty where there is no such directory.
  package func names(in subdirectory: String = "") -> [String] {
    let names = try? FileManager.default.contentsOfDirectory(atPath: path + "/" + subdirectory)
    return (names ?? []).sorted { Array($0.utf8).lexicographicallyPrecedes(Array($1.utf8)) }
  }
}
