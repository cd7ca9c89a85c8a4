import Foundation
import SystemCalls

/// A directory of its own for one test, removed with everything in it.
package final class TemporaryDirectory {
  package let path: String

  package init() throws {
    path = SystemCalls.temporaryDirectory() + "/stagecraft-tests-" + UUID().uuidString
    try SystemCalls.makeDirectory(path)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// Writes a new file and returns its path.
  package func file(_ bytes: some Sequence<UInt8>, named name: String = "input.csv") throws
    -> String
  {
    let filePath = path + "/" + name
    let descriptor = try SystemCalls.createFile(filePath)
    try SystemCalls.writeAll(descriptor, bytes: Array(bytes), path: filePath)
    try SystemCalls.closeFile(descriptor, path: filePath)
    return filePath
  }
}
